from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from formflow.errors import StoreError
from formflow.model import Receipt
from formflow.store.originals import SubmissionState
from formflow.store.store import Store

STATES = SubmissionState


def at(store):
    return store.submissions.get(store.submissions.pending()[0]).receipt.at


def test_what_was_received_is_read_back_as_it_was(store, office):
    made = office.receive(name="申请表.docx", folder="华南", way="inbox", claimed_on=date(2026, 2, 28))

    assert store.submissions.get(made.id) == made
    assert store.submissions.pending() == (made.id,)


def test_the_same_bytes_under_another_name_are_a_duplicate_of_the_first(store, office):
    first = office.receive(b"x", "a.docx")
    second = office.receive(b"x", "b.docx")

    assert (second.state, second.duplicate_of) == (STATES.DUPLICATE, first.id)
    assert store.submissions.pending() == (first.id,)


def test_the_same_file_met_again_before_it_was_advanced_is_the_same_submission(office):
    first = office.receive(b"x", "a.docx", folder="华南")

    assert office.receive(b"x", "a.docx", folder="华南") == first
    assert office.receive(b"x", "a.docx", folder="华北").duplicate_of == first.id


@pytest.mark.parametrize(
    ("state", "again", "expected"),
    [
        (STATES.DONE, True, STATES.DUPLICATE),
        (STATES.REVIEW, True, STATES.DUPLICATE),
        (STATES.RETURNED, False, STATES.DUPLICATE),
        (STATES.RETURNED, True, STATES.RECEIVED),
        (STATES.FAILED, False, STATES.RECEIVED),
    ],
)
def test_bytes_that_come_again_open_only_what_failed_or_was_asked_for(store, office, state, again, expected):
    first = office.receive(b"x", "a.docx")
    now = first.receipt.at + timedelta(days=1)
    store.submissions.set_state(first.id, state, at=now, error_code="corrupt", error_detail="zip")

    second = store.submissions.receive(first.digest, 1, Receipt(at=now, name="b.docx"), again=again)

    assert second.state is expected
    if expected is STATES.RECEIVED:
        assert (second.id, second.receipt, second.error_code) == (first.id, first.receipt, None)


def test_retry_opens_what_failed_and_nothing_else(store, office):
    made = office.receive()
    store.submissions.set_state(made.id, STATES.FAILED, at=made.receipt.at, error_code="timeout")

    assert store.submissions.retry(made.id, at=made.receipt.at).state is STATES.RECEIVED
    with pytest.raises(StoreError, match="not tried again"):
        store.submissions.retry(made.id, at=made.receipt.at)


def test_readings_that_kill_their_worker_are_counted(store, office):
    made = office.receive()

    assert [store.submissions.count_killed(made.id) for _ in range(3)] == [1, 2, 3]


def test_an_unknown_submission_cannot_be_moved_on(store, office):
    made = office.receive()

    with pytest.raises(StoreError):
        store.submissions.set_state("nobody", STATES.DONE, at=made.receipt.at)


def test_a_name_in_gbk_bytes_is_stored_readable(store, office):
    made = office.receive(name="申请表.docx".encode("gb18030").decode("utf-8", "surrogateescape"))

    assert store.submissions.get(made.id).receipt.name == made.receipt.name == "申请表.docx"


def test_states_are_counted_and_listed(store, office):
    first, second = office.receive(), office.receive()
    store.submissions.set_state(second.id, STATES.REVIEW, at=second.receipt.at)

    counts = store.submissions.counts()

    assert (counts[STATES.RECEIVED], counts[STATES.REVIEW], counts[STATES.DONE]) == (1, 1, 0)
    assert [s.id for s in store.submissions.in_state(STATES.RECEIVED)] == [first.id]
    assert store.submissions.in_state(STATES.RECEIVED, after=first.id) == ()


def test_processes_that_receive_the_same_bytes_at_once_agree_on_one_primary(url, tmp_path):
    Store.open(url, tmp_path / "originals").close()
    with ProcessPoolExecutor(4) as pool:
        received = list(pool.map(_receive, [url] * 8, [tmp_path] * 8, range(8)))

    primaries = [one for one in received if one.duplicate_of is None]
    assert len(primaries) == 1
    assert {one.duplicate_of for one in received} == {None, primaries[0].id}


def _receive(url: str, folder: Path, number: int):
    from datetime import UTC, datetime

    store = Store.open(url, folder / "originals")
    digest = store.objects.put_bytes(b"the same bytes")
    receipt = Receipt(at=datetime.now(UTC), name=f"{number}.docx")
    return replace(store.submissions.receive(digest, 14, receipt))
