"""A zip or a mail dropped as it came: what a clerk sees of it."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.e2e.conftest import Clerk


@pytest.fixture
def package(clerk: Clerk, tmp_path: Path) -> Path:
    """A zip with two forms, a damaged one, and what a Mac adds."""
    path = tmp_path / "资料.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(clerk.paper("new_customer.docx"), "客户/新客户.docx")
        archive.write(clerk.paper("complaint.xlsx"), "投诉.xlsx")
        archive.writestr("坏.docx", b"PK\x03\x04 cut off")
        archive.writestr("__MACOSX/._坏.docx", b"x")
    return path


def test_extract_prints_one_line_with_the_records_of_all_files(clerk: Clerk, package: Path) -> None:
    (line,) = clerk.lines("extract", package, expect=4)
    parts = [{source["part"] for source in record["sources"].values()} for record in line["records"]]

    assert ("application/zip", None) == (line["media_type"], line["error"])
    assert ["new_customer", "complaint"] == [record["form"] for record in line["records"]]
    assert all(part.startswith("客户/新客户.docx/") for part in parts[0])
    assert all(part.startswith("投诉.xlsx/") for part in parts[1])
    assert [("坏.docx", "corrupt")] == [(one["name"], one["error"]["code"]) for one in line["members"]]


def test_process_prints_a_line_for_the_container_and_one_for_each_file(clerk: Clerk, package: Path) -> None:
    lines = clerk.lines("process", package, expect=4)

    assert [
        (str(package), "done"),
        (f"{package}/客户/新客户.docx", "done"),
        (f"{package}/投诉.xlsx", "done"),
        (f"{package}/坏.docx", "failed"),
    ] == [(line["file"], line["status"]) for line in lines]
    assert 4 == len({line["submission"] for line in lines})
