from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from formflow.errors import ConfigurationError, StoreError, UsageError
from formflow.forms.spec import Field, FieldType, Form
from formflow.forms.spec import Register as Book
from formflow.model import Finding, Outcome, RecordState, Severity
from formflow.store.originals import SubmissionState
from formflow.store.records import SettledRecord
from formflow.store.rows import changed_fields, identity_keys

BOOK = Book(series="XKH", number="XKH-{year}-{serial:04}")
LOG = Book(series="SC", number="收传〔{year}〕{serial}号")
FORM = Form(
    id="fax_in",
    title="收传真登记簿",
    fields=tuple(Field(id=id, label=id, type=FieldType.TEXT) for id in ("sender", "subject", "signed_by")),
    register=LOG,
    identity=("sender", "subject"),
)


def test_an_entry_is_read_back_as_it_was_entered(store, office):
    (draft,) = office.drafts([{"customer_name": "华南实业（深圳）有限公司", "contact": None}])
    finding = Finding(
        code="nc-target", severity=Severity.NOTE, message="月消费额", field="monthly", article="一"
    )
    draft = replace(draft, findings=(finding,), outcome=Outcome.REFER)

    entry = store.register.enter([draft], BOOK, year=2026, at=draft.receipt.at)[0]

    assert entry.number == "XKH-2026-0001"
    assert (entry,) == store.register.of_submission(draft.submission)
    assert store.register.find(entry.number) == entry
    assert (entry.values, entry.findings, entry.outcome) == (draft.values, (finding,), Outcome.REFER)


def test_entering_a_record_again_gives_the_entry_it_has(store, office):
    (draft,) = office.drafts([{"customer_name": "甲"}])
    first = store.register.enter([draft], BOOK, year=2026, at=draft.receipt.at)[0]
    second = store.register.enter([draft], BOOK, year=2026, at=draft.receipt.at + timedelta(days=1))[0]

    assert first == second
    assert [line.entry.number for line in store.register.list()] == ["XKH-2026-0001"]


def test_the_rows_of_a_log_are_numbered_in_their_order(store, office):
    drafts = office.drafts([{"sender": f"单位{n}"} for n in range(30)], form="fax_in")
    entries = store.register.enter(drafts, LOG, year=2026, at=drafts[0].receipt.at)

    assert [entry.number for entry in entries] == [f"收传〔2026〕{n}号" for n in range(1, 31)]
    assert [entry.values["sender"] for entry in entries] == [f"单位{n}" for n in range(30)]


def test_rows_that_have_their_numbers_keep_them_when_the_rest_follow(store, office):
    drafts = office.drafts([{"sender": "甲"}, {"sender": "乙"}, {"sender": "丙"}], form="fax_in")
    store.register.enter([drafts[1]], LOG, year=2026, at=drafts[0].receipt.at)

    entries = store.register.enter(drafts, LOG, year=2026, at=drafts[0].receipt.at)

    assert [entry.serial for entry in entries] == [2, 1, 3]


def test_every_series_and_every_year_has_a_book_of_its_own(store, office):
    numbers = [
        office.enter(book=book, year=year).number
        for book, year in [(BOOK, 2026), (LOG, 2026), (BOOK, 2027), (BOOK, 2026)]
    ]

    assert numbers == ["XKH-2026-0001", "收传〔2026〕1号", "XKH-2027-0001", "XKH-2026-0002"]
    assert store.register.books() == (("SC", 2026, 1), ("XKH", 2026, 2), ("XKH", 2027, 1))


def test_what_is_rolled_back_takes_no_number(store, office):
    (draft,) = office.drafts([{"customer_name": "甲"}])
    with pytest.raises(ZeroDivisionError), store.database.begin() as conn:
        store.register.enter([draft], BOOK, year=2026, at=draft.receipt.at, conn=conn)
        raise ZeroDivisionError

    assert office.enter().number == "XKH-2026-0001"
    assert store.register.verify().ok


def test_number_entry_and_states_are_one_transaction(store, office):
    (draft,) = office.drafts([{"customer_name": "甲"}])
    now = draft.receipt.at
    with store.database.begin() as conn:
        entry = store.register.enter([draft], BOOK, year=2026, at=now, conn=conn)[0]
        settled = SettledRecord(
            form="fax_in",
            id=draft.record,
            state=RecordState.REGISTERED,
            outcome=entry.outcome,
            number=entry.number,
        )
        store.records.settle([settled], at=now, conn=conn)
        store.submissions.set_state(draft.submission, SubmissionState.DONE, at=now, conn=conn)

    record = store.records.get(draft.record)
    assert (record.state, record.number) == (RecordState.REGISTERED, entry.number)
    assert store.submissions.pending() == ()


