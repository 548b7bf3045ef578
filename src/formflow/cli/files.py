"""Files that a command was told to read or write and cannot, in plain words."""

from __future__ import annotations

import errno
from pathlib import Path

from formflow.errors import Bilingual, Conflict, UsageError

FILE_FAULTS: dict[int, Bilingual] = {
    errno.ENOENT: Bilingual("没有这个文件或文件夹", "no such file or folder"),
    errno.EACCES: Bilingual("没有权限", "permission denied"),
    errno.EPERM: Bilingual("不允许此操作", "operation not permitted"),
    errno.EEXIST: Bilingual("已存在", "is there already"),
    errno.ENOTDIR: Bilingual("路径中有一段不是文件夹", "a part of the path is no folder"),
    errno.EISDIR: Bilingual("是文件夹，应为文件", "is a folder; a file was expected"),
    errno.ENAMETOOLONG: Bilingual("名称太长", "the name is too long"),
    errno.EROFS: Bilingual("磁盘只读", "the disk is read-only"),
    errno.ELOOP: Bilingual("链接循环", "the links go round in a circle"),
    errno.EIO: Bilingual("磁盘读写出错", "the disk fails"),
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
            Bilingual(f"{target} 已存在", f"{target} is there already"),
            code="file-exists",
            remedy=Bilingual("请用 -o 另取文件名，或用 --force 覆盖", "name another with -o, or use --force"),
        )
    if not target.parent.is_dir():
        raise UsageError(
            Bilingual(f"没有文件夹 {target.parent}", f"{target.parent}: no such folder"),
            code="no-such-folder",
        )
