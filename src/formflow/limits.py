"""What one file may cost before it is refused; the table `[limits]` of `formflow.toml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def option(default: Any, english: str, chinese: str) -> Any:
    """A settings field with its default and its explanation in both languages."""
    return field(default=default, metadata={"en": english, "zh": chinese})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds that a file must keep; one that does not is a `ReadError` (`too-large`, `timeout`).

    `seconds` is processor time, conversion by another program with it; on the wall reading may take ten times as
    long (`engine.task.WALL`), and recognition has a clock of its own. `max_ratio` is asked of members over 32 MB.
    """

    max_bytes: int = option(
        64 * 1024 * 1024, "Largest file taken in, in bytes.", "可接收的最大文件（字节）。"
    )
    max_expanded_bytes: int = option(
        256 * 1024 * 1024,
        "Largest total once a .docx or .xlsx is unpacked, in bytes.",
        "docx、xlsx 解压后的最大总量（字节）。",
    )
    max_ratio: int = option(
        250,
        "How many times its packed size a large member of a package may unpack to.",
        "压缩包内大文件解压后最多为压缩大小的多少倍。",
    )
    max_members: int = option(5_000, "Most members of a .docx or .xlsx.", "docx、xlsx 内的最多文件数。")
    max_pages: int = option(300, "Most pages of a PDF.", "PDF 的最大页数。")
    max_cells: int = option(
        500_000, "Most cells of a file, and positions in one table.", "一个文件的最大单元格数。"
    )
    max_merges: int = option(200_000, "Most merged ranges of one sheet.", "一张工作表的最多合并区域数。")
    max_depth: int = option(24, "Most tables one inside another.", "表格最多嵌套层数。")
    seconds: float = option(
        8.0,
        "Most processor time one file may take to be read, in seconds, conversion with it; recognition not counted.",
        "读取一个文件可用的处理器时间（秒），含格式转换；扫描识别另计。",
    )
    memory_bytes: int = option(
        448 * 1024 * 1024,
        "Most memory one file may take beyond what its worker held before, in bytes.",
        "读取一个文件时工作进程可增加的最大内存（字节）。",
    )
