"""A form by any name that people give it: its id, one of its titles, the series of its book."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz import process

from formflow.errors import NotFound, UsageError
from formflow.forms.spec import Form
from formflow.messages import Bilingual, listed
from formflow.messages import forms as messages
from formflow.values.folding import fold


def form_named(forms: Mapping[str, Form], name: str) -> Form:
    """The form that a name means; width, case and blanks do not matter.

    Args:
        forms: By id.
        name: `fax_in`, `收传真登记簿`, another title that the form goes by, or `SC`.
    Raises:
        NotFound: No form is called so; the nearest name is said.
        UsageError: Several are.
    """
    if name in forms:
        return forms[name]
    found = [form for form in forms.values() if fold(name) in map(fold, (form.id, *form.titles))]
    found = found or [form for form in forms.values() if fold(name) == fold(form.register.series)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            messages.SEVERAL_FORMS(name=name, forms=_called(found)),
            code="no-such-form",
            remedy=messages.GIVE_ID(),
        )
    near = _near(forms, name)
    raise NotFound(
        messages.NO_SUCH_FORM(name=name),
        code="no-such-form",
        remedy=messages.DID_YOU_MEAN_FORM(title=near.title, id=near.id)
        if near
        else messages.KNOWN_FORMS(forms=_called(forms.values())),
    )


def _called(forms: Iterable[Form]) -> Bilingual:
    return listed(Bilingual(f"{form.title}（{form.id}）", form.id) for form in forms)


def _near(forms: Mapping[str, Form], name: str) -> Form | None:
    """The form with the name most like the given one; None where none is like it."""
    names = {fold(text): form for form in forms.values() for text in (form.id, *form.titles)}
    found = process.extractOne(fold(name), list(names), score_cutoff=55)
    return names[found[0]] if found else None
