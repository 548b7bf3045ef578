"""A complete extract beside the bare library that opens the format, in processor time of one process.

Complete: file to validated records. Bare: python-docx opened and all cells asked for their text; openpyxl
opened and all cells gone through; pdfplumber's words and tables. The files are generated (see tests/samples);
each is measured three times in turn with its counterpart and the least time counts, so that what else the
machine does falls on both.

python -m tests.bench.readers [--count 60]
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

AIMS = {"docx": 1.5, "xlsx": 1.2, "pdf": 1.5}
AIM_SHEET = 1.0
"""Seconds for a log sheet of 100,000 cells, read and extracted."""
_ROWS, _TIMES, _SEED = 10_000, 3, 7


def lines(home: Path, count: int = 60) -> Iterator[str]:
    """One line a format, one for the large sheet; PDFs only where LibreOffice can print them."""
    from tests.samples.generate import generate

    ours = _extracting()
    bare: dict[str, Callable[[Path], None]] = {"docx": _bare_docx, "xlsx": _bare_xlsx, "pdf": _bare_pdf}
    formats = ["docx", "xlsx", "pdf"] if shutil.which("soffice") else ["docx", "xlsx"]
    generate(home, _SEED, count, formats)
    for suffix in formats:
        files = sorted(home.glob(f"*.{suffix}"))
        mine, theirs = _compare(files, ours, bare[suffix])
        yield (
            f"extract {suffix:<5} {1000 * mine / len(files):8.2f} ms a file  {mine / theirs:5.2f} × bare"
            f"    aim ≤ {AIMS[suffix]}"
        )
    sheet = write_log(home / "log.xlsx", _ROWS)
    mine, theirs = _compare([sheet], _reading(), _bare_xlsx)
    yield f"100,000-cell sheet {mine:5.2f} s read and extracted  {mine / theirs:5.2f} × bare    aim ≤ {AIM_SHEET} s"


def _compare(
    files: list[Path], mine: Callable[[Path], None], theirs: Callable[[Path], None]
) -> tuple[float, float]:
    """Processor seconds of both over the files, the least of a few runs each."""
    for warm in files[:2]:
        mine(warm)
        theirs(warm)
    totals = [0.0, 0.0]
    for file in files:
        best = [float("inf")] * 2
        for _ in range(_TIMES):
            for place, work in enumerate((mine, theirs)):
                began = time.process_time()
                work(file)
                best[place] = min(best[place], time.process_time() - began)
        totals = [total + one for total, one in zip(totals, best, strict=True)]
    return totals[0], totals[1]


def _extracting() -> Callable[[Path], None]:
    from formflow.extraction.extract import extract
    from formflow.extraction.labels.index import Forms
    from formflow.forms.load import load_forms
    from formflow.forms.schema import validate
    from formflow.readers.read import read

    forms = load_forms(Path(__file__).resolve().parents[2] / "schemas")
    known = Forms(forms)

    def work(file: Path) -> None:
        for candidate in extract(read(file), known):
            validate(candidate, forms[candidate.form])

    return work


def _reading() -> Callable[[Path], None]:
    from formflow.extraction.extract import extract
    from formflow.extraction.labels.index import Forms
    from formflow.forms.load import load_forms
    from formflow.readers.read import read

    known = Forms(load_forms(Path(__file__).resolve().parents[2] / "schemas"))

    def work(file: Path) -> None:
        if len(extract(read(file), known)) != _ROWS:
            raise SystemExit(f"{file}: not every row was read")

    return work


def _bare_docx(file: Path) -> None:
    from docx import Document

    for table in Document(str(file)).tables:
        for row in table.rows:
            for cell in row.cells:
                _ = cell.text


def _bare_xlsx(file: Path) -> None:
    from openpyxl import load_workbook

    for sheet in load_workbook(file).worksheets:
        for row in sheet.iter_rows(values_only=True):
            for _ in row:
                pass


def _bare_pdf(file: Path) -> None:
    import pdfplumber

    with pdfplumber.open(file) as document:
        for page in document.pages:
            page.extract_words()
            page.extract_tables()


def write_log(path: Path, rows: int) -> Path:
    """A register of received faxes: ten columns, dates and times as Excel keeps them."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("收传真")
    sheet.append(["2026年度收传真登记簿"])
    sheet.append("序号 收文日期 来文单位 来文号 主题 页数 片区 交付日期 签收人 备注".split())
    day = datetime(2026, 1, 5, 9, 0)
    for number in range(rows):
        came = day + timedelta(hours=number % 2000)
        sheet.append(
            [
                number + 1,
                came,
                f"华南实业（深圳）有限公司{number % 300}",
                f"华实字〔2026〕{number}号",
                f"关于第{number}批货物发运安排的函",
                number % 9 + 1,
                ("华南", "华东", "西南")[number % 3],
                came + timedelta(hours=3),
                ("张三", "李四", "王五")[number % 3],
                "急件" if number % 5 == 0 else None,
            ]
        )
    book.save(path)
    return path


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=60)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="formflow-bench-") as home:
        for line in lines(Path(home), given.count):
            print(line)


if __name__ == "__main__":
    main()
