"""One marshmallow field class for every field type: a reading becomes a value, nothing, or a finding."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields
from marshmallow import missing as absent

from formflow.forms import findings, native
from formflow.forms.scanned import spared
from formflow.forms.spec import Field, FieldType
from formflow.forms.suggest import suggested
from formflow.model import Json, Reading
from formflow.values import Doubt
from formflow.values.choices import fold, is_ditto, is_empty, is_none, read_choice, read_choices
from formflow.values.codes import read_uscc
from formflow.values.dates import read_date, read_datetime, read_excel_date
from formflow.values.money import read_money
from formflow.values.names import read_organisation, read_person
from formflow.values.numerals import read_integer
from formflow.values.phones import read_phone
from formflow.values.quantities import read_quantity
from formflow.values.signatures import read_signature


@dataclass(frozen=True, slots=True)
class Slot:
    """A reading on its way into a field.

    Attributes:
        year: The year that dates without one belong to, or None.
        log: The reading stands in a row of a log.
    """

    reading: Reading
    year: int | None
    log: bool = False


class ReadField(fields.Field[Any]):
    """A field of a form: takes a `Slot`, gives a value in the JSON contract's form, None for a written 无."""

    def __init__(self, spec: Field) -> None:
        super().__init__(
            required=spec.required,
            allow_none=True,
            error_messages={"required": [findings.missing(spec)]},
        )
        self.spec = spec

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> Any:  # noqa: ARG002
        reading: Reading = spared(value.reading, self.spec.type)
        value = replace(value, reading=reading)
        if reading.problem:
            raise ValidationError([findings.problem(self.spec, reading)])
        if self._is_nothing(value):
            if self.spec.required:
                raise ValidationError([findings.missing(self.spec)])
            return absent
        if self._declares_none(reading.text):
            return None
        if is_ditto(reading.text) and (value.log or self.spec.type is not FieldType.TEXT):
            raise ValidationError([findings.ditto(self.spec, reading)])
        read = self.read(value)
        if isinstance(read, Doubt):
            found = findings.doubtful(self.spec, read)
            raise ValidationError([replace(found, suggestions=self.suggestions(value))])
        if read is None:
            if self.spec.required:
                raise ValidationError([findings.missing(self.spec)])
            return absent
        return read

    def _is_nothing(self, slot: Slot) -> bool:
        return slot.reading.value is None and is_empty(slot.reading.text)

    def _declares_none(self, text: str) -> bool:
        return is_none(text)

    def read(self, slot: Slot) -> Json | Doubt:
        """The value in the contract's form, a Doubt, or None where nothing is there."""
        return native.digits_text(slot.reading)

    def written(self, slot: Slot) -> str | None:  # noqa: ARG002
        """What is written, for a doubt that a person accepts; None where a value of this type is no text."""
        return None

    def suggestions(self, slot: Slot) -> tuple[str, ...]:
        """What a value that was read from paper may say instead, as a correction writes it."""
        if not slot.reading.source.medium:
            return ()

        def read(text: str, label: str) -> Json | Doubt:
            return self.read(replace(slot, reading=replace(slot.reading, text=text, label=label, value=None)))

        return suggested(self.spec, slot.reading.text, slot.reading.label, read)


class WrittenField(ReadField):
    """A field whose value is a text."""

    def written(self, slot: Slot) -> str | None:
        return native.digits_text(slot.reading).strip() or None


class TextField(WrittenField):
    """Outer blanks trimmed, line breaks as `\\n`, runs of blanks kept."""

    def read(self, slot: Slot) -> Json | Doubt:
        text = re.sub(r"\r\n?|[\v\f\u2028\u2029]", "\n", native.digits_text(slot.reading))
        return text.strip(" \t\n\u3000\u00a0\ufeff\u200b") or None


class PersonField(WrittenField):
    def read(self, slot: Slot) -> Json | Doubt:
        return read_person(slot.reading.text)


class OrganisationField(WrittenField):
    def read(self, slot: Slot) -> Json | Doubt:
        return read_organisation(slot.reading.text)


