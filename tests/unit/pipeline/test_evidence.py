"""What documents say of the rules is what the rules did."""

from __future__ import annotations

from datetime import date

import docx
import pytest

from formflow.pipeline.decisions import decide_entry
from formflow.pipeline.evidence import applied_to, history_of
from formflow.pipeline.filing import record_of
from formflow.rules.facts import Trade
from formflow.store.history import UnreadTrade

FIRST = date(2026, 2, 20)


@pytest.fixture
def form_of():
    """A filled 新客户开发申请表, whose first trade was on that day."""

    def make(customer="佛山市宏达化工有限公司", first=FIRST):
        rows = [
            ("新客户开发申请表", "", "", ""),
            ("申请日期", "2026年3月5日", "责任营销员", "何丽华"),
            ("申请部门", "销售二部", "片区", "华南"),
            ("客户名称", customer, "开票名称", customer),
            ("首次交易日期", f"{first.year}年{first.month}月{first.day}日", "首次交易金额", "48000元"),
            ("预计月消费额", "5000元", "付款方式", "月结"),
            ("开拓经过", "经展会结识，三次拜访后试样。", "评价", "经营稳定，付款及时。"),
            ("需要支持", "无", "", ""),
        ]
        return "\n".join(",".join(row) for row in rows).encode()

    return make


def imported(office, *trades, since=date(2022, 1, 1), until=date(2026, 2, 16)):
    office.store.history.import_rows(
        trades, digest=str(since), name="history.csv", covers_from=since, covers_to=until, at=office.now
    )


def trade(on, name="佛山市宏达化工有限公司", **more):
    return Trade(on=on, name=name, **more)


def entered(office, content):
    (record,) = office.drop("申请表.csv", content).records
    return office.store.register.find(record.number)


def approval_text(office, entry, title="新客户认定审批单", bag="0001"):
    path = office.folder / f"archive/XKH/2026/{bag}/data/documents/{entry.number}-{title}.docx"
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_the_history_box_says_what_the_rule_says_though_the_records_end_before_the_day_of_receipt(
    office, form_of
):
    imported(office, trade(date(2023, 2, 19)), trade(date(2025, 5, 6), sample=True))
    entry = entered(office, form_of())
    text = approval_text(office, entry)

    assert "accept" == entry.outcome.value
    assert "经查 2023年2月20日 至 2026年2月16日 的交易记录（不含样品）：无业务往来。" in text
    assert "2026年2月17日起的记录尚未载入" in text
    assert "须人工核查" not in text


def test_the_history_box_lists_the_trades_that_the_rule_counted(office, form_of):
    imported(office, trade(date(2024, 5, 6), amount="1200.50"), trade(date(2025, 5, 6), sample=True))
    entry = entered(office, form_of())
    text = approval_text(office, entry)

    assert "reject" == entry.outcome.value
    assert "有 1 笔业务往来" in text
    assert "2024年5月6日" in text
    assert "2025年5月6日" not in text


def test_records_that_do_not_reach_back_are_no_check(office, form_of):
    imported(office, since=date(2024, 1, 1))
    entry = entered(office, form_of())
    text = approval_text(office, entry)

    assert "refer" == entry.outcome.value
    assert "仅自 2024年1月1日 起已载入" in text
    assert "：无业务往来" not in text


def test_records_that_are_not_certain_of_the_customer_are_no_check(office, form_of):
    office.store.history.import_rows(
        [],
        unread=[UnreadTrade(place="第7行", name="佛山市宏达化工有限公司", credit_code=None)],
        digest="unread",
        name="history.csv",
        covers_from=date(2022, 1, 1),
        covers_to=date(2026, 2, 16),
        at=office.now,
    )
    text = approval_text(office, entered(office, form_of())).partition("审批意见")[2]

    assert "有 1 行日期无法辨认（history.csv 第7行）" in text
    assert "尚未载入" not in text
    assert "：无业务往来" not in text


def test_a_history_that_was_imported_later_is_not_said_to_have_been_checked(office, form_of):
    entry = entered(office, form_of())
    office.now = office.now.replace(hour=15)
    imported(office)
    record = record_of(entry, office.context)

    assert "nc-history-current" not in applied_to(entry, record, office.context, at=entry.registered_at)
    assert "nc-history-current" in applied_to(entry, record, office.context, at=office.now)
    assert history_of(entry, record, office.context).checked


def test_an_approval_ends_in_a_form_with_opinions_names_and_days(office, form_of):
    imported(office)
    entry = entered(office, form_of())
    for role, name, said in (
        ("sales_manager", "钟国栋", "情况属实"),
        ("market_branch", "赵敏", "经查无往来"),
        ("leader", "罗建国", "同意认定"),
    ):
        decide_entry(entry.number, "approve", office.context, by=name, role=role, comment=said)
    text = approval_text(office, entry, bag="0001.approved")

    for said in (
        "同意：情况属实",
        "同意：经查无往来",
        "同意认定",
        "签字：钟国栋",
        "签字：赵敏",
        "签字：罗建国",
        "2026年3月5日",
    ):
        assert said in text
    assert "☐" not in text.partition("审批意见")[2]


def test_a_form_with_an_approval_has_a_document_for_it(office):
    assert [] == [
        (form.id, event)
        for form in office.context.forms.values()
        for event in ("registered", "approved", "rejected", "returned")
        if form.approval and not form.documents.get(event)
    ]


def test_an_entry_sent_back_by_an_approver_reaches_its_sender_with_the_reason(office, form_of):
    entry = entered(office, form_of())
    office.now = office.now.replace(day=9)
    decide_entry(entry.number, "return", office.context, by="钟国栋", role=None, comment="请补充开票资料")
    (notice,) = (office.folder / "returned").rglob("*.docx")
    document = docx.Document(str(notice))
    text = "\n".join(p.text for p in document.paragraphs)
    (row,) = document.tables[0].rows[1:]

    assert f"{entry.number}-补正通知书.docx" == notice.name
    assert "请补充开票资料" in row.cells[4].text
    assert "销售二部 何丽华：" in text
    assert f"已登记为 {entry.number}" in text
    assert "请于2026年3月16日前补正" in text
    assert "2026年3月9日" in text


def test_a_notice_of_a_form_handed_in_late_shows_both_clocks_and_is_dated_by_the_true_one(office, form_of):
    content = form_of().replace("开票名称,佛山市宏达化工有限公司".encode(), "开票名称,".encode())
    office.drop("申请表.csv", content, claimed_on=date(2026, 2, 27))
    (notice,) = (office.folder / "returned").rglob("*.docx")
    paragraphs = [p.text for p in docx.Document(str(notice)).paragraphs]

    assert any(
        "2026年3月5日 09:30收到的" in text and "按2026年2月27日收到补登" in text for text in paragraphs
    )
    assert "2026年3月5日" in paragraphs
    assert "2026年2月27日" not in paragraphs
    assert any(text.startswith("编号：20260305-") for text in paragraphs)
