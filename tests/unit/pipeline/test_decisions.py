"""What persons say about records and entries."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formflow.errors import UsageError
from formflow.model import Outcome, RecordState
from formflow.pipeline.advance import advance
from formflow.pipeline.decisions import decide_entry, review, say_form, step_of
from formflow.store.reviews import ReviewAction


@pytest.fixture
def waiting(office):
    """A complaint whose date nobody can read."""
    content = (
        "客户投诉记录,,,\n投诉日期,2026年13月45日,客户名称,佛山市宏达化工有限公司\n"
        "产品名称,树脂,记录人,李明\n投诉类别,交货,投诉内容,到货延误\n"
    ).encode()
    return office.drop("存疑.csv", content).records[0].id


def test_a_correction_takes_the_same_road_again(office, waiting):
    result = review(waiting, ReviewAction.SET, office.context, by="李明", field="received_on", text="3月5日")
    assert RecordState.REVIEW is result.records[0].state
    result = review(
        waiting, ReviewAction.SET, office.context, by="李明", field="received_on", text="2026年3月5日"
    )
    entry = office.store.register.find("TS-2026-0001")

    assert ("done", "TS-2026-0001") == (result.status, result.records[0].number)
    assert "2026-03-05" == entry.values["received_on"]


def test_corrections_are_kept_with_who_and_what_stood_there(office, waiting):
    review(
        waiting,
        ReviewAction.SET,
        office.context,
        by="李明",
        why="电话核实",
        field="received_on",
        text="26-3-5",
    )
    (kept,) = office.store.reviews.of(waiting)

    assert ("李明", "电话核实", "2026年13月45日", "26-3-5") == (kept.by, kept.why, kept.old, kept.new)


def test_an_unknown_field_is_refused_with_the_nearest_one(office, waiting):
    with pytest.raises(UsageError, match="did you mean received_on"):
        review(waiting, ReviewAction.SET, office.context, by="李明", field="receivd_on", text="x")


def test_accepting_does_not_make_up_what_is_required(office, waiting):
    result = review(waiting, ReviewAction.ACCEPT, office.context, by="李明")

    assert (None, "returned") == (result.records[0].number, result.status)


def test_a_record_sent_back_takes_no_number_and_gets_a_notice(office, waiting):
    result = review(waiting, ReviewAction.RETURN, office.context, by="李明", why="日期无法辨认")

    assert ("returned", None) == (result.status, result.records[0].number)
    assert [path.suffix for path in (office.folder / "returned").iterdir()] == [".docx"]


def test_what_is_no_record_is_discarded(office, waiting):
    result = review(waiting, ReviewAction.DISCARD, office.context, by="李明")

    assert ("done", RecordState.DISCARDED) == (result.status, result.records[0].state)


def test_what_is_registered_is_settled(office, paper):
    record = office.drop("a.xlsx", paper("complaint.xlsx")).records[0].id

    with pytest.raises(UsageError, match="settled"):
        review(record, ReviewAction.DISCARD, office.context, by="李明")


def test_a_person_says_what_form_a_stranger_is(office):
    stranger = office.drop("x.csv", b"a,b\n1,2\n")
    with pytest.raises(UsageError, match="no form"):
        say_form(stranger.submission.id, "letter", office.context)

    assert "review" == say_form(stranger.submission.id, "complaint", office.context).status


def test_an_approval_goes_step_by_step_and_its_end_makes_the_notice(office, paper):
    office.drop("a.docx", paper("new_customer.docx"))
    form = office.context.forms["new_customer"]
    decided = None
    for step in form.approval:
        decided = decide_entry(
            "XKH-2026-0001", "approve", office.context, by=f"{step.role}甲", role=step.role, comment="同意"
        )
    bag = office.folder / "archive" / decided.path

    assert "approved" == decided.standing.event
    assert ["XKH-2026-0001-新客户认定审批单.docx", "XKH-2026-0001-新客户认定通知书.docx"] == sorted(
        path.name for path in (bag / "data" / "documents").iterdir()
    )


@pytest.mark.parametrize(
    ("decision", "by", "role", "comment", "code"),
    [
        ("approve", "王芳", "leader", "", "not-your-turn"),
        ("reject", "王芳", None, "  ", "no-reason"),
        ("approve", None, None, "", "own-form"),
    ],
)
def test_a_decision_out_of_place_is_refused(office, paper, decision, by, role, comment, code):
    result = office.drop("a.docx", paper("new_customer.docx"))
    entry = office.store.register.find(result.records[0].number)
    by = by or entry.values["salesperson"]
    with pytest.raises(UsageError) as caught:
        decide_entry(entry.number, decision, office.context, by=by, role=role, comment=comment)

    assert code == caught.value.code


def test_a_rejection_ends_the_approval(office, paper):
    office.drop("a.docx", paper("new_customer.docx"))
    decided = decide_entry(
        "XKH-2026-0001", "reject", office.context, by="王芳", role=None, comment="资料不实"
    )
    with pytest.raises(UsageError) as caught:
        decide_entry("XKH-2026-0001", "approve", office.context, by="陈静", role=None, comment="")

    assert ("rejected", "already-decided") == (decided.standing.event, caught.value.code)


def _complaint(**more):
    """A complaint with what it must hold, in columns."""
    labels = {
        "投诉日期": "2026年3月3日",
        "客户名称": "佛山市宏达化工有限公司",
        "产品名称": "树脂",
        "记录人": "李明",
        "投诉类别": "交货",
        "投诉内容": "到货延误",
    } | more
    return ("客户投诉记录,\n" + "".join(f"{label},{value}\n" for label, value in labels.items())).encode()


def test_a_doubted_text_that_a_person_accepts_stays_with_its_doubt_noted(office):
    waits = office.drop("电话.csv", _complaint(联系电话="0757-2233016八8")).records[0]
    result = review(waits.id, ReviewAction.ACCEPT, office.context, by="李明")
    entry = office.store.register.find(result.records[0].number)
    note = next(finding for finding in entry.findings if finding.field == "phone")

    assert RecordState.REVIEW is waits.state
    assert "0757-2233016八8" == entry.values["phone"]
    assert ("note", True) == (note.severity.value, "已由李明确认" in note.message)


def test_a_doubt_that_leaves_no_value_says_so_when_it_is_accepted(office):
    waits = office.drop("结案.csv", _complaint(结案日期="13月45日")).records[0]
    result = review(waits.id, ReviewAction.ACCEPT, office.context, by="李明")
    entry = office.store.register.find(result.records[0].number)
    note = next(finding for finding in entry.findings if finding.field == "closed_on")

    assert "closed_on" not in entry.values
    assert "未录入值，原文：13月45日" in note.message
    assert "no value was entered, the paper says: 13月45日" in note.english


def decided_codes(office, *decisions):
    """The codes of the refusals of decisions on the first entry, None for one that stands."""
    codes = []
    for by, more in decisions:
        try:
            decide_entry(
                "XKH-2026-0001", "approve", office.context, by=by, **{"role": None, "comment": "同意", **more}
            )
            codes.append(None)
        except UsageError as refused:
            assert refused.chinese != refused.english
            codes.append(refused.code)
    return codes


def test_one_person_takes_one_step_of_an_entry(office, paper):
    office.drop("a.docx", paper("new_customer.docx"))

    assert decided_codes(
        office, ("李明", {}), ("李明", {}), (" 李 明", {"role": "market_branch"}), ("王芳", {})
    ) == [
        None,
        "same-person",
        "same-person",
        None,
    ]


def test_a_form_may_let_one_person_hold_two_posts(office, paper):
    office.drop("a.docx", paper("new_customer.docx"))
    form = office.context.forms["new_customer"]
    steps = tuple(replace(step, again=True) for step in form.approval)
    office.workers._bench._forms = {**office.context.forms, form.id: replace(form, approval=steps)}

    assert decided_codes(office, ("李明", {}), ("李明", {}), ("李明", {})) == [None, None, None]


def test_who_saw_another_step_decides_nothing(office, paper):
    office.drop("a.docx", paper("new_customer.docx"))
    seen, step = step_of("XKH-2026-0001", office.context)

    assert (seen, step.role) == (0, "sales_manager")
    assert decided_codes(office, ("李明", {"seen": seen}), ("王芳", {"seen": seen})) == [None, "moved-on"]


@pytest.mark.parametrize("outcome", [Outcome.REFER, Outcome.REJECT, Outcome.ACCEPT])
def test_approving_against_what_the_rules_found_needs_a_reason(office, paper, monkeypatch, outcome):
    office.drop("a.docx", paper("new_customer.docx"))
    stands = type(office.store.assessments).as_it_stands
    monkeypatch.setattr(
        type(office.store.assessments),
        "as_it_stands",
        lambda self, entry: replace(stands(self, entry), outcome=outcome),
    )
    expected = None if outcome is Outcome.ACCEPT else "no-reason"

    assert decided_codes(office, ("李明", {"comment": " "}), ("李明", {"comment": "已核实"}))[0] == expected


@pytest.mark.parametrize("action", [ReviewAction.DISCARD, ReviewAction.ACCEPT, ReviewAction.RETURN])
def test_of_two_people_who_settle_a_record_at_once_one_is_first(office, waiting, action, monkeypatch):
    moved = []

    def while_it_is_moved_on(submission, context):
        """The second one speaks after the first one's word is written and before the record is moved on."""
        if not moved:
            moved.append(submission)
            with pytest.raises(UsageError) as caught:
                review(waiting, ReviewAction.DISCARD, office.context, by="陈静")
            assert caught.value.code == "settled"
        return advance(submission, context)

    monkeypatch.setattr("formflow.pipeline.decisions.advance", while_it_is_moved_on)
    review(waiting, action, office.context, by="王芳")

    assert [one.by for one in office.store.reviews.of(waiting)] == ["王芳"]
    assert moved
