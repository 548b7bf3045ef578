"""A form by any name that people give it: its id, one of its titles, the series of its book."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import process

from formflow.errors import Bilingual, UsageError
from formflow.forms.spec import Form
from formflow.values.folding import fold


def form_named(forms: Mapping[str, Form], name: str) -> Form:
    """The form that a name means; width, case and blanks do not matter.

    Args:
        forms: By id.
        name: `fax_in`, `收传真登记簿`, another title that the form goes by, or `SC`.
    Raises:
        UsageError: No form is called so, or several are; the nearest names are said.
    """
    if name in forms:
        return forms[name]
    found = [form for form in forms.values() if fold(name) in map(fold, (form.id, *form.titles))]
    found = found or [form for form in forms.values() if fold(name) == fold(form.register.series)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            Bilingual(
                f"“{name}”可以指几种表单：{'、'.join(map(_called, found))}",
                f"{name!r} may be several forms: {', '.join(form.id for form in found)}",
            ),
            code="no-such-form",
            remedy=Bilingual("请写代号", "give the id"),
        )
    near = _near(forms, name)
    known = forms.values()
    raise UsageError(
        Bilingual(f"没有表单“{name}”", f"no form {name!r}"),
        code="no-such-form",
        remedy=Bilingual(
            f"是否指 {_called(near)}？" if near else f"现有：{'、'.join(map(_called, known))}",
            f"did you mean {near.id!r} ({near.title})?" if near else f"known: {', '.join(forms)}",
        ),
    )


def _called(form: Form) -> str:
    return f"{form.title}（{form.id}）"


def _near(forms: Mapping[str, Form], name: str) -> Form | None:
    """The form with the name most like the given one; None where none is like it."""
    names = {fold(text): form for form in forms.values() for text in (form.id, *form.titles)}
    found = process.extractOne(fold(name), list(names), score_cutoff=55)
    return names[found[0]] if found else None
