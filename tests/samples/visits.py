"""Visit plans: head, table of visits, the supervisor's signature."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from . import decoys, people, sections, values
from .fill import Filling
from .labels import title
from .page import WIDTH, Cell, Page, join, plain
from .sections import Manner, Record
from .values import ABSENT, Value

COLUMNS = ["customer", "place", "time", "purpose", "topic", "method"]
_WIDTHS = {"customer": 6, "place": 4, "time": 3, "purpose": 3, "topic": 4, "method": 2}


def draw(filling: Filling, rng: Random) -> tuple[Record, list[Record]]:
    """The head and the visits."""
    day = date(2026, 1, 1) + timedelta(days=rng.randrange(340))
    name = people.person(rng)
    head: Record = {
        "date": filling._date(day),
        "salesperson": values.text(values.write_person(rng, name), name),
    }
    if rng.random() < 0.75:
        before = day - timedelta(days=rng.choice([0, 0, 1]))
        moment = datetime(
            before.year, before.month, before.day, rng.choice([7, 8]), rng.choice([0, 10, 30, 50])
        )
        written = values.join_clock(
            values.write_date(rng, before, styles=8), values.write_clock(rng, moment.hour, moment.minute)
        )
        native, number_format = values.excel_native(rng, moment)
        head["submitted_at"] = Value(
            plain(written), moment.isoformat(timespec="minutes"), native, number_format
        )
    if rng.random() < 0.5:
        head["supervisor"] = filling.signing.write(
            rng,
            people.person(rng),
            day if rng.random() < 0.5 else None,
            ink=filling.kind != "csv" and rng.random() < 0.1,
            empty=rng.random() < 0.25,
        )
    visits = [_visit(rng) for _ in range(rng.randint(2, 8))]
    return head, visits


def _visit(rng: Random) -> Record:
    customer = people.organisation(rng)
    pools = {
        "place": people.PLACES,
        "time": people.TIMES,
        "purpose": people.PURPOSES,
        "topic": people.TOPICS,
        "method": people.METHODS,
    }
    row: Record = {"customer": values.text(values.write_organisation(rng, customer), customer)}
    for name, pool in pools.items():
        row[name] = values.text(rng.choice(pool)) if rng.random() > 0.03 else values.blank()
    return row


def record(head: Record, visits: list[Record]) -> dict[str, object]:
    found: dict[str, object] = {k: v.truth for k, v in head.items() if v.truth is not ABSENT}
    found["rows"] = [{k: v.truth for k, v in row.items() if v.truth is not ABSENT} for row in visits]
    return {"form": "visit_plan", "values": found}


def page(filling: Filling, manner: Manner, head: Record, visits: list[Record], name: str = "Sheet1") -> Page:
    rng = manner.rng
    sheet = Page(name=name)
    decoys.letterhead(sheet, rng.choice(["", "", "company", "code"]), rng)
    top_names = [n for n in ("salesperson", "date", "submitted_at") if n in head]
    rng.shuffle(top_names)
    where = rng.choice(["line", "line", "table", "split"])
    sheet.para(title("visit_plan", rng), align="center", bold=True, size=16)
    grid: list[list[Cell]] = []
    if where == "table":
        grid += sections.pairs(manner, top_names, head, WIDTH)
        top_names = []
    late = [top_names.pop()] if where == "split" and len(top_names) > 1 else []
    if top_names:
        sections.lines(manner, top_names, head, sheet)
    how = rng.choice(["table", "table", "table", "cards", "turned"])
    if how == "cards":
        grid += _cards(manner, visits)
    elif how == "turned" and len(visits) <= 4:
        grid += _turned(manner, visits)
    else:
        grid += _table(manner, visits)
    signed = "supervisor" in head
    if signed and rng.random() < 0.5:
        grid.append(
            [
                sections.label_cell(manner, "supervisor", 5),
                sections.value_cell(manner, "supervisor", head["supervisor"], WIDTH - 5),
            ]
        )
        signed = False
    sheet.grid(grid)
    if late:
        sections.lines(manner, late, head, sheet)
    if signed:
        sections.lines(manner, ["supervisor"], head, sheet)
    if rng.random() < 0.4:
        sheet.para(decoys.NOTES["visit_plan"][0], size=9)
    return sheet


def _table(manner: Manner, visits: list[Record]) -> list[list[Cell]]:
    rng, labels = manner.rng, manner.labels
    names = list(COLUMNS)
    if rng.random() < 0.5:
        rng.shuffle(names)
    extra = rng.random() < 0.25
    size = dict(_WIDTHS)
    size["customer"] -= 2 * extra
    first = Cell(plain("序号"), 2, align="center", bold=True)
    rows = [
        [first, *[Cell(labels.content(n, colon=False), size[n], align="center", bold=True) for n in names]]
    ]
    if extra:
        rows[0].append(Cell(plain(rng.choice(["结果", "陪同人员", "备注"])), 2, align="center", bold=True))
    for number, visit in enumerate(visits, 1):
        row = [Cell(plain(str(number)), 2, align="center", native=number)]
        row += [Cell(visit[n].content, size[n]) for n in names]
        rows.append(row + [Cell(((),), 2)] * extra)
    for number in range(rng.choice([0, 0, 1, 3])):
        row = [Cell(plain(str(len(visits) + number + 1) if rng.random() < 0.5 else ""), 2, align="center")]
        rows.append(row + [Cell(((),), size[n]) for n in names] + [Cell(((),), 2)] * extra)
    return rows


def _cards(manner: Manner, visits: list[Record]) -> list[list[Cell]]:
    """Each visit a block of its own under its number."""
    rows: list[list[Cell]] = []
    for number, visit in enumerate(visits, 1):
        rows.append(
            [Cell(plain(f"第{number}家" if manner.label_first else f"拜访{number}"), WIDTH, bold=True)]
        )
        for left, right in (("customer", "place"), ("time", "purpose"), ("topic", "method")):
            rows.append([
                sections.label_cell(manner, left, 4), Cell(visit[left].content, 9),
                sections.label_cell(manner, right, 4), Cell(visit[right].content, 7),
            ])  # fmt: skip
    return rows


def _turned(manner: Manner, visits: list[Record]) -> list[list[Cell]]:
    """A column a visit: the labels stand at the left."""
    share = (WIDTH - 4) // len(visits)
    room = [share] * (len(visits) - 1) + [WIDTH - 4 - share * (len(visits) - 1)]
    rows = [
        [
            Cell(plain("项目"), 4, align="center", bold=True),
            *[Cell(plain(f"第{'一二三四'[i]}家"), w, align="center", bold=True) for i, w in enumerate(room)],
        ]
    ]
    rows += [
        [
            Cell(join(manner.labels.text(name, colon=False)), 4, align="center"),
            *[Cell(v[name].content, w) for v, w in zip(visits, room, strict=True)],
        ]
        for name in COLUMNS
    ]
    return rows
