"""Files that hold other files: what is in them, one by one, within bounds.

Archives in archives and mails in mails are gone through to a depth. What systems add by themselves is no
member: resource forks, thumbnails, the pictures of a mail's signature.
"""

from __future__ import annotations

from collections.abc import Iterator

from formflow.errors import ReadError
from formflow.limits import Limits
from formflow.readers.containers.member import MAX_FILES, Budget, Member
from formflow.readers.sniff import CONTAINERS, Kind, sniff

MAX_DEPTH = 3
"""Containers inside containers."""


_MAX_NAME_BYTES = 200


class NeedsUnpacking(ReadError):
    """The file holds others; to whoever cannot take them out it is of a kind that is not read.

    Attributes:
        media_type: Of the container.
    """

    def __init__(self, media_type: str) -> None:
        super().__init__("unsupported", f"content: {media_type}")
        self.media_type = media_type

    def __reduce__(self) -> tuple[type[ReadError], tuple[str]]:  # type: ignore[override]
        return (type(self), (self.media_type,))


def unpack(data: bytes, limits: Limits) -> Iterator[Member]:
    """The files in a container, in its order; none for a container that holds only junk, or a bare mail.

    Args:
        data: A zip, a mail, or a PDF with files in it.
        limits: `max_expanded_bytes` bounds them together, `max_bytes` each.
    Raises:
        ReadError: `corrupt`, `too-large`; `encrypted` where no file of a zip can be opened.
    """
    budget = Budget(MAX_FILES, limits.max_expanded_bytes)
    yield from _unpack(data, sniff(data), limits, budget, "", 1)


def _unpack(
    data: bytes, kind: Kind, limits: Limits, budget: Budget, prefix: str, depth: int
) -> Iterator[Member]:
    for member in _members(data, kind, limits, budget):
        name = prefix + clean_name(member.name)
        if member.data is None:
            yield Member(name=name, error=member.error)
            continue
        try:
            inner = sniff(member.data)
        except ReadError:
            inner = Kind.UNKNOWN  # whoever reads it will say so again
        if not _is_container(member.data, inner):
            yield Member(name=name, data=member.data)
        elif depth >= MAX_DEPTH:
            yield Member(name=name, error=ReadError("too-deep", f"more than {MAX_DEPTH} containers deep"))
        else:
            yield from _inner(member.data, inner, limits, budget, name, depth)


def _is_container(data: bytes, kind: Kind) -> bool:
    if kind is not Kind.PDF:
        return kind in CONTAINERS
    from formflow.readers.containers.pdf import is_portfolio  # each format its library

    return is_portfolio(data)


def _inner(
    data: bytes, kind: Kind, limits: Limits, budget: Budget, name: str, depth: int
) -> Iterator[Member]:
    """The files of a container in a container; one that cannot be opened is told under its own name."""
    try:
        yield from _unpack(data, kind, limits, budget, name + "/", depth + 1)
    except ReadError as error:
        if budget.files < 0 or budget.bytes < 0:
            raise
        yield Member(name=name, error=error)


def _members(data: bytes, kind: Kind, limits: Limits, budget: Budget) -> Iterator[Member]:
    if kind is Kind.PACKAGE:
        from formflow.readers.containers.zip import zip_members  # each format its library

        return zip_members(data, limits, budget)
    if kind is Kind.MAIL:
        from formflow.readers.containers.mail import mail_members

        return mail_members(data, limits, budget)
    if kind is Kind.MESSAGE:
        from formflow.readers.containers.outlook import message_members

        return message_members(data, limits, budget)
    if kind is Kind.PDF:
        from formflow.readers.containers.pdf import pdf_members

        return pdf_members(data, limits, budget)
    raise ReadError("unsupported", f"content: {kind}")


def clean_name(name: str) -> str:
    """A path that leads nowhere but down: no drive, no root, no `..`, no control characters, no endless names."""
    steps = []
    for step in name.replace("\\", "/").split("/"):
        step = "".join(c if c.isprintable() and c not in ':*?"<>|' else "_" for c in step).strip(" .")
        if step:
            steps.append(_shortened(step))
    return "/".join(steps) or "unnamed"


def _shortened(step: str) -> str:
    encoded = step.encode("utf-8", "replace")
    if len(encoded) <= _MAX_NAME_BYTES:
        return step
    stem, dot, suffix = step.rpartition(".")
    keep = f"{dot}{suffix}" if len(suffix) < 10 else ""
    return (stem if keep else step).encode()[: _MAX_NAME_BYTES - len(keep)].decode("utf-8", "ignore") + keep
