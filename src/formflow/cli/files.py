"""Files that a command was told to read or write and cannot, in plain words."""

from __future__ import annotations

import errno
from pathlib import Path

from formflow.errors import Conflict, UsageError
from formflow.messages import Bilingual
from formflow.messages import cli as messages

FILE_FAULTS: dict[int, Bilingual] = {
    errno.ENOENT: messages.NO_SUCH_FILE(),
    errno.EACCES: messages.PERMISSION_DENIED(),
    errno.EPERM: messages.NOT_PERMITTED(),
    errno.EEXIST: messages.IS_THERE(),
    errno.ENOTDIR: messages.PART_IS_NO_FOLDER(),
    errno.EISDIR: messages.IS_FOLDER(),
    errno.ENAMETOOLONG: messages.NAME_TOO_LONG(),
    errno.EROFS: messages.DISK_READ_ONLY(),
    errno.ELOOP: messages.LINKS_IN_CIRCLE(),
    errno.EIO: messages.DISK_FAILS(),
}
"""What the operating system may refuse about one file; another error is none of the user's."""


def file_error(error: OSError) -> UsageError:
    """What to tell of a file: its name and why not.

    Args:
        error: One with a file name, whose number is a key of `FILE_FAULTS`.
    """
    why = FILE_FAULTS[error.errno or 0]
    name = error.filename2 or error.filename
    shown = name.decode(errors="replace") if isinstance(name, bytes) else str(name)
    return UsageError(Bilingual(f"{shown}：{why.chinese}", f"{shown}: {why.english}"), code="file")


def check_target(target: Path, *, force: bool) -> None:
    """Hold whether a file may be written.

    Raises:
        UsageError: It is there already and is not to be overwritten, or its folder is not there.
    """
    if target.exists() and not force:
        raise Conflict(
            messages.FILE_EXISTS(target=target), code="file-exists", remedy=messages.NAME_ANOTHER_OR_FORCE()
        )
    if not target.parent.is_dir():
        raise UsageError(messages.NO_SUCH_FOLDER(parent=target.parent), code="no-such-folder")
