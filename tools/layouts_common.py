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
CODE = (23, 13)
"""Where the first page's code stands, in millimetres from the page's left and top: beside the title, clear of the text."""
BLANK_NAME = "　　　　　　　　"


def form_page() -> Page:
    """Code and number in the header; form, page and origin in the footer.

    On the first page the code stands beside the title; on the others it takes a line, so that the text stays clear of it.
    """
    tabs = (("center", WIDTH // 2), ("right", WIDTH))
    return Page(
        MARGINS,
        p("{{ entry.qr }}\t{{ form.title }}（续页）\t{{ entry.number }}", "header", tabs=tabs, after=80),
        p("{{ form.title }}\t第 <PAGE> 页　共 <NUMPAGES> 页\tformflow 生成", "footer", tabs=tabs),
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
        label(left[0]), Cell(VALUE, left[1], style), label(right[0]), Cell(REST, right[1], style), height=370
    )


def wide(table: Table, text: str, content: str, *, height: int = 370, style: str = "value") -> None:
    """A row of one label and a value as wide as the table; a high row begins at the top."""
    table.row(label(text), Cell(WIDTH - LABEL, content, style, top=height > 600), height=height)


def lines(expression: str, style: str = "value") -> str:
    """A long text: a paragraph for each of its lines."""
    return p("{{p " + expression + " }}", style)


def checks(table: Table) -> None:
    """Every rule: its article, what was found against it with the calculation, and the conclusion."""
    conclusion = 900
    rest = WIDTH - conclusion
    table.tag("{%tr if checks %}")
    table.section("规定核对结果")
    table.row(
        Cell(rest, "依据条款与说明", "smallhead", shade=True),
        Cell(conclusion, "结论", "smallhead", shade=True),
        height=300,
    )
    table.tag("{%tr for c in checks %}")
    table.row(
        Cell(
            rest,
            p("{{ c.article }}", "small")
            + p("{%p if c.message %}")
            + p("说明：{{ c.message }}", "small")
            + p("{%p endif %}"),
        ),
        Cell(conclusion, "{{ c.conclusion }}", "smallcentre"),
        height=300,
    )
    table.tag("{%tr endfor %}")
    table.tag("{%tr endif %}")


def opinion(
    role: str, *, choices: str = "□同意　□退回补正　□不同意", before: str = "", paper: str = ""
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
        + p(f"{{{{ {step}.decision_text }}}}{{% if {step}.opinion %}}：{{{{ {step}.opinion }}}}{{% endif %}}")
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
        style="small",
        height=440,
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
        + p(
            "{% if s.by %}{{ s.title }}：{{ s.decision_text }}{% if s.opinion %}，{{ s.opinion }}{% endif %}{% endif %}"
        )
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