@pytest.mark.parametrize("pattern", ["XKH-{serial}", "{serial", "{month}-{serial}"])
def test_a_pattern_that_gives_no_number_of_its_own_is_a_configuration_error(store, office, pattern):
    book = Book(series="XKH", number=pattern)

    with pytest.raises(ConfigurationError, match="pattern"):
        office.enter(book=book, year=2026)
        office.enter(book=book, year=2027)


def test_a_void_keeps_its_number_and_comes_once(store, office):
    entry = office.enter()
    void = store.register.void(entry.number, reason=" 重复登记 ", by="张三", at=entry.registered_at)

    assert store.register.void_of(entry.number) == void
    assert void.reason == "重复登记"
    assert office.enter().serial == 2
    with pytest.raises(UsageError, match="void since 2026-03-05"):
        store.register.void(entry.number, reason="再次", by="张三", at=entry.registered_at)


@pytest.mark.parametrize(("number", "reason"), [("XKH-2026-0009", "重复"), ("XKH-2026-0001", "  ")])
def test_a_void_needs_an_entry_and_a_reason(store, office, number, reason):
    entry = office.enter()

    with pytest.raises(UsageError):
        store.register.void(number, reason=reason, by="张三", at=entry.registered_at)


def test_a_correction_is_an_entry_that_names_the_old_one(store, office):
    old = office.enter()
    (draft,) = office.drafts([{"customer_name": "乙"}], corrects=old.number)
    new = store.register.enter([draft], BOOK, year=2026, at=old.registered_at)[0]

    first, second = store.register.list()
    assert (new.corrects, first.corrected_by, second.corrected_by) == (old.number, new.number, None)


def test_a_void_correction_corrects_nothing(store, office):
    old = office.enter()
    (draft,) = office.drafts([{"customer_name": "乙"}], corrects=old.number)
    new = store.register.enter([draft], BOOK, year=2026, at=old.registered_at)[0]
    store.register.void(new.number, reason="误登", by="张三", at=old.registered_at)

    assert store.register.list()[0].corrected_by is None


def test_entries_are_found_by_the_value_of_any_field_while_they_stand(store, office):
    values = {"customer_name": "华南实业（深圳）有限公司", "pages": 3, "story": "经过" * 200, "none": None}
    first, second, third, _ = (
        office.enter(v) for v in (values, values, values, {"billing_name": values["customer_name"]})
    )
    store.register.void(second.number, reason="重复", by="张三", at=first.registered_at)
    (draft,) = office.drafts([{"customer_name": "乙"}], corrects=third.number)
    correction = store.register.enter([draft], BOOK, year=2026, at=first.registered_at)[0]

    def holding(field, value, form="new_customer"):
        return [entry.number for entry in store.register.holding(form, field, value)]

    assert holding("customer_name", values["customer_name"]) == holding("pages", 3) == [first.number]
    assert holding("customer_name", "乙") == [correction.number]
    assert holding("customer_name", "华南") == holding("customer_name", "乙", form="fax_in") == []


def test_a_correction_of_nothing_is_refused(store, office):
    (draft,) = office.drafts([{"customer_name": "乙"}], corrects="XKH-2026-0009")

    with pytest.raises(UsageError, match="XKH-2026-0009"):
        store.register.enter([draft], BOOK, year=2026, at=draft.receipt.at)


def test_the_register_is_listed_by_book_and_page(store, office):
    numbers = [office.enter().number for _ in range(5)]
    store.register.void(numbers[1], reason="重复", by="张三", at=office.receive().receipt.at)

    page = store.register.list(series="XKH", year=2026, limit=2)
    rest = store.register.list(after=page[-1].entry.number)
    newest = store.register.list(newest_first=True, limit=2, after=numbers[4])

    assert [line.entry.number for line in (*page, *rest)] == numbers
    assert [line.void is not None for line in page] == [False, True]
    assert [line.entry.number for line in newest] == [numbers[3], numbers[2]]
    assert store.register.list(year=2027) == store.register.list(form="fax_in") == ()


