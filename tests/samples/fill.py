"""One record drawn for a form: every field as written, with its truth."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from . import people, values
from .cases import Case
from .labels import MONEY, REQUIRED, Labels
from .marks import OPTIONS, Signing, Ticks
from .page import Content, Control, flatten, plain
from .values import ABSENT, Value

NONE_WORDS = ["无", "/", "—", "N/A", "暂无"]
MAY_BE_NONE = {
    "order_no",
    "batch_no",
    "demand",
    "claim_amount",
    "hse_report_no",
    "confirmation",
    "remarks",
    "sender_ref",
    "document_no",
    "credit_limit",
    "support_needed",
    "location",
}
ALWAYS = {"customer_name", "recipient_org", "sender", "subject", "received_at", "customer"}
LONG = {"development", "evaluation", "support_needed", "description", "demand", "cause", "action"}
SIGNED = {"sales_manager", "market_branch", "leader", "head", "supervisor"}
DATES = {
    "applied_on",
    "first_trade_on",
    "received_on",
    "closed_on",
    "original_returned_on",
    "handed_over_on",
    "registered_on",
    "date",
}
TIMES = {"sent_at", "received_at", "submitted_at"}
PEOPLE = {"salesperson", "contact", "recorder", "closed_by", "handler", "clerk", "recipient", "signed_by"}
ORGANISATIONS = {"customer_name", "billing_name", "recipient_org", "sender", "customer"}
_CHOSEN_FROM = {
    "area": people.AREAS,
    "department": people.DEPARTMENTS,
    "responsible_department": people.DEPARTMENTS,
}

FIELDS = {
    "new_customer": "application_no applied_on salesperson department area customer_name billing_name credit_code contact phone address customer_type first_trade_on first_trade_amount product monthly_amount credit_limit payment development evaluation support_needed sales_manager market_branch leader".split(),
    "complaint": "complaint_no received_on recorder channel customer_name contact phone area order_no product batch_no quantity category description demand claim_amount cause responsible_department action hse_report_no satisfied closed_on closed_by".split(),
    "fax_out": "document_no sent_at recipient_org recipient fax_number subject pages handler department area head confirmation original_returned_on remarks clerk".split(),
}


@dataclass
class Filling:
    """One file's manner of filling in."""

    form: str
    rng: Random
    kind: str
    labels: Labels
    ticks: Ticks
    signing: Signing
    controls: bool = False
    placeholders: list[str] = field(default_factory=list)
    year: int | None = None

    @classmethod
    def draw(cls, form: str, rng: Random, kind: str) -> Filling:
        holders = rng.choice([[], [], [], ["请填写"], ["请输入"], ["（必填）"], ["____"]])
        return cls(
            form,
            rng,
            kind,
            Labels.draw(form, rng),
            Ticks.draw(rng, kind),
            Signing.draw(rng),
            controls=kind == "docx" and rng.random() < 0.25,
            placeholders=holders,
        )

    def fields(self) -> list[str]:
        """The fields printed on the form."""
        keep = {*REQUIRED[self.form], *ALWAYS}
        return [f for f in FIELDS[self.form] if f in keep or f in SIGNED or self.rng.random() > 0.13]

    def record(self, fields: list[str], *, empty: bool = False) -> dict[str, Value]:
        """Every printed field filled; `empty` gives the blank form."""
        case = Case(self.rng, self.year)
        return {name: self._finish(name, self._one(name, case, empty)) for name in fields}

    def _one(self, name: str, case: Case, empty: bool) -> Value:
        rng = self.rng
        if name in SIGNED:
            unsigned = empty or rng.random() < (0.25 if name != "head" else 0.12)
            day = case.start + timedelta(days=rng.randint(0, 9)) if rng.random() < 0.65 else None
            return self.signing.write(
                rng, people.person(rng), day, ink=rng.random() < 0.12 and self.kind != "csv", empty=unsigned
            )
        if name in OPTIONS:
            chosen = (
                None
                if empty or rng.random() < (0.04 if name == "category" else 0.15)
                else rng.choice(OPTIONS[name])[0]
            )
            return self.ticks.write(name, chosen, rng)
        rate = 0.0 if name in ALWAYS else 0.03 if name in REQUIRED[self.form] else 0.15
        if empty or rng.random() < rate:
            return self._blank(name)
        if name in MAY_BE_NONE and rng.random() < 0.12:
            return values.text(rng.choice(NONE_WORDS), None)
        return self._value(name, case)

    def _blank(self, name: str) -> Value:
        if name in DATES and self.year is None and self.rng.random() < 0.4:
            return Value(plain(self.rng.choice(["    年   月   日", "   年  月  日"])))
        if self.placeholders and self.rng.random() < 0.8:
            return Value(plain(self.rng.choice(self.placeholders)))
        if name == "billing_name" and self.rng.random() < 0.5:
            return Value(plain("XXX公司"))
        return values.blank()

    def _value(self, name: str, case: Case) -> Value:
        rng = self.rng
        if name in DATES:
            return self._date(case.day(name))
        if name in TIMES:
            return self._time(case.day(name))
        if name in MONEY:
            return self._money(name)
        if name in ORGANISATIONS:
            organisation = case.billing if name == "billing_name" else case.customer
            return values.text(values.write_organisation(rng, organisation), organisation)
        if name in PEOPLE:
            who = people.person(rng)
            return values.text(values.write_person(rng, who), who)
        if name in LONG:
            return self._long(name)
        if name in {"phone", "fax_number"}:
            written, truth = values.write_phone(rng)
            native = (
                int(written)
                if self.kind == "xlsx" and written.isascii() and written.isdigit() and written[0] != "0"
                else None
            )
            return Value(plain(written), truth, native)
        if name == "pages":
            number = rng.choice([1, 1, 2, 2, 3, 4, 5, 6, 7, 9, 12, 15])
            return Value(plain(values.write_integer(rng, number)), number, float(number))
        if name == "quantity":
            written, amount = values.quantity(rng)
            return Value(plain(written), amount)
        if name == "credit_code":
            code = values.uscc(rng)
            return values.text(values.write_uscc(rng, code), code)
        if name in _CHOSEN_FROM:
            return values.text(rng.choice(_CHOSEN_FROM[name]))
        return values.text(case.text(name))

    def _date(self, day: date) -> Value:
        written = values.write_date(self.rng, day)
        native, number_format = values.excel_native(self.rng, day)
        return Value(plain(written), day.isoformat(), native, number_format)

    def _time(self, day: date) -> Value:
        if self.rng.random() < 0.35:
            return self._date(day)
        hour, minute = values.clock(self.rng)
        written = values.join_clock(
            values.write_date(self.rng, day, styles=8), values.write_clock(self.rng, hour, minute)
        )
        moment = datetime(day.year, day.month, day.day, hour, minute)
        native, number_format = values.excel_native(self.rng, moment)
        return Value(plain(written), moment.isoformat(timespec="minutes"), native, number_format)

    def _money(self, name: str) -> Value:
        amount = values.amount(self.rng)
        unit = self.labels.units[name]
        if unit == "万元":
            amount = max(Decimal(100), (amount / 100).to_integral_value() * 100)
        native = float(amount / 10000 if unit == "万元" else amount)
        formats = (
            ["General", "0.00"]
            if unit == "万元"
            else ["General", "#,##0.00", "#,##0", '"¥"#,##0.00', '0.00"元"']
        )
        if amount != amount.to_integral_value() and "#,##0" in formats:
            formats.remove("#,##0")
        return Value(
            plain(values.write_money(self.rng, amount, unit)),
            f"{amount:.2f}",
            native,
            self.rng.choice(formats),
        )

    def _long(self, name: str) -> Value:
        pool = {
            "development": people.DEVELOPMENT,
            "evaluation": people.EVALUATION,
            "support_needed": people.SUPPORT,
            "description": people.DESCRIPTION,
            "demand": people.DEMAND,
            "cause": people.CAUSE,
            "action": people.ACTION,
        }[name]
        found = people.sentences(self.rng, pool, 4 if name in {"development", "description"} else 3)
        how = self.rng.random()
        if how < 0.5 or len(found) == 1:
            return values.text("".join(found))
        if how < 0.75:
            return values.text("\n".join(found))
        marks = self.rng.choice(["{}、{}", "{}. {}", "（{}）{}"])
        return values.text("\n".join(marks.format(i + 1, s) for i, s in enumerate(found)))

    def _finish(self, name: str, value: Value) -> Value:
        if not self.controls or name in OPTIONS or name in SIGNED or self.rng.random() < 0.25:
            return value
        return Value(self._control(name, value), value.truth, value.native, value.number_format)

    def _control(self, name: str, value: Value) -> Content:
        shown = flatten(value.content)
        kind = "date" if name in DATES else "dropdown" if name in _CHOSEN_FROM else "text"
        holder = {"date": "单击或点击此处输入日期。", "dropdown": "选择一项。"}.get(
            kind, "单击或点击此处输入文字。"
        )
        if value.truth is ABSENT:
            shown = ""
        options = tuple(_CHOSEN_FROM.get(name, ()))
        return ((Control(shown, kind, holder, options, name),),)
