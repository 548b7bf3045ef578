from __future__ import annotations

import json
import shutil

import pytest

from formflow.archive.bag import write_bag
from formflow.archive.copies import build_event
from formflow.archive.verify import verify_archive
from formflow.forms.spec import Register as Book


@pytest.fixture
def verify(workspace):
    return lambda **only: verify_archive(workspace.root, workspace.store, **only)


def codes(report):
    return {problem.code for problem in report.problems}


def test_a_whole_archive_says_so(workspace, verify):
    for n in range(3):
        workspace.archive(workspace.enter(b"%d" % n))

    report = verify()

    assert (report.ok, report.checked, report.unmade) == (True, 3, 0)
    assert report.summary().chinese == "archive：已核对 3 件，完好。"


def test_an_archive_that_is_not_there_yet_is_work_and_no_problem(workspace, verify):
    workspace.enter()

    report = verify()

    assert (report.ok, report.checked, report.unmade) == (True, 1, 1)


def test_a_bag_that_was_made_and_is_gone_is_lost(workspace, verify):
    made = workspace.archive(workspace.enter())
    shutil.rmtree(made.folder)

    report = verify()

    assert (codes(report), report.unmade) == ({"bag-lost"}, 0)


def test_a_bag_whose_mark_was_not_written_is_checked_all_the_same(workspace, verify):
    made = workspace.archive(workspace.enter(), mark=False)
    assert verify().ok

    (made.folder / "data/record.json").write_text("{}")
    assert codes(verify()) == {"bag-damaged", "bag-record"}


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "data/original/申请表.docx").write_bytes(b"forged"),
        lambda folder: (folder / "data/documents/审批单.docx").unlink(),
        lambda folder: (folder / "data/more.txt").write_text(""),
        lambda folder: shutil.rmtree(folder / "data"),
        lambda folder: (folder / "tagmanifest-sha256.txt").unlink(),
        lambda folder: (folder / "manifest-sha256.txt").unlink(),
    ],
)
def test_damage_is_found(workspace, verify, damage):
    made = workspace.archive(workspace.enter())
    damage(made.folder)

    assert "bag-damaged" in codes(verify())


def test_a_bag_forged_whole_breaks_its_seal_and_contradicts_the_register(workspace, verify):
    made = workspace.archive(workspace.enter())
    record = json.loads((made.folder / "data/record.json").read_text("utf-8"))
    record["values"]["customer_name"] = "别的公司"
    shutil.rmtree(made.folder)
    made.folder.mkdir()
    payload = {"original/申请表.docx": b"forged", "record.json": json.dumps(record).encode()}
    write_bag(made.folder, payload, {})

    assert codes(verify()) == {"bag-changed", "bag-original", "bag-record"}


@pytest.mark.parametrize("stray", ["XKH/2026/0002", "XKH/2026/0002.approved", "XKH/2027/0001", "OLD/2020"])
def test_a_bag_without_an_entry_is_found(workspace, verify, stray):
    workspace.archive(workspace.enter())
    (workspace.root / stray).mkdir(parents=True)

    assert [problem.subject for problem in verify().problems] == [
        "/".join(stray.split("/")[: 3 if "XKH/2026" in stray else 2])
    ]


def test_entries_cut_off_the_register_leave_bags_that_tell(workspace, verify):
    for n in range(2):
        workspace.archive(workspace.enter(b"%d" % n))
    with workspace.store.database.begin() as conn:
        for table in ("entries", "archive_marks", "audit"):
            conn.exec_driver_sql(f"DROP TRIGGER {table}_no_delete")
        conn.exec_driver_sql("DELETE FROM archive_marks WHERE number = 'XKH-2026-0002'")
        conn.exec_driver_sql("DELETE FROM entries WHERE serial = 2")
        conn.exec_driver_sql("DELETE FROM audit WHERE seq > (SELECT max(seq) - 2 FROM audit)")
        conn.exec_driver_sql("UPDATE books SET last = 1")
    assert workspace.store.register.verify().ok

    assert [problem.subject for problem in verify().problems] == ["XKH/2026/0002"]


def test_bags_of_later_documents_are_checked_too(workspace, verify):
    entry = workspace.enter()
    workspace.archive(entry)
    later = build_event(workspace.root, entry, "approved", {"通知书.docx": b"notice"}, archive_no="Z109")
    workspace.mark(entry, later, "approved")
    assert verify().ok

    (later.folder / "data/documents/通知书.docx").write_bytes(b"forged")
    assert codes(verify()) == {"bag-damaged"}

    shutil.rmtree(later.folder)
    assert codes(verify()) == {"bag-lost"}


def test_one_book_is_verified_alone(workspace, verify):
    workspace.archive(workspace.enter(b"1"))
    other = workspace.enter(b"2", book=Book(series="TS", number="TS-{year}-{serial:04}"))
    shutil.rmtree(workspace.archive(other).folder)

    assert verify(series="XKH").ok
    assert verify(series="XKH", year=2026).checked == 1
    assert not verify(series="TS").ok


def test_files_beside_the_books_are_no_bags(workspace, verify):
    workspace.archive(workspace.enter())
    (workspace.root / "README.md").write_text("")

    assert verify().ok
