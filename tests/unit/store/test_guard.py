"""No number is given that the archive or the audit knows already, and none by a clock that is wrong."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest
from sqlalchemy import text
from tests.unit.store.conftest import BOOK, NOW, Office

from formflow.errors import IntegrityError
from formflow.store.guard import CLOCK, Guard, Shelved
from formflow.store.store import Store
from formflow.store.tables import APPEND_ONLY


class Shelves:
    """An archive by what it says of itself."""

    def __init__(self, *books):
        self.asked = 0
        self.books = {(series, year): top for series, year, top in books}

    def highest(self):
        self.asked += 1
        return self.books

    def folder(self, series):
        return series


@pytest.fixture
def beside(store):
    """The store as a program finds it that starts beside an archive."""

    def start(*books):
        shelves = Shelves(*books)
        store.register._guard = Guard(store.database, shelves)
        return shelves

    return start


def code_of(action):
    with pytest.raises(IntegrityError) as raised:
        action()
    assert raised.value.exit_code == 5
    assert raised.value.chinese != raised.value.english
    return raised.value.code


@pytest.mark.parametrize(
    ("book", "expected"),
    [
        (("XKH", 2026, Shelved(serial=3)), "archive-ahead"),
        (("XKH", 2027, Shelved(serial=1)), "archive-ahead"),
        (("TS", 2026, Shelved(serial=1)), "archive-ahead"),
        (("XKH", 2026, Shelved(serial=2, record="another's")), "archive-foreign"),
        (("XKH", 2026, Shelved(serial=2)), None),
        (("XKH", 2026, Shelved(serial=1)), None),
    ],
)
def test_an_archive_that_is_ahead_of_the_register_stops_numbering(office, store, beside, book, expected):
    for _ in range(2):
        office.enter()
    beside(book)

    if expected is None:
        assert office.enter().serial == 3
    else:
        assert code_of(office.enter) == expected
        assert store.register.books() == (("XKH", 2026, 2),)
        assert expected in {problem.code for problem in store.register.verify().problems}
        assert not store.register.verify(*book[:2]).ok
        assert store.register.verify("SC", 2026).ok


def test_an_empty_register_beside_a_full_archive_numbers_nothing(office, store, beside):
    beside(
        ("XKH", 2026, Shelved(serial=8, number="XKH-2026-0008", registered_at="2026-03-04T10:00:00+08:00"))
    )

    with pytest.raises(IntegrityError, match="XKH-2026-0008, entered 2026-03-04 10:00,"):
        office.enter()

    assert store.register.list() == ()
    assert len(store.submissions.pending()) == 1  # what came in waits and is not lost


def test_the_archive_is_asked_once_a_start_and_not_for_every_number(office, beside):
    shelves = beside()
    for _ in range(5):
        office.enter()

    assert shelves.asked == 1


@pytest.fixture
def forge(store):
    """Runs SQL with the triggers out of the way."""

    def run(*statements):
        with store.database.begin() as conn:
            if store.database.is_sqlite:
                for table in APPEND_ONLY:
                    for verb in ("update", "delete"):
                        conn.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_{verb}"))
            else:
                conn.execute(text("SET session_replication_role = replica"))
            for statement in statements:
                conn.execute(text(statement))

    return run


def test_an_audit_that_is_ahead_of_the_register_stops_numbering(office, store, beside, forge):
    for _ in range(3):
        office.enter()
    forge("DELETE FROM entries WHERE serial = 3", "UPDATE books SET last = 2")

    assert code_of(office.enter) == "audit-ahead"  # the program that runs: the number itself was given
    beside()
    assert code_of(office.enter) == "audit-ahead"  # one that starts


def test_a_book_whose_last_serial_is_not_its_highest_entry_numbers_nothing(office, beside, forge):
    office.enter()
    forge("UPDATE books SET last = 0")
    beside()

    assert code_of(office.enter) == "book-last"


# --- The clock ---


@pytest.mark.parametrize(
    ("back", "expected"),
    [(timedelta(minutes=4), None), (timedelta(minutes=6), "clock"), (timedelta(days=64), "clock")],
)
def test_a_clock_behind_the_last_entry_numbers_nothing(office, store, back, expected):
    first = office.enter()
    (draft,) = office.drafts([{"customer_name": "甲"}])
    later = first.registered_at - back

    def enter():
        store.register.enter([draft], BOOK, year=later.year, at=later)

    if expected is None:
        enter()
    else:
        assert code_of(enter) == expected


def test_a_clock_that_goes_back_over_new_year_opens_no_old_book(office, store):
    first, second = (office.drafts([{"customer_name": name}])[0] for name in "甲乙")
    midnight = first.receipt.at.replace(year=2027, month=1, day=1, hour=0, minute=1)
    store.register.enter([first], BOOK, year=2027, at=midnight)
    before = midnight - timedelta(minutes=2)

    assert code_of(lambda: store.register.enter([second], BOOK, year=2026, at=before)) == "clock"


def test_a_clock_of_last_century_numbers_nothing(office, store):
    (draft,) = office.drafts([{"customer_name": "甲"}])
    at = draft.receipt.at.replace(year=1999)

    assert code_of(lambda: store.register.enter([draft], BOOK, year=1999, at=at)) == "clock"


def test_numbering_goes_on_once_a_person_has_said_that_the_clock_is_right(office, store):
    first = office.enter()
    (draft,) = office.drafts([{"customer_name": "甲"}])
    before = first.registered_at - timedelta(days=1)
    store.audit.append(CLOCK, CLOCK, {"by": "张三", "reason": "电池"}, at=before)

    assert store.register.enter([draft], BOOK, year=2026, at=before)[0].serial == 2


# --- The database under a program that runs ---


@pytest.fixture
def file_store(tmp_path):
    opened = Store.open(f"sqlite:///{tmp_path}/var/f.db", tmp_path / "originals")
    yield opened
    opened.close()


def receive(store, content=b"x"):
    from formflow.model import Receipt

    digest = store.objects.put_bytes(content)
    return store.submissions.receive(digest, len(content), Receipt(at=NOW, name="a.docx"))


@pytest.mark.parametrize("exchange", ["removed", "emptied", "older", "another's"])
def test_a_database_that_is_exchanged_under_a_running_program_is_not_written_to(
    file_store, tmp_path, exchange
):
    path = tmp_path / "var/f.db"
    other = Store.open(f"sqlite:///{tmp_path}/other/f.db", tmp_path / "originals")
    receive(other, b"another's")
    other.close()
    receive(file_store, b"first")
    file_store.database.close()
    shutil.copyfile(path, tmp_path / "older.db")
    receive(file_store, b"second")
    sources = {"older": tmp_path / "older.db", "another's": tmp_path / "other/f.db"}
    file_store.database.close()  # the pool is empty: the next transaction opens the file anew
    if exchange == "removed":
        path.unlink()
    elif exchange == "emptied":
        path.write_bytes(b"")
    else:
        with path.open("r+b") as file:  # the same inode, other bytes
            file.write(sources[exchange].read_bytes())
            file.truncate()

    with pytest.raises(IntegrityError) as raised:
        receive(file_store, b"third")

    assert raised.value.code in ("database-exchanged", "database-damaged")


def test_a_connection_to_a_file_that_was_taken_away_is_not_written_to(file_store, tmp_path):
    receive(file_store, b"first")
    (tmp_path / "var/f.db").rename(tmp_path / "taken.db")
    Store.open(f"sqlite:///{tmp_path}/var/f.db", tmp_path / "originals").close()

    assert code_of(lambda: receive(file_store, b"second")) == "database-exchanged"


# --- Damage ---


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        ("UPDATE entries SET registered_at = 'last week'", "entries XKH 2026 1: registered_at"),
        ("UPDATE entries SET claimed_on = '2026-02-31'", "entries XKH 2026 1: claimed_on"),
        ("UPDATE entries SET outcome = 'perhaps'", "entries XKH 2026 1: outcome"),
        ("UPDATE entries SET \"values\" = '{'", "entries XKH 2026 1: values"),
        ("UPDATE entries SET name = CAST(x'ff80' AS TEXT)", "entries XKH 2026 1: name"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(tmp_path, statement, row):
    office = Office(Store.open(f"sqlite:///{tmp_path}/f.db", tmp_path / "originals"))
    store = office.store
    office.enter()
    with store.database.begin() as conn:
        conn.execute(text("DROP TRIGGER entries_no_update"))
        conn.execute(text(statement))

    with pytest.raises(IntegrityError, match=row):
        list(store.register.all())
    assert {"row-damaged", "entry-changed"} & {problem.code for problem in store.register.verify().problems}
    store.close()


def test_a_fault_of_the_program_stays_what_it_is(store, office):
    office.enter()

    with pytest.raises(ValueError, match="mine"), store.database.read():
        raise ValueError("mine")


def test_pages_that_do_not_fit_are_told_before_anything_is_numbered(tmp_path):
    office = Office(Store.open(f"sqlite:///{tmp_path}/f.db", tmp_path / "originals"))
    for _ in range(40):
        office.enter()
    office.store.close()
    content = bytearray((tmp_path / "f.db").read_bytes())
    for page in range(4096 * 3, len(content), 4096):
        content[page : page + 64] = b"\x0d" + b"\xff" * 63
    (tmp_path / "f.db").write_bytes(content)

    def begin():
        Store.open(f"sqlite:///{tmp_path}/f.db", tmp_path / "originals").guard.check()

    assert code_of(begin) == "database-damaged"
