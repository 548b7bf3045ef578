"""The letters that leave the office: 通知书, 补正通知书, 回复函. Set as GB/T 9704 sets official letters."""

from __future__ import annotations

from collections.abc import Callable

from layout import Cell, Page, Table, document, p

MARGINS = (1871, 1474, 1701, 1588)
WIDTH = 11906 - MARGINS[1] - MARGINS[3]
LABEL = 2000
ADDRESSEE = "{% if department %}{{ department }} {% endif %}{{ salesperson }}："


def letter_page(reference: str = "{{ entry.number }}") -> Page:
    tabs = (("center", WIDTH // 2), ("right", WIDTH))
    return Page(
        MARGINS,
        p(f"\t\t{reference}", "header", tabs=tabs),
        p("\t第 <PAGE> 页　共 <NUMPAGES> 页", "footer", tabs=tabs),
    )


def head(title: str) -> str:
    return p("{{ office.company }}", "org") + p(title, "title", after=40)


def number() -> str:
    return p("编号：{{ entry.number }}", "number", after=200)


def closing() -> str:
    """Who writes and when; kept together, apart from the text."""
    return (
        p("{{ office.company }}（盖章）", "from", before=360, keep=True)
        + p("{%p if office.department %}")
        + p("{{ office.department }}", "from", keep=True)
        + p("{%p endif %}")
        + p("{{ issued_on }}", "from")
    )


def decided() -> str:
    """Who decided and how: every step of the approval that was taken."""
    return (
        p("{%p for s in entry.decided %}")
        + p(
            "{{ s.title }}　{{ s.by }}　{{ s.on }}　{{ s.said }}",
            "listed",
        )
        + p("{%p endfor %}")
    )


def facts(*rows: tuple[str, str], height: int = 470) -> str:
    table = Table(WIDTH)
    for title, value in rows:
        table.row(Cell(LABEL, title, "label", shade=True), Cell(WIDTH - LABEL, value), height=height)
    return table.xml()


def notice_recognised() -> bytes:
    return document(
        letter_page(),
        "新客户认定通知书",
        head("新客户认定通知书"),
        number(),
        p(ADDRESSEE, "to"),
        p(
            "你提交的《{{ form.title }}》已于{% if entry.backdated %}{{ receipt.came_on }}收到"
            "（按{{ receipt.on }}收到补登）{% else %}{{ receipt.on }}收到{% endif %}，经审批，现认定下列客户为新客户。",
            "body",
            after=120,
        ),
        facts(
            ("客户名称", "{{ customer_name }}"),
            ("开票名称", "{{ billing_name }}"),
            ("信用代码", "{{ credit_code|optional('（未填写）') }}"),
            (
                "首次交易",
                "{{ first_trade_on }}{% if first_trade_amount %}　{{ first_trade_amount }}{% endif %}",
            ),
            ("片区、营销员", "{{ area }}　{{ salesperson }}"),
            ("档号", "{{ entry.archive_no }}"),
            height=380,
        ),
        p("{%p if entry.held %}"),
        p("核对符合的规定：", "lead", before=120, keep=True),
        p(
            "{% for c in entry.held %}{{ c.article }}{% if not loop.last %}；{% endif %}{% endfor %}",
            "listed",
        ),
        p("{%p endif %}"),
        p("{%p if history.checked and not history.trades %}"),
        p(
            "已查 {{ history.since }} 至 {{ history.counted_until }} 的交易记录（不含样品），无业务往来。",
            "listed",
        ),
        p("{%p endif %}"),
        p("{%p if entry.against %}"),
        p("核对中发现、由审批人决定仍予认定的情况：", "lead", before=60, keep=True),
        p("{%p for f in entry.against %}"),
        p("{{ f.message|sentence }}{% if f.article %}（{{ f.article }}）{% endif %}", "listed"),
        p("{%p endfor %}"),
        p("{%p endif %}"),
        p("审批：", "lead", before=60, keep=True),
        decided(),
        p(
            "请内勤分部据此建表保存。新客户开发奖励按《薪酬设置及绩效考核规定》的相关条款执行。",
            "body",
            before=120,
            keep=True,
        ),
        closing(),
    )


def notice_not_recognised() -> bytes:
    return document(
        letter_page(),
        "不予认定通知书",
        head("不予认定通知书"),
        number(),
        p(ADDRESSEE, "to"),
        p(
            "你提交的关于“{{ customer_name }}”的《{{ form.title }}》已于{{ receipt.came_on }}收到。"
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
    return document(
        letter_page("{{ receipt.reference }}"),
        "补正通知书",
        head("补正通知书"),
        p("编号：{{ receipt.reference }}", "number", after=200),
        p(
            "{% if receipt.sender_department %}{{ receipt.sender_department }} {% endif %}"
            "{{ receipt.sender|optional('表单提交人') }}：",
            "to",
        ),
        p(
            "{{ receipt.at }}收到的《{{ form.title }}》（文件：{{ receipt.name }}）"
            "{% if entry.backdated %}，按{{ receipt.on }}收到补登，{% endif %}经核对，下列内容需要补正。"
            "{% if entry.number %}该件已登记为 {{ entry.number }}，编号不因退回而改变；补正后的表另行登记。"
            "{% else %}补正前不予登记编号。{% endif %}",
            "body",
            after=160,
        ),
        table.xml(),
        p(
            "请{% if receipt.due_on %}于{{ receipt.due_on }}前{% endif %}补正后重新提交，原件已妥为保存。",
            "body",
            before=160,
        ),
        closing(),
        p("附：已读取的内容（请一并核对）", "note", before=160, after=60, keep=True),
        p(
            "{% for f in fields if f.text %}{{ f.label }}：{{ f.text|one_line }}{% if not loop.last %}；{% endif %}{% endfor %}",
            "note",
        ),
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
        p("联系人：　　　　　　　　　　电话：", "body", keep=True),
        p("{{ office.company }}（盖章）", "from", before=480, keep=True),
        p("{%p if office.department %}"),
        p("{{ office.department }}", "from", keep=True),
        p("{%p endif %}"),
        p("签发：　　　　　　　　", "from", keep=True),
        p("{{ issued_on }}", "from"),
    )


LETTERS: dict[str, Callable[[], bytes]] = {
    "notice-recognised.docx": notice_recognised,
    "notice-not-recognised.docx": notice_not_recognised,
    "notice-returned.docx": notice_returned,
    "reply-complaint.docx": reply_complaint,
}
