"""The attachments of an Outlook message (.msg)."""

from __future__ import annotations

import io
from collections.abc import Iterator

from oxmsg import Message

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.readers.containers.member import SMALL_PICTURE, Budget, Member, is_junk

# Properties of an attachment, [MS-OXPROPS].
_DISPLAY_NAME, _SHORT_NAME, _CONTENT_ID, _METHOD = 0x3001, 0x3704, 0x3712, 0x3705
_EMBEDDED_MESSAGE = 5


def message_members(data: bytes, limits: Limits, budget: Budget) -> Iterator[Member]:
    """The attachments of a message; one that is a message itself cannot be taken out and says so.

    Raises:
        ReadError: `corrupt`.
    """
    try:
        attachments = list(Message.load(io.BytesIO(data)).attachments)
    except Exception as error:
        # The library asserts what it expects of the file; whatever it stumbles over, the file is damaged.
        raise ReadError("corrupt", f"msg: {type(error).__name__}: {error}"[:300]) from error
    for number, attachment in enumerate(attachments, 1):
        try:
            properties = attachment.properties
            name = attachment.file_name or properties.str_prop_value(_SHORT_NAME)
            name = name or properties.str_prop_value(_DISPLAY_NAME) or f"attachment {number}"
            embedded = properties.int_prop_value(_METHOD) == _EMBEDDED_MESSAGE
            shown = bool(properties.str_prop_value(_CONTENT_ID))
            content = b"" if embedded else attachment.file_bytes or b""
            picture = str(attachment.mime_type or "").startswith("image/")
        except Exception as error:
            # As above, for one attachment.
            yield Member(name=f"attachment {number}", error=ReadError("corrupt", f"{error}"[:300]))
            continue
        if embedded:
            detail = "a message inside a message; save it on its own"
            yield Member(name=name, error=ReadError("unsupported", detail))
        elif is_junk(name) or not content or (shown and picture and len(content) < SMALL_PICTURE):
            continue
        elif len(content) > limits.max_bytes:
            yield Member(name=name, error=ReadError("too-large", f"{len(content)} bytes"))
        else:
            budget.take(len(content))
            yield Member(name=name, data=content)
