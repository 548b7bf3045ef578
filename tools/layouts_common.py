"""What the signed forms share: the page, labelled rows, rule results, opinions with signatures."""

from __future__ import annotations

from layout import Cell, Page, Table, p

MARGINS = (1077, 1247, 907, 1418)
LABEL = 1480
WIDTH = 11906 - MARGINS[1] - MARGINS[3]
HALF = WIDTH // 2
VALUE = HALF - LABEL
REST = WIDTH - HALF - LABEL
BLANK_DATE = "　　　年　　月　　日"
SHORT_DATE = "　年　月　日"
CHAIN = "{% if entry.chain %}审计链 {{ entry.chain }}{% endif %}"
"""Whoever holds the paper can prove later that the register still has what it rests on."""
CODE = (23, 13)
"""Where the first page's code stands, in millimetres from the page's left and top: beside the title, clear of the text."""
BLANK_NAME = "　　　　　　　　"


def form_page(title: str) -> Page:
    """Code, title and number in the header; title, page and the audit chain in the footer.

    On the first page the code stands beside the title; on the others it takes a line, so that the text stays clear of it.
    """
    tabs = (("center", WIDTH // 2), ("right", WIDTH))
    return Page(
        MARGINS,
        p(f"{{{{ entry.qr }}}}\t{title}（续页）\t{{{{ entry.number }}}}", "header", tabs=tabs, after=80),
        p(f"{title}\t第 <PAGE> 页　共 <NUMPAGES> 页\t{CHAIN}", "footer", tabs=tabs),
        first=p(
            f"{{{{ entry.qr|at({CODE[0]}, {CODE[1]}) }}}}\t\t{{{{ entry.number }}}}", "header", tabs=tabs
        ),
    )


def head(title: str, left: str, right: str) -> str:
    """Company, title and the line above the table."""
    return (
        p("{{ office.company }}", "org")
        + p(title, "title", after=20)
        + p(f"{left}\t{right}", "meta", tabs=(("right", WIDTH),))
    )


def label(text: str, width: int = LABEL) -> Cell:
    return Cell(width, text, "label", shade=True)


def pair(table: Table, left: tuple[str, str], right: tuple[str, str], style: str = "value") -> None:
    """A row of two labels, each with its value."""
    table.row(
        label(left[0]), Cell(VALUE, left[1], style), label(right[0]), Cell(REST, right[1], style), height=340
    )


def wide(table: Table, text: str, content: str, *, height: int = 340, style: str = "value") -> None:
    """A row of one label and a value as wide as the table; a high row begins at the top."""
    table.row(label(text), Cell(WIDTH - LABEL, content, style, top=height > 600), height=height)


def lines(expression: str, style: str = "value") -> str:
    """A long text: a paragraph for each of its lines."""
    return p("{{p " + expression + " }}", style)


def checks(table: Table, *, proposal: tuple[str, str] | None = ("建议：同意。", "建议：不同意")) -> None:
    """Every rule: its article, what was found against it with the calculation, and the conclusion; then what it comes to.

    Args:
        proposal: What is proposed where nothing stands against it, and where something does; None: nobody decides.
    """
    conclusion = 800
    rest = WIDTH - conclusion
    table.tag("{%tr if checks %}")
    table.section("规定核对结果")
    table.tag("{%tr for c in checks %}")
    table.row(
        Cell(
            rest,
            p("{{ c.article }}", "tiny")
            + p("{%p if c.message %}")
            + p("说明：{{ c.message }}", "tiny")
            + p("{%p endif %}"),
        ),
        Cell(conclusion, "{{ c.conclusion }}", "tinycentre"),
        height=230,
    )
    table.tag("{%tr endfor %}")
    if proposal is not None:
        _propose(table, *proposal)
    table.tag("{%tr endif %}")


def _propose(table: Table, accept: str, reject: str) -> None:
    table.row(
        Cell(LABEL, "核对建议", "smallhead", shade=True),
        Cell(
            WIDTH - LABEL,
            "{% if entry.outcome == 'accept' %}核对未发现不符合规定的情况。"
            f"{accept}"
            "{% elif entry.outcome == 'reject' %}"
            f"{reject}"
            "，理由见上列“不符合”项；另作决定的，请写明理由。"
            "{% else %}有须人工确认的项目（见上），请查明后决定，并写明依据。{% endif %}",
            "small",
        ),
        height=300,
    )


def opinion(
    role: str, *, choices: str = "☐同意　☐退回补正　☐不同意", before: str = "", paper: str = ""
) -> str:
    """An approver's block: the decision taken on the desk, else boxes to tick; then signature and date.

    Args:
        before: Paragraphs above the decision.
        paper: The form's own signature field; what is signed on paper is said so.
    """
    step = f"step.{role}"
    signed = f"{{% elif {paper} %}}（原表已签：{{{{ {paper}.text }}}}）" if paper else ""
    return (
        before
        + p(f"{{%p if {step}.decision %}}")
        + p(f"{{{{ {step}.said }}}}")
        + p("{%p else %}")
        + p(choices, "boxes")
        + p("{%p endif %}")
        + p(
            f"{{% if {step}.by %}}签字：{{{{ {step}.signature }}}}　　{{{{ {step}.on }}}}{signed}"
            f"{{% else %}}签字：{BLANK_NAME}{BLANK_DATE}{{% endif %}}",
            "sign",
        )
    )


def archive_line(table: Table, keeper: str) -> None:
    wide(
        table,
        "归档",
        "档号：{{ entry.archive_no|optional('　　　　　　　　') }}　保管期限：{{ entry.retention }}　"
        f"{keeper}：　　　{SHORT_DATE}",
        style="tiny",
        height=380,
    )


def remarks(table: Table) -> None:
    """The line that says 补登 or which entry this corrects; only where there is something to say."""
    table.tag("{%tr if entry.remark or entry.corrects %}")
    wide(
        table,
        "备注",
        "{{ entry.remark }}{% if entry.corrects %}　更正 {{ entry.corrects }}{% endif %}",
        style="small",
    )
    table.tag("{%tr endif %}")


def opinion_of_department() -> str:
    """The steps of the form's own approval, one after the other; a blank line to sign where there is none."""
    return (
        p("{%p for s in steps %}")
        + p("{% if s.by %}{{ s.title }}：{{ s.said }}{% endif %}")
        + p(
            "{% if s.by %}签字：{{ s.signature }}　　{{ s.on }}"
            f"{{% else %}}{{{{ s.title }}}}签字：{BLANK_NAME}{BLANK_DATE}{{% endif %}}",
            "sign",
        )
        + p("{%p else %}")
        + p("")
        + p(f"签字：{BLANK_NAME}{BLANK_DATE}", "sign")
        + p("{%p endfor %}")
    )
