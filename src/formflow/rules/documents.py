"""Which documents an event calls for."""

from __future__ import annotations

from formflow.forms.spec import Form
from formflow.model import Record
from formflow.rules.assess import truth
from formflow.rules.facts import Facts


def documents_for(event: str, record: Record, form: Form, facts: Facts) -> tuple[str, ...]:
    """The template file names of an event (`registered`, `approved`, `rejected`, `returned`), in their order.

    A document with a condition is made only where the condition is true.

    Raises:
        ExpressionError: A condition cannot be evaluated.
        CalendarError: A condition asks for a day that the calendar does not cover.
    """
    return tuple(
        template
        for template in form.documents.get(event, ())
        if template not in form.conditions or truth(form.conditions[template], record, form, facts)
    )
