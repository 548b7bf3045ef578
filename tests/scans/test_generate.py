"""The generator of scans: a seed fixes everything, and copies that became another layout are left out.

LibreOffice is stood in for by a printer that draws a ruling, but where what it prints is the point.
"""

from __future__ import annotations

import json
import re

import pytest

pytest.importorskip("cv2")

import pikepdf

from . import generate as generator
from . import pairs

_PAGE = b"1 w 30 30 190 290 re S 30 100 m 220 100 l S 30 %d m 220 %d l S 120 30 m 120 320 l S"


def _draws(pdf, moved=0):
    """A page with a table of two columns and three rows, one ruling of it that many points off its place."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(250, 350))
    page.Contents = document.make_stream(_PAGE % (200 + moved, 200 + moved))
    document.save(pdf, deterministic_id=True)


@pytest.fixture
def printer(monkeypatch):
    """Prints a table for every file; `moves` says by how much a file's ruling is off."""

    class Printer:
        moves = staticmethod(lambda target: 0)

        def __call__(self, jobs):
            for source, target in jobs:
                assert source.is_file()
                _draws(target, self.moves(target))

    made = Printer()
    monkeypatch.setattr(generator, "to_pdf", made)
    monkeypatch.setattr(pairs, "to_pdf", made)
    return made


def _truth(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


_MANNERS = ["clean200", "faxstd", "hand"]


def test_the_same_seed_writes_the_same_scans_and_the_same_truth(printer, tmp_path):
    for name in ("once", "again"):
        generator.generate(tmp_path / name, 7, 6, _MANNERS)

    once = _files(tmp_path / "once")
    assert once == _files(tmp_path / "again")
    assert 7 == len(once)


def test_another_seed_writes_other_records_and_other_scans(printer, tmp_path):
    first, other = (
        generator.generate(tmp_path / str(seed), seed, 3, ["scan200", "faxstd", "hand"]) for seed in (7, 8)
    )

    for one, two in zip(_truth(first), _truth(other), strict=True):
        assert one["records"] != two["records"]
    seven, eight = _files(tmp_path / "7"), _files(tmp_path / "8")
    assert not set(seven.values()) & set(eight.values())


def test_more_scans_of_a_seed_begin_with_the_same_ones(printer, tmp_path):
    few, many = (generator.generate(tmp_path / str(count), 7, count, _MANNERS) for count in (2, 4))

    assert _truth(few) == _truth(many)[:2]


def test_every_line_of_the_truth_names_a_file_of_its_manner_and_the_manners_take_turns(printer, tmp_path):
    lines = _truth(generator.generate(tmp_path, 7, 4, _MANNERS))

    assert ["clean200", "faxstd", "hand", "clean200"] == [line["degradation"] for line in lines]
    for line in lines:
        assert re.fullmatch(rf"7-\d{{4}}-{line['degradation']}\.(jpg|tif|pdf)", line["file"])
        assert (tmp_path / line["file"]).is_file()
        assert line["records"] and "scan" == line["format"]


def test_copies_whose_rulings_moved_are_another_layout_and_left_out(printer, tmp_path):
    printer.moves = lambda target: 6 if target.stem.endswith("-2") else 0

    lines = _truth(pairs.generate_pairs(tmp_path, 5, 3, ["clean200"]))

    expected = [f"{form}-5-{copy}-clean200.jpg" for form in pairs.FORMS for copy in (1, 3)]
    assert expected == [line["file"] for line in lines]
    assert sorted([*expected, "truth.jsonl", *(f"{form}-5.pdf" for form in pairs.FORMS)]) == sorted(
        _files(tmp_path)
    )


def test_a_copy_with_a_page_more_is_another_layout(printer, tmp_path, monkeypatch):
    def longer(jobs):
        printer(jobs)
        for _, target in jobs:
            if target.stem.endswith("-1"):
                with pikepdf.open(target, allow_overwriting_input=True) as document:
                    document.add_blank_page(page_size=(250, 350))
                    document.save(target)

    monkeypatch.setattr(pairs, "to_pdf", longer)

    assert [] == _truth(pairs.generate_pairs(tmp_path, 5, 1, ["clean200"]))


def test_the_copies_of_a_form_are_filled_and_its_blank_is_not_in_the_truth(printer, tmp_path):
    lines = _truth(pairs.generate_pairs(tmp_path, 5, 2, ["clean200", "faxfine"]))

    assert [form for form in pairs.FORMS for _ in range(2)] == [line["form"] for line in lines]
    assert all(record["values"] for line in lines for record in line["records"])
    assert {"clean200", "faxfine"} == {line["degradation"] for line in lines}


def test_the_same_seed_makes_the_same_pairs(printer, tmp_path):
    for name in ("once", "again"):
        pairs.generate_pairs(tmp_path / name, 5, 1, ["scan200"])

    assert _files(tmp_path / "once") == _files(tmp_path / "again")


@pytest.mark.slow
def test_the_same_seed_prints_the_same_scans_through_libreoffice(tmp_path):
    for name in ("once", "again"):
        generator.generate(tmp_path / name, 7, 2, ["clean200", "hand"])

    once = _files(tmp_path / "once")
    assert once == _files(tmp_path / "again")
    assert 3 == len(once)
