"""The letters that leave the office: 通知书, 补正通知书, 回复函. Set as GB/T 9704 sets official letters."""

from __future__ import annotations

from collections.abc import Callable

from layout import Cell, Page, Table, document, p

MARGINS = (1871, 1474, 1701, 1588)
WIDTH = 11906 - MARGINS[1] - MARGINS[3]
LABEL = 2000


def letter_page() -> Page:
    tabs = (("center", WIDTH // 2), ("right", WIDTH))
    return Page(
        MARGINS,
        p("\t\t{{ entry.number }}", "header", tabs=tabs),
        p("\t第 <PAGE> 页　共 <NUMPAGES> 页\tformflow 生成", "footer", tabs=tabs),
    )


def head(title: str) -> str:
    return p("{{ office.company }}", "org") + p(title, "title", after=40)


def number() -> str:
    return p("编号：{{ entry.number }}", "number", after=200)


def closing() -> str:
    """Who writes and when; kept together, apart from the text."""
    return (
        p("", "from", keep=True)
        + p("{{ office.company }}", "from", keep=True)
        + p("{%p if office.department %}")
        + p("{{ office.department }}", "from", keep=True)
        + p("{%p endif %}")
        + p("{{ issued_on }}", "from")
    )


def facts(*rows: tuple[str, str]) -> str:
    table = Table(WIDTH)
    for title, value in rows:
        table.row(Cell(LABEL, title, "label", shade=True), Cell(WIDTH - LABEL, value), height=470)
    return table.xml()


def notice_recognised() -> bytes:
    return document(
        letter_page(),
        "新客户认定通知书",
        head("新客户认定通知书"),
        number(),
        p("{% if department %}{{ department }} {% endif %}{{ salesperson }}：", "to"),
        p(
            "你提交的《{{ form.title }}》已于{{ receipt.on }}收到。经审核并核查公司3年内的历史交易记录，该客户符合"
            "《新客户开发管理规定》第一条、第二条的规定，现认定为新客户。",
            "body",
            after=160,
        ),
        facts(
            ("客户名称", "{{ customer_name }}"),
            ("开票名称", "{{ billing_name }}"),
            ("信用代码", "{{ credit_code }}"),
            ("首次交易日期", "{{ first_trade_on }}"),
            ("首次交易金额", "{{ first_trade_amount }}"),
            ("片区", "{{ area }}"),
            ("责任营销员", "{{ salesperson }}"),
            ("档号", "{{ entry.archive_no }}"),
        ),
        p(
            "请内勤分部据此建表保存。新客户开发奖励按《薪酬设置及绩效考核规定》的相关条款执行。",
            "body",
            before=160,
        ),
        p("{%p if entry.remark %}"),
        p("说明：{{ entry.remark|sentence }}", "body"),
        p("{%p endif %}"),
        closing(),
    )


def notice_not_recognised() -> bytes:
    return document(
        letter_page(),
        "不予认定通知书",
        head("不予认定通知书"),
        number(),
        p("{% if department %}{{ department }} {% endif %}{{ salesperson }}：", "to"),
        p(
            "你提交的关于“{{ customer_name }}”的《{{ form.title }}》已于{{ receipt.on }}收到。"
            "经审核，决定不予认定。理由如下：",
            "body",
        ),
        p("{%p for r in reasons %}"),
        p(
            "{{ loop.index }}．{% if r.article %}依据{{ r.article }}：{% endif %}{{ r.message|sentence }}",
            "body",
        ),
        p("{%p endfor %}"),
        p("{%p if entry.remark %}"),
        p("说明：{{ entry.remark|sentence }}", "body"),
        p("{%p endif %}"),
        p("该申请已登记存档{% if entry.archive_no %}，档号：{{ entry.archive_no }}{% endif %}。", "body"),
        closing(),
    )


def notice_returned() -> bytes:
    widths = (660, 1560, 1600, 1240)
    rest = WIDTH - sum(widths)
    titles = ("序号", "项目", "位置", "问题")
    table = Table(WIDTH)
    table.row(
        *(Cell(w, t, "label", shade=True) for w, t in zip(widths, titles, strict=True)),
        Cell(rest, "请补正", "label", shade=True),
        repeat=True,
    )
    table.tag("{%tr for m in missing %}")
    table.row(
        Cell(widths[0], "{{ loop.index }}", "smallcentre"),
        Cell(widths[1], "{{ m.label }}"),
        Cell(widths[2], "{{ m.where|optional('—') }}", "small"),
        Cell(widths[3], "{{ m.problem }}", "small"),
        Cell(
            rest,
            p("{{ m.message|sentence }}{{ m.remedy|sentence }}", "small")
            + p("{%p if m.text %}")
            + p("现填：{{ m.text }}", "small")
            + p("{%p endif %}"),
        ),
    )
    table.tag("{%tr endfor %}")
    read = Table(WIDTH)
    read.row(
        Cell(LABEL, "已读取的项目", "label", shade=True),
        Cell(WIDTH - LABEL, "读取的内容（请一并核对）", "label", shade=True),
        height=380,
        repeat=True,
    )
    read.tag("{%tr for f in fields %}")
    read.tag("{%tr if f.text %}")
    read.row(Cell(LABEL, "{{ f.label }}", "small"), Cell(WIDTH - LABEL, "{{ f.text }}", "small"), height=340)
    read.tag("{%tr endif %}")
    read.tag("{%tr endfor %}")
    return document(
        letter_page(),
        "补正通知书",
        head("补正通知书"),
        p(
            "{{ receipt.at }}收到的《{{ form.title }}》（文件：{{ receipt.name }}）经核对，"
            "下列内容需要补正。补正前不予登记编号。",
            "body",
            before=200,
            after=160,
        ),
        table.xml(),
        p("请在原表上补正后重新提交，原件已妥为保存。", "body", before=160),
        closing(),
        p("附：已读取的内容", "note", before=240, after=60, keep=True),
        read.xml(),
        p("", "end"),
    )


def reply_complaint() -> bytes:
    return document(
        letter_page(),
        "投诉回复函",
        head("投诉回复函"),
        number(),
        p("{{ customer_name }}：", "to"),
        p(
            "贵单位{{ received_on|date }}反映的关于{{ product }}{% if batch_no %}（批号：{{ batch_no }}）{% endif %}的"
            "问题，我公司已经受理{% if order_no %}（合同/发货单号：{{ order_no }}）{% endif %}。"
            "对由此给贵单位带来的不便，我们深表歉意。现将处理情况回复如下：",
            "body",
        ),
        p("一、反映的问题", "heading"),
        p("{{p description }}", "body"),
        p("{%p if cause %}"),
        p("二、原因分析", "heading"),
        p("{{p cause }}", "body"),
        p("{%p endif %}"),
        p("{% if cause %}三{% else %}二{% endif %}、处理措施", "heading"),
        p("{{p action|optional('我公司正在处理，结果将另行函告。') }}", "body"),
        p("感谢贵单位的监督与支持。如有其他意见，请随时与我们联系。", "body"),
        p("{{ office.company }}", "from", before=480, keep=True),
        p("{{ issued_on }}", "from"),
    )


LETTERS: dict[str, Callable[[], bytes]] = {
    "notice-recognised.docx": notice_recognised,
    "notice-not-recognised.docx": notice_not_recognised,
    "notice-returned.docx": notice_returned,
    "reply-complaint.docx": reply_complaint,
}