class DateField(ReadField):
    def read(self, slot: Slot) -> Json | Doubt:
        day = _sheet_day(slot.reading)
        if day is None:
            day = read_date(slot.reading.text, year=slot.year)
        if isinstance(day, datetime):
            day = day.date()
        return day.isoformat() if isinstance(day, date) else day


class DatetimeField(ReadField):
    def read(self, slot: Slot) -> Json | Doubt:
        moment = _sheet_day(slot.reading)
        if moment is None:
            moment = read_datetime(slot.reading.text, year=slot.year)
        if isinstance(moment, datetime):
            return moment.isoformat(timespec="minutes")
        return moment.isoformat() if isinstance(moment, date) else moment


def _sheet_day(reading: Reading) -> date | datetime | Doubt | None:
    if native.is_odd(reading):
        return findings.ODD_DAY
    day = native.native_day(reading)
    if day is None and (serial := native.native_serial(reading)) is not None:
        return read_excel_date(serial)
    return day


class MoneyField(ReadField):
    def read(self, slot: Slot) -> Json | Doubt:
        amount = read_money(native.money_text(slot.reading), label=slot.reading.label)
        return f"{amount:.2f}" if isinstance(amount, Decimal) else amount


class IntegerField(ReadField):
    def read(self, slot: Slot) -> Json | Doubt:
        number = native.native_integer(slot.reading)
        return read_integer(slot.reading.text) if number is None else number


class QuantityField(ReadField):
    def read(self, slot: Slot) -> Json | Doubt:
        quantity = read_quantity(slot.reading.text, label=slot.reading.label)
        if quantity is None or isinstance(quantity, Doubt):
            return quantity
        return {"amount": quantity.amount, "unit": quantity.unit}


class PhoneField(WrittenField):
    def read(self, slot: Slot) -> Json | Doubt:
        return read_phone(native.digits_text(slot.reading))


class UsccField(WrittenField):
    def read(self, slot: Slot) -> Json | Doubt:
        if native.lost_digits(slot.reading):
            return findings.LOST_DIGITS
        return read_uscc(native.digits_text(slot.reading))


class ChoiceField(ReadField):
    def _is_nothing(self, slot: Slot) -> bool:
        return slot.reading.value is None and not slot.reading.text.strip()

    def _declares_none(self, text: str) -> bool:
        folded = fold(text)
        return is_none(text) and all(
            folded != fold(option) for texts in self.spec.options.values() for option in texts
        )

    def read(self, slot: Slot) -> Json | Doubt:
        return read_choice(slot.reading.text, self.spec.options)


class ChoicesField(ChoiceField):
    def read(self, slot: Slot) -> Json | Doubt:
        return read_choices(slot.reading.text, self.spec.options) or None


class SignatureField(ReadField):
    def _is_nothing(self, slot: Slot) -> bool:
        return not slot.reading.mark and super()._is_nothing(slot)

    def _declares_none(self, text: str) -> bool:
        return is_none(text)

    def read(self, slot: Slot) -> Json | Doubt:
        reading = slot.reading
        signature = read_signature(reading.text, mark=reading.mark, year=slot.year)
        if signature is None or isinstance(signature, Doubt):
            return signature
        day = signature.date
        return {
            "present": signature.present,
            "name": signature.name,
            "date": day.isoformat() if isinstance(day, date) else day,
        }


CLASSES: Mapping[FieldType, type[ReadField]] = {
    FieldType.TEXT: TextField,
    FieldType.PERSON: PersonField,
    FieldType.ORGANISATION: OrganisationField,
    FieldType.DATE: DateField,
    FieldType.DATETIME: DatetimeField,
    FieldType.MONEY: MoneyField,
    FieldType.INTEGER: IntegerField,
    FieldType.QUANTITY: QuantityField,
    FieldType.PHONE: PhoneField,
    FieldType.USCC: UsccField,
    FieldType.CHOICE: ChoiceField,
    FieldType.CHOICES: ChoicesField,
    FieldType.SIGNATURE: SignatureField,
}
"""Every type but `rows`, whose columns are fields of their own."""
