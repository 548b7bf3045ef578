"""Log sheets (fax_in, fax_out): title, head line, table of one record a row."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random

from . import people, values
from .fill import DATES, SIGNED, TIMES, Filling
from .labels import title
from .page import plain
from .values import ABSENT, Value

GROUPS = {
    "fax_in": [
        ("收文", ["received_at", "registered_on", "pages"]),
        ("来文情况", ["sender", "sender_ref", "fax_number", "subject"]),
        ("去向", ["area", "recipient", "handed_over_on", "signed_by"]),
        ("", ["location"]),
        ("", ["remarks"]),
    ],
    "fax_out": [
        ("收函方", ["recipient_org", "recipient", "fax_number"]),
        ("函件", ["document_no", "subject", "pages"]),
        ("发函方", ["area", "handler", "department", "head"]),
        ("发送", ["sent_at", "confirmation", "original_returned_on"]),
        ("", ["remarks"]),
    ],
}
_OPTIONAL = {
    "registered_on",
    "sender_ref",
    "fax_number",
    "recipient",
    "signed_by",
    "location",
    "remarks",
    "document_no",
    "confirmation",
    "original_returned_on",
    "sent_at",
}
WIDTHS = {
    "sender": 7,
    "recipient_org": 7,
    "subject": 7,
    "fax_number": 5,
    "received_at": 4,
    "sent_at": 4,
    "sender_ref": 4,
    "document_no": 4,
    "pages": 2,
    "remarks": 4,
}
EXTRAS = ["备用", "归档盒号", "领导签阅", "是否扫描"]
DITTO = ["同上", "〃", "″", '"', "同前"]


@dataclass
class Log:
    """One log's dress: columns, head and habits."""

    form: str
    rng: Random
    kind: str
    filling: Filling
    year: int
    columns: list[tuple[str, list[str]]] = field(default_factory=list)
    extras: list[str] = field(default_factory=list)
    head: dict[str, object] = field(default_factory=dict)
    two_level: bool = False
    title: str = ""
    head_line: str = ""
    head_pairs: list[tuple[str, str]] = field(default_factory=list)
    head_cells: bool = False
    hides: bool = False
    month_day: int | None = None
    merged: str = ""
    ditto: str = ""
    months: bool = False
    repeat: int = 0
    totals: bool = False
    numbered: bool = True
    footer_clerk: str = ""
    natives: float = 0.0

    @classmethod
    def draw(cls, form: str, rng: Random, kind: str) -> Log:
        filling = Filling.draw(form, rng, kind)
        filling.controls = False
        filling.labels.numbering = ""
        filling.placeholders = []
        filling.year = rng.choice([2025, 2026, 2026])
        log = cls(form, rng, kind, filling, filling.year)
        log._head()
        log._columns()
        if "year" in log.head:
            log.month_day = rng.choice([None, 0, 0, 1, 2, 3, 4])
        log.natives = rng.choice([0.0, 0.6, 1.0]) if kind == "xlsx" else 0.0
        if kind == "csv":
            return log
        log.hides = kind == "xlsx" and rng.random() < 0.15
        log.merged = rng.choice(["", "", "area", "date"])
        log.repeat = rng.choice([0, 0, 0, 6, 8])
        return log

    def _head(self) -> None:
        rng, words = self.rng, self.filling.labels.words
        self.title = title(self.form, rng).replace("　", "").replace(" ", "")
        if rng.random() < 0.5:
            self.head["year"] = self.year
            self.title = rng.choice(
                [
                    f"{self.year}年{self.title}",
                    f"{self.year}年度{self.title}",
                    f"{self.title}（{self.year}年）",
                    f"{self.title}（{self.year}年度）",
                ]
            )
        parts: list[tuple[str, str]] = []
        colon = rng.choice(["：", "：", ":"])
        blank = "" if rng.random() < 0.8 else " "
        if rng.random() < 0.6:
            self.head["department"] = rng.choice(people.DEPARTMENTS)
            parts.append((words["department"], str(self.head["department"])))
        clerk = people.person(rng)
        where = rng.random()
        if where < 0.5:
            self.head["clerk"] = clerk
            parts.append((words["clerk"], clerk))
        elif where < 0.7:
            self.head["clerk"] = clerk
            self.footer_clerk = f"{words['clerk']}：{clerk}"
        if "year" not in self.head and rng.random() < 0.4:
            self.head["year"] = self.year
            parts.append(("年度", f"{self.year}{rng.choice(['', '年', '年度'])}"))
        if rng.random() < 0.1:
            self.head["area"] = rng.choice(people.AREAS)
            parts.append((words["area"], str(self.head["area"])))
        rng.shuffle(parts)
        self.head_pairs = parts
        self.head_cells = bool(parts) and rng.random() < 0.25
        self.head_line = rng.choice(["      ", "    ", "　　"]).join(
            f"{label}{colon}{blank}{value}" for label, value in parts
        )

    def _columns(self) -> None:
        rng = self.rng
        drop = {f for f in sorted(_OPTIONAL) if rng.random() < 0.3} | set(self.head)
        found = [(caption, [f for f in names if f not in drop]) for caption, names in GROUPS[self.form]]
        found = [(caption, names) for caption, names in found if names]
        self.two_level = rng.random() < 0.3
        if not self.two_level:
            flat = [f for _, names in found for f in names]
            if rng.random() < 0.5:
                rng.shuffle(flat)
            found = [("", [f]) for f in flat]
        elif rng.random() < 0.4:
            rng.shuffle(found)
        self.columns = found
        if rng.random() < 0.3:
            self.extras = rng.sample(EXTRAS, rng.randint(1, 2))
        self.numbered = rng.random() < 0.85
        self.ditto = rng.choice(["", *DITTO])
        self.months = rng.random() < 0.15
        self.totals = rng.random() < 0.3

    @property
    def fields(self) -> list[str]:
        return [f for _, names in self.columns for f in names]

    def draw_rows(self, count: int) -> list[dict[str, Value]]:
        """Filled rows in order of date."""
        rng = self.rng
        day = date(self.year, 1, 1) + timedelta(days=rng.randrange(300))
        rows: list[dict[str, Value]] = []
        first = "received_at" if self.form == "fax_in" else "sent_at"
        for _ in range(count):
            day = min(day + timedelta(days=rng.choice([0, 0, 1, 1, 2, 3])), date(self.year, 12, 20))
            row = self.filling.record(self.fields)
            for name in self.fields:
                if name in DATES | TIMES and row[name].truth is not ABSENT:
                    row[name] = self._day(
                        day if name == first else day + timedelta(days=rng.randint(0, 3)), name
                    )
                elif name in SIGNED and row[name].truth is not ABSENT:
                    row[name] = self._name_only(row[name])
                elif name in SIGNED:
                    row[name] = values.blank()
            if self.form == "fax_in" and rng.random() < 0.3 and "sender" in row:
                office = people.organisation(rng, official=1.0)
                row["sender"] = values.text(office)
            rows.append(row)
        self._repeats(rows)
        return rows

    def _name_only(self, value: Value) -> Value:
        name = people.person(self.rng)
        return Value(plain(name), {"present": True, "name": name, "date": None})

    def _day(self, day: date, name: str) -> Value:
        rng = self.rng
        moment: datetime | None = None
        if name in TIMES and rng.random() < 0.4:
            hour, minute = values.clock(rng)
            moment = datetime(day.year, day.month, day.day, hour, minute)
        if self.month_day is None:
            written = values.write_date(rng, day, styles=9)
        else:
            written = values.write_month_day(rng, day, self.month_day)
        if moment:
            written = values.join_clock(written, values.write_clock(rng, moment.hour, moment.minute))
        truth = moment.isoformat(timespec="minutes") if moment else day.isoformat()
        native, number_format = values.excel_native(rng, moment or day)
        return Value(plain(written), truth, native, number_format)

    def _repeats(self, rows: list[dict[str, Value]]) -> None:
        """Equal neighbours in the columns where people write 同上 or merge cells."""
        rng = self.rng
        first = "received_at" if self.form == "fax_in" else "sent_at"
        for above, row in itertools.pairwise(rows):
            for name in ("area", "department", "recipient", "handler"):
                if (
                    self.ditto
                    and name in row
                    and above[name].truth not in (ABSENT, None)
                    and rng.random() < 0.2
                    and self.merged != name
                ):
                    row[name] = Value(plain(self.ditto), above[name].truth)
            if (
                self.merged == "area"
                and "area" in row
                and above["area"].truth is not ABSENT
                and rng.random() < 0.4
            ):
                row["area"] = replace(above["area"], content=())
            if (
                self.merged == "date"
                and first in row
                and isinstance(above[first].truth, str)
                and rng.random() < 0.4
            ):
                row[first] = replace(above[first], content=())

    def records(self, rows: list[dict[str, Value]]) -> list[dict[str, object]]:
        out = []
        for row in rows:
            found: dict[str, object] = dict(self.head)
            found |= {name: value.truth for name, value in row.items() if value.truth is not ABSENT}
            out.append({"form": self.form, "values": found})
        return out
