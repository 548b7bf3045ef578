"""The small stores: records, readings, reviews, decisions, archive marks, aliases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from formflow.errors import StoreError, UsageError
from formflow.model import Document, Line, Part, RecordState, Source
from formflow.store.archives import ArchiveMark
from formflow.store.codec import dump_document
from formflow.store.decisions import Decision
from formflow.store.records import SettledRecord, record_id
from formflow.store.reviews import Review, ReviewAction, corrections

RECORDS = RecordState


@pytest.fixture
def now(office):
    return office.receive(b"clock").receipt.at


@pytest.fixture
def records(store, office, now):
    """Ids of the two records of a submission."""
    return tuple(draft.record for draft in office.drafts([{"a": "1"}, {"a": "2"}]))


def test_the_id_of_a_record_is_fixed_by_its_submission_and_place():
    assert record_id("20260305-073000-3f9a0c1b2d", 7) == "20260305-073000-3f9a0c1b2d-0007"


def test_writing_records_twice_writes_them_once(store, records, now):
    first, _ = before = store.records.of(store.records.get(records[0]).submission)
    store.records.settle([SettledRecord(form="fax_in", id=first.id, state=RECORDS.REVIEW)], at=now)

    again = store.records.put(first.submission, [record.candidate for record in before], at=now)

    assert again == records
    assert [record.state for record in store.records.of(first.submission)] == [
        RECORDS.REVIEW,
        RECORDS.PENDING,
    ]


def test_a_new_reading_takes_the_place_of_the_old_one_and_reviews_stay(store, records, office, now):
    submission = store.records.get(records[0]).submission
    candidate = store.records.get(records[0]).candidate
    made = Review(record=records[0], action=ReviewAction.SET, by="张三", at=now, field="a", new="3")
    store.reviews.add(made)

    store.records.replace({records[0]: replace(candidate, position="new")}, at=now)

    assert [record.candidate.position for record in store.records.of(submission)] == ["new", "row 1"]
    assert store.reviews.of(records[0]) == (made,)
    assert store.register.verify().ok


def test_records_are_listed_by_state(store, records, now):
    store.records.settle([SettledRecord(form="fax_in", id=records[1], state=RECORDS.REVIEW)], at=now)

    assert [r.id for r, _ in store.records.in_state(RECORDS.PENDING, RECORDS.REVIEW)] == list(records)
    assert [r.id for r, _ in store.records.in_state(RECORDS.REVIEW, form="new_customer")] == [records[1]]
    assert store.records.in_state(RECORDS.REVIEW, form="fax_in") == ()
    assert store.records.in_state(RECORDS.REVIEW, after=records[1]) == ()


def test_a_record_of_no_submission_is_refused(store, records, now):
    candidate = store.records.get(records[0]).candidate

    with pytest.raises(StoreError):
        store.records.put("nobody", [candidate], at=now)


def test_a_reading_is_kept_by_bytes_and_reader(store, now):
    source = Source(part="body", ref="paragraph 1")
    part = Part(name="body", kind="story", blocks=(Line(text="申请表", source=source),))
    document = Document(digest="d" * 64, media_type="m", name="a.docx", reader="docx/1", parts=(part,))
    for _ in range(2):
        store.readings.put(document.digest, document.reader, dump_document(document), at=now)

    assert store.readings.get(document.digest, "docx") == document
    assert store.readings.get(document.digest, "office-docx") is None
    assert store.readings.reader_of(document.digest) == "docx/1"
    assert store.readings.reader_of("e" * 64) is None


def test_the_latest_correction_of_a_field_holds(store, records, now):
    said = [("a", "甲"), ("b", "乙"), ("a", "丙"), ("b", None)]
    for field, new in said:
        store.reviews.add(
            Review(
                record=records[0],
                action=ReviewAction.SET,
                by="张三",
                at=now,
                field=field,
                new=new,
                why="看原件",
            )
        )
    store.reviews.add(Review(record=records[0], action=ReviewAction.ACCEPT, by="张三", at=now))

    assert corrections(store.reviews.of(records[0])) == {"a": "丙", "b": None}
    assert [review.new for review in store.reviews.of(records[0])] == ["甲", "乙", "丙", None, None]
    assert corrections(store.reviews.of(records[1])) == {}


def test_a_review_of_no_record_is_refused(store, now):
    with pytest.raises(StoreError):
        store.reviews.add(Review(record="nobody", action=ReviewAction.ACCEPT, by="张三", at=now))


def test_steps_are_decided_once_and_in_order(store, office, now):
    number = office.enter().number
    first = Decision(number=number, step=0, role="sales_manager", decision="approve", by="李四", at=now)
    second = replace(first, step=1, role="leader", decision="reject", comment="超过一个月")

    with pytest.raises(UsageError, match="step 1"):
        store.decisions.decide(second)
    store.decisions.decide(first)
    with pytest.raises(UsageError, match="李四"):
        store.decisions.decide(replace(first, by="王五"))
    store.decisions.decide(second)

    assert store.decisions.of(number) == (first, second)


def test_archive_marks_are_made_once_and_tell_what_is_unmade(store, office, now):
    first, second = office.enter(), office.enter()
    mark = ArchiveMark(
        number=first.number, event="registered", path="XKH/2026/0001", manifest="0" * 64, at=now
    )
    later = replace(mark, event="approved", path="XKH/2026/0001.approved", at=now + timedelta(days=1))
    store.archives.mark([mark, later])
    store.archives.mark([replace(mark, manifest="1" * 64)])

    assert store.archives.of(first.number) == (mark, later)
    assert set(store.archives.marks([first.number, second.number])) == {first.number}
    assert store.archives.unmade() == (second.number,)


def test_a_label_is_learned_once(store, now):
    for label in ("甲方", " 甲方 ", "买方", ""):
        store.aliases.learn("new_customer", "customer_name", label, by="张三", at=now)

    assert store.aliases.of("new_customer") == {"customer_name": ("买方", "甲方")}
    assert store.aliases.of("fax_in") == {}
