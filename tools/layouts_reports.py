"""Reports of the archive itself: 四性检测报告, in Chinese. The JSON beside it has both languages."""

from __future__ import annotations

from collections.abc import Callable

from layout import Cell, Page, Table, document, p
from layouts_common import BLANK_NAME, MARGINS, SHORT_DATE, WIDTH

NATURE, NAME, RESULT = 1500, 3300, 1300
TOLD = WIDTH - NATURE - NAME - RESULT


def report_archive() -> bytes:
    tabs = (("center", WIDTH // 2), ("right", WIDTH))
    page = Page(
        MARGINS,
        p("{{ office.company }}\t\t{{ scope }}", "header", tabs=tabs),
        p(
            "四性检测报告\t第 <PAGE> 页　共 <NUMPAGES> 页\t{% if chain %}审计链{{ chain }}{% endif %}",
            "footer",
            tabs=tabs,
        ),
    )
    facts = Table(WIDTH)
    half = WIDTH // 2
    for left, right in (
        (("全宗号", "{{ office.fonds }}"), ("检测范围", "{{ scope }}")),
        (("登记件数", "{{ entries }}"), ("检测时间", "{{ at }}")),
        (("结论", "{{ conclusion }}"), ("未检测", "{{ unchecked }} 项")),
    ):
        facts.row(
            Cell(1700, left[0], "smallhead", shade=True),
            Cell(half - 1700, left[1], "small"),
            Cell(1700, right[0], "smallhead", shade=True),
            Cell(WIDTH - half - 1700, right[1], "small"),
            height=370,
        )
    table = Table(WIDTH)
    table.row(
        Cell(NATURE, "性质", "smallhead", shade=True),
        Cell(NAME, "检测项目", "smallhead", shade=True),
        Cell(RESULT, "结果", "smallhead", shade=True),
        Cell(TOLD, "说明", "smallhead", shade=True),
        height=380,
        repeat=True,
    )
    table.tag("{%tr for c in checks %}")
    table.row(
        Cell(NATURE, "{{ c.nature }}", "smallcentre"),
        Cell(NAME, "{{ c.name }}", "small"),
        Cell(RESULT, "{{ c.result }}", "smallcentre"),
        Cell(TOLD, "{{ c.told }}", "small"),
        height=380,
    )
    table.tag("{%tr endfor %}")
    found = (
        p("{%p if problems %}")
        + p("发现的问题", "label", before=240, after=80, keep=True)
        + p("{%p endif %}")
        + p("{%p for q in problems %}")
        + p("{{ loop.index }}. {{ q.subject }}：{{ q.message }}", "note")
        + p("{%p endfor %}")
        + p("{%p if more %}")
        + p("另有 {{ more }} 处，见归档核对记录。", "note")
        + p("{%p endif %}")
    )
    return document(
        page,
        "四性检测报告",
        p("{{ office.company }}", "org"),
        p("电子档案四性检测报告", "title", after=120),
        facts.xml(),
        p("依据：DA/T 70—2018。“未检测”的项目由档案人员另行检测后填写。", "note", before=120, after=80),
        table.xml(),
        found,
        p(f"检测人：{BLANK_NAME}　审核人：{BLANK_NAME}{SHORT_DATE}", "sign", before=360),
    )


REPORTS: dict[str, Callable[[], bytes]] = {"report-archive.docx": report_archive}
