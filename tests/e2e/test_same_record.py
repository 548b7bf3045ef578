"""The same record gives the same typed values, whatever program the form was filled in."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document
from tests.samples.excel import write_excel
from tests.samples.fillable import truth_of, write_fillable
from tests.samples.generate import make
from tests.samples.word import write_word

from formflow.office.converter import Converter

if TYPE_CHECKING:
    from tests.e2e.conftest import Clerk


FORMS = ("new_customer", "complaint", "fax_out", "fax_in", "visit_plan")
SEEDS = (3, 7)
FROM_WORD, FROM_EXCEL = ("doc", "rtf", "odt"), ("xls", "ods")


def write_all(form: str, seed: int, folder: Path, office: Converter) -> list[Path]:
    """One filling of a form in every format; pages as Excel can hold them, so that all say the same."""
    pages = make(form, Random(f"{form} {seed}"), "xlsx")[0]
    word, excel = folder / f"{form}-{seed}.docx", folder / f"{form}-{seed}.xlsx"
    write_word(pages, word, Random(seed))
    write_excel(pages, excel, Random(seed))
    document = Document(str(word))
    document.add_paragraph()  # A document ends with a paragraph: LibreOffice's export to .doc relies on it.
    document.save(str(word))
    files = [word, excel]
    for source, kind in ((word, "word"), (excel, "excel")):
        files.append(folder / f"{form}-{seed}-{kind}.pdf")
        files[-1].write_bytes(office.convert(source.read_bytes(), source.suffix[1:], "pdf", seconds=60))
    for source, formats in ((word, FROM_WORD), (excel, FROM_EXCEL)):
        for suffix in formats:
            data = office.convert(source.read_bytes(), source.suffix[1:], suffix, seconds=60)
            files.append(source.with_suffix(f".{suffix}"))
            files[-1].write_bytes(data)
    return files


def values_of(line: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(record["form"], record["values"]) for record in line["records"]]


def test_every_format_gives_the_same_typed_values(clerk: Clerk, tmp_path: Path) -> None:
    cases = [(form, seed) for form in FORMS for seed in SEEDS]
    with Converter() as office:
        written = {case: write_all(*case, tmp_path, office) for case in cases}
    read = {
        Path(line["file"]).name: values_of(line)
        for line in clerk.lines("extract", *(path for paths in written.values() for path in paths))
    }

    for case, paths in written.items():
        expected = read[paths[0].name]
        assert expected, case
        assert {path.name: expected for path in paths} == {path.name: read[path.name] for path in paths}


@pytest.mark.parametrize("form", ["new_customer", "complaint", "fax_out"])
def test_a_fillable_form_gives_what_was_typed_into_it(clerk: Clerk, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"{form}.pdf"
    record, _ = write_fillable(form, Random(f"fillable {form}"), path)
    (line,) = clerk.lines("extract", path)

    assert values_of(line) == [(form, truth_of(record))]
