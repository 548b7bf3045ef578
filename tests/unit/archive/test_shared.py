"""Bags whose original and copy lie once in the archive."""

from __future__ import annotations

import shutil

import bagit
import pytest
from tests.support.bags import build
from tests.unit.archive.conftest import BOOK, NOW
from tests.unit.archive.test_pdfa import office_pdf

from formflow.archive.bag import bag_faults, copy_whole, payload_digests
from formflow.archive.copies import place
from formflow.archive.fetch import Holdings
from formflow.archive.renditions import NOTE, render
from formflow.archive.shared import share, shared_place
from formflow.archive.verify import verify_archive
from formflow.errors import IntegrityError
from formflow.forms.spec import Field, FieldType, Form
from formflow.settings import Settings
from formflow.store.archives import REGISTERED, RENDITION

LOG = b"the log of the month"


@pytest.fixture
def log(workspace):
    """Three entries of one log, archived; their numbers from 1."""
    entries = workspace.enter_log(LOG, 3, "登记簿.xlsx")
    shared = share(
        workspace.root,
        entries[0],
        1,
        original=workspace.store.objects.path(entries[0].digest),
        copy=lambda: (b"the log with its numbers", ".xlsx"),
        numbers=[{"number": entry.number, "part": "3月", "row": n} for n, entry in enumerate(entries, 3)],
    )
    for entry in entries:
        workspace.mark(entry, build(workspace.root, entry, archive_no="Z109", original=shared))
    return entries


def problems(workspace):
    return {
        (problem.code, problem.subject)
        for problem in verify_archive(workspace.root, workspace.store).problems
    }


def test_a_logs_original_and_copy_lie_in_the_archive_once(workspace, log, contents):
    found = contents(workspace.root)

    assert 1 == sum(content == LOG for content in found.values())
    assert 1 == sum(content == b"the log with its numbers" for content in found.values())
    assert {"data/record.json"} == {
        name for name in contents(workspace.root / place(log[1])) if name.startswith("data/")
    }
    assert [] == list(problems(workspace))


def test_filled_in_a_bag_is_whole_and_its_seal_the_same(workspace, log, tmp_path, contents):
    copy_whole(workspace.root / place(log[1]), tmp_path / "whole", Holdings(workspace.root))

    bag = bagit.Bag(str(tmp_path / "whole"))
    assert bag.validate()
    assert () == bag_faults(tmp_path / "whole")
    found = contents(tmp_path / "whole")
    assert LOG == found["data/original/登记簿.xlsx"]
    assert b"the log with its numbers" == found["data/copy/XKH-2026-0002-登记簿.xlsx"]
    seals = [
        (folder / "tagmanifest-sha256.txt").read_bytes()
        for folder in (tmp_path / "whole", workspace.root / place(log[1]))
    ]
    assert seals[0] == seals[1]


@pytest.mark.parametrize("file", ["original/登记簿.xlsx", "copy/登记号-登记簿.xlsx"])
@pytest.mark.parametrize("how", ["lost", "changed"])
def test_a_shared_file_that_is_lost_or_changed_is_told_for_every_entry(workspace, log, file, how):
    path = workspace.root / shared_place(log[0]) / "data" / file
    if how == "lost":
        path.unlink()
    else:
        path.write_bytes(b"forged")

    assert {("bag-damaged", place(entry)) for entry in log} <= problems(workspace)
    assert ("bag-damaged", shared_place(log[0])) in problems(workspace)


def test_a_shared_bag_forged_whole_breaks_what_the_entries_bags_say_of_it(workspace, log):
    folder = workspace.root / shared_place(log[0])
    shutil.rmtree(folder)
    share(
        workspace.root,
        log[0],
        1,
        original=workspace.store.objects.path(log[0].digest),
        copy=lambda: (b"the log with other numbers", ".xlsx"),
        numbers=[{"number": log[0].number, "part": "3月", "row": 9}],
    )

    assert {(code, place(entry)) for entry in log for code in ("bag-damaged", "bag-changed")} <= problems(
        workspace
    )


def test_a_link_in_place_of_a_shared_file_is_no_file(workspace, log, tmp_path):
    path = workspace.root / shared_place(log[0]) / "data" / "original" / "登记簿.xlsx"
    path.rename(tmp_path / "outside.xlsx")
    path.symlink_to(tmp_path / "outside.xlsx")

    assert {("bag-damaged", place(entry)) for entry in log} <= problems(workspace)


@pytest.mark.parametrize(
    "address", ["formflow://archive/../../etc/passwd", "file:///etc/passwd", "formflow://archive//etc/passwd"]
)
def test_an_address_that_leads_out_of_the_archive_is_not_followed(workspace, log, address, tmp_path):
    folder = workspace.root / place(log[0])
    (folder / "fetch.txt").write_text(f"{address} 1 data/original/登记簿.xlsx\n")

    assert "fetch.txt: unreadable" in map(str, bag_faults(folder, Holdings(workspace.root)))
    with pytest.raises(ValueError, match="outside"):
        copy_whole(folder, tmp_path / "whole", Holdings(workspace.root))


def test_a_shared_bag_of_no_entry_is_found(workspace, log):
    (workspace.root / "submissions/2026/20260101-000000-0000000000").mkdir()

    assert "bag-without-entry" in {code for code, _ in problems(workspace)}


def test_a_bag_that_holds_all_by_itself_stays_valid_beside_those_that_do_not(workspace, log):
    workspace.archive(workspace.enter(b"another paper"))

    assert set() == problems(workspace)


def test_a_shared_bag_that_stands_is_left_as_it_is_and_one_that_is_damaged_is_told(workspace, log):
    def again():
        return share(
            workspace.root,
            log[0],
            1,
            original=workspace.store.objects.path(log[0].digest),
            copy=lambda: pytest.fail("made again"),
            numbers=[],
        )

    assert (
        payload_digests(workspace.root / shared_place(log[0]))["data/original/登记簿.xlsx"]
        == again().original.digest
    )
    (workspace.root / shared_place(log[0]) / "data/numbers.json").write_text("[]")
    with pytest.raises(IntegrityError, match="is damaged"):
        again()


def test_a_log_is_converted_once_and_its_rendition_kept_once(workspace, log, contents):
    class Converts:
        seen = 0

        def convert_all(self, files, to, *, seconds, options=""):
            Converts.seen += len(files)
            return [office_pdf(1) for _ in files]

    fields = (Field(id="customer_name", label="客户名称", type=FieldType.TEXT),)
    forms = {"new_customer": Form(id="new_customer", title="新客户开发申请表", fields=fields, register=BOOK)}
    settings = Settings(workspace=workspace.root.parent)
    for entry in log:
        render([(entry, REGISTERED)], workspace.store, forms, settings, Converts(), at=NOW)

    assert 1 == Converts.seen
    assert 1 == sum(name.endswith(".pdf") for name in contents(workspace.root))
    told = (workspace.root / place(log[2], RENDITION) / "data/documents" / NOTE).read_text("utf-8")
    assert "登记簿.xlsx: original-登记簿.pdf PDF/A-2b\n" == told
    assert set() == problems(workspace)
