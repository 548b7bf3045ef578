"""The attachments of a mail (.eml), with their names as they were given. The text of a mail is no form."""

from __future__ import annotations

import email
import email.errors
import email.header
import email.message
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.readers.containers.member import SMALL_PICTURE, Budget, Member, is_junk
from formflow.readers.containers.tnef import SIGNATURE as TNEF
from formflow.readers.containers.tnef import tnef_files
from formflow.readers.encodings import narrowed

_NOT_FILES = frozenset(
    (
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "text/calendar",
        "message/delivery-status",
        "text/rfc822-headers",
    )
)
_CONTENT_IDS = re.compile(rb"cid:([^\"'\s>)]+)", re.IGNORECASE)
_ENVELOPE = re.compile(rb"(?:\A>?|(?<=\n\n)|(?<=\r\n\r\n))From \S[^\n]*\d{4}[^\n]*\n(?=[A-Za-z][\w-]*:)")
_MAX_DEPTH = 30


def mail_members(data: bytes, limits: Limits, budget: Budget) -> Iterator[Member]:
    """The attachments of a mail, or of the mails of a mailbox; forwarded mails as mails.

    Raises:
        ReadError: `corrupt` where its parts are nested beyond reason.
    """
    messages = _messages(narrowed(data))
    for number, each in enumerate(messages, 1):
        place = f"message {number}/" if len(messages) > 1 else ""
        for member in _of_message(email.message_from_bytes(each), limits, budget):
            yield replace(member, name=place + member.name)


def _messages(data: bytes) -> list[bytes]:
    """The mails of a mailbox (RFC 4155), each behind the line of its envelope; of a bare mail itself."""
    if not _ENVELOPE.match(data):
        return [data]
    data = data.removeprefix(b">")
    starts = [found.start() for found in _ENVELOPE.finditer(data)]
    return [data[start:end] for start, end in pairwise([*starts, len(data)])]


def _of_message(message: email.message.Message, limits: Limits, budget: Budget) -> Iterator[Member]:
    shown = {
        found.lower()
        for part in _leaves(message, 0)
        if part.get_content_type() == "text/html"
        for found in _CONTENT_IDS.findall(_payload(part))
    }
    for number, part in enumerate(_leaves(message, 0), 1):
        if part.get_content_type() in _NOT_FILES:
            continue
        if _payload(part).startswith(TNEF):
            yield from _of_outlook(_payload(part), limits, budget)
            continue
        if part.get_content_type() == "message/rfc822":
            content = _forwarded(part)
            name = file_name(part) or f"message {number}.eml"
        else:
            name = file_name(part)
            if not name and part.get_content_maintype() in ("text", "multipart"):
                continue
            content = _payload(part)
            name = name or f"attachment {number}"
            if _is_decoration(part, content, shown):
                continue
        if not content or is_junk(name):
            continue
        if len(content) > limits.max_bytes:
            yield Member(name=name, error=ReadError("too-large", f"{len(content)} bytes"))
            continue
        budget.take(len(content))
        yield Member(name=name, data=content)


def _of_outlook(data: bytes, limits: Limits, budget: Budget) -> Iterator[Member]:
    """The attachments that a mail of Outlook's own format keeps in its winmail.dat."""
    try:
        for number, (name, content) in enumerate(tnef_files(data), 1):
            if is_junk(name):
                continue
            name = name or f"attachment {number}"
            if len(content) > limits.max_bytes:
                yield Member(name=name, error=ReadError("too-large", f"{len(content)} bytes"))
                continue
            budget.take(len(content))
            yield Member(name=name, data=content)
    except ReadError as error:
        if budget.files < 0 or budget.bytes < 0:
            raise
        yield Member(name="winmail.dat", error=error)


def _forwarded(part: email.message.Message) -> bytes:
    """A mail that is attached; programs encode it like a file, though the standard forbids that (RFC 2046, 5.2.1)."""
    inner = part.get_payload()
    first = inner[0] if isinstance(inner, list) and inner else None
    if not isinstance(first, email.message.Message):
        return b""
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding not in ("base64", "quoted-printable") or first.keys():
        return first.as_bytes()
    wrapped = email.message.Message()
    wrapped["Content-Transfer-Encoding"] = encoding
    wrapped.set_payload(first.get_payload())
    return _payload(wrapped)


def _leaves(message: email.message.Message, depth: int) -> Iterator[email.message.Message]:
    """The parts of a mail, without going into mails that are attached to it."""
    if depth > _MAX_DEPTH:
        raise ReadError("corrupt", "mail parts nested too deeply")
    parts = message.get_payload()
    if message.get_content_maintype() == "multipart" and isinstance(parts, list):
        for part in parts:
            if isinstance(part, email.message.Message):
                yield from _leaves(part, depth + 1)
    else:
        yield message


def _payload(part: email.message.Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _is_decoration(part: email.message.Message, content: bytes, shown: set[bytes]) -> bool:
    """Whether it is a picture that the mail's own text shows."""
    marked = str(part.get("Content-ID", "")).strip("<> ").lower().encode("ascii", "replace")
    return (
        part.get_content_maintype() == "image"
        and marked != b""
        and marked in shown
        and len(content) < SMALL_PICTURE
    )


def file_name(part: email.message.Message) -> str:
    """The name of an attachment: RFC 2231, RFC 2047 inside quotes, or bare bytes of UTF-8 or GBK; else empty."""
    raw = {name.lower(): value for name, value in part.raw_items()}
    for header, parameter in (("content-disposition", "filename"), ("content-type", "name")):
        if header not in raw:
            continue
        bare = email.message.Message()
        bare[header] = _decoded(str(raw[header]).encode("utf-8", "surrogateescape"))
        found = bare.get_param(parameter, header=header)
        if isinstance(found, tuple):
            charset, _, text = found
            name = _decoded(text.encode("raw-unicode-escape"), charset or "")
        elif isinstance(found, str):
            name = _words(found)
        else:
            continue
        if name.strip():
            return " ".join(name.split())
    return ""


def _words(text: str) -> str:
    """A text in which encoded words (`=?gb2312?B?…?=`) are decoded."""
    if "=?" not in text:
        return text
    try:
        # A long name is folded: blanks between encoded words are none of it.
        pieces = email.header.decode_header(re.sub(r"\?=\s+=\?", "?==?", text).replace("?==?", "?= =?"))
    except (email.errors.HeaderParseError, ValueError):
        return text
    return "".join(
        piece if isinstance(piece, str) else _decoded(piece, charset or "") for piece, charset in pieces
    )


def _decoded(raw: bytes, charset: str = "") -> str:
    """Bytes as text: in the charset they say (GB2312 is GB 18030's oldest part), else UTF-8, else GB 18030."""
    declared = "gb18030" if charset.lower().startswith(("gb", "cp936", "x-gbk", "ms936")) else charset
    for encoding in (declared, "utf-8", "gb18030"):
        try:
            if encoding:
                return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("utf-8", "replace")