def test_the_entries_registered_last_come_first_whatever_their_book(store, office):
    for day, book in enumerate((BOOK, LOG, BOOK, LOG), 1):
        (draft,) = office.drafts([{"customer_name": f"第{day}家"}])
        store.register.enter([draft], book, year=2026, at=draft.receipt.at + timedelta(days=day))

    newest = [line.entry.number for line in store.register.recent(limit=3)]

    assert ["收传〔2026〕2号", "XKH-2026-0002", "收传〔2026〕1号"] == newest
    assert ["XKH-2026-0002"] == [line.entry.number for line in store.register.recent(series="XKH", limit=1)]
    assert (4, 2, 1) == (
        store.register.count(),
        store.register.count(series="XKH"),
        store.register.count(text="第3家"),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [("华南实业(深圳", 1), ("ＸＫＨ-2026-0001", 1), ("申请表", 1), ("%", 0), ("customer_name", 0)],
)
def test_a_search_finds_values_numbers_and_names_whatever_their_width(store, office, text, found):
    office.enter({"customer_name": "华南实业（深圳）有限公司"})

    assert len(store.register.list(text=text)) == found


# --- Log rows that come again ---


def rows_of(office, rows):
    keys = identity_keys(rows, FORM)
    drafts = office.drafts(rows, form="fax_in")
    return [replace(draft, identity_key=key) for draft, key in zip(drafts, keys, strict=True)]


def test_rows_of_a_log_that_comes_again_get_the_entries_they_have(store, office):
    rows = [{"sender": "甲", "subject": "会议"}, {"sender": "乙", "subject": "合同"}]
    drafts = rows_of(office, rows)
    now = drafts[0].receipt.at
    first = store.register.enter(drafts, LOG, year=2026, at=now)

    second = store.register.enter(
        rows_of(office, [*rows, {"sender": "丙", "subject": "通知"}]), LOG, year=2026, at=now
    )

    assert second[:2] == first
    assert second[2].serial == 3


def test_two_rows_that_are_truly_alike_are_two_entries(store, office):
    drafts = rows_of(office, [{"sender": "甲", "subject": "会议"}] * 2)
    entries = store.register.enter(drafts, LOG, year=2026, at=drafts[0].receipt.at)

    assert [entry.serial for entry in entries] == [1, 2]
    assert store.register.known_rows("fax_in", [drafts[1].identity_key]) == {
        drafts[1].identity_key: entries[1]
    }


def test_a_row_whose_other_values_changed_is_not_numbered_again_unasked(store, office):
    (draft,) = rows_of(office, [{"sender": "甲", "subject": "会议"}])
    now = draft.receipt.at
    entry = store.register.enter([draft], LOG, year=2026, at=now)[0]
    (changed,) = rows_of(office, [{"sender": "甲", "subject": "会议", "signed_by": "张三"}])

    with pytest.raises(StoreError, match="signed_by") as raised:
        store.register.enter([changed], LOG, year=2026, at=now)

    assert raised.value.code == "row-held"
    correction = replace(changed, corrects=entry.number)
    latest = store.register.enter([correction], LOG, year=2026, at=now)[0]
    assert store.register.known_rows("fax_in", [draft.identity_key]) == {draft.identity_key: latest}


def test_a_void_entry_holds_no_row(store, office):
    (draft,) = rows_of(office, [{"sender": "甲", "subject": "会议"}])
    entry = store.register.enter([draft], LOG, year=2026, at=draft.receipt.at)[0]
    store.register.void(entry.number, reason="误登", by="张三", at=draft.receipt.at)

    assert store.register.known_rows("fax_in", [draft.identity_key]) == {}


def test_a_long_log_is_recognised_with_few_queries(store, office):
    rows = [{"sender": f"单位{n}", "subject": "会议"} for n in range(1000)]
    drafts = rows_of(office, rows)
    store.register.enter(drafts, LOG, year=2026, at=drafts[0].receipt.at)

    known = store.register.known_rows("fax_in", identity_keys(rows, FORM))

    assert [known[key].serial for key in identity_keys(rows, FORM)] == list(range(1, 1001))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"a": 1}, {"a": 1}, ()),
        ({"a": 1, "b": None}, {"a": 2}, ("a", "b")),
        ({"a": {"amount": "1", "unit": "吨"}}, {"a": {"unit": "吨", "amount": "1"}}, ()),
    ],
)
def test_changed_fields_are_named(old, new, expected):
    assert changed_fields(old, new) == expected
