"""Learned labels from the store to the workers, and the check that a new one leads to one field only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from formflow.errors import Conflict, NotFound, UsageError
from formflow.forms.named import form_named
from formflow.messages import Bilingual, listed
from formflow.messages import pipeline as messages
from formflow.store.aliases import Aliases
from formflow.store.database import Database

if TYPE_CHECKING:
    from formflow.extraction.labels.learned import Learned
    from formflow.forms.spec import Form
    from formflow.settings import Settings
    from formflow.store.store import Store


def learned_labels(store: Store) -> Learned:
    """What the workers have to know."""
    return tuple((alias.form, alias.field, alias.label) for alias in store.aliases.all())


def learned_of(settings: Settings) -> Learned:
    """The learned labels of a workspace, without making or upgrading its database; empty where it has none.

    Raises:
        StoreError: The database cannot be reached.
    """
    prefix = "sqlite:///"
    url = settings.database_url
    if url.startswith(prefix) and not Path(url.removeprefix(prefix)).exists():
        return ()
    database = Database(url)
    try:
        return tuple((alias.form, alias.field, alias.label) for alias in Aliases(database).all())
    finally:
        database.close()


def teach(
    store: Store, forms: Mapping[str, Form], form: str, field: str, label: str, *, by: str, at: datetime
) -> None:
    """Keep a label as another one of a field, so that the next file is read by it.

    Raises:
        UsageError: No such form or field; the text is no label, is a title, or belongs to a field already.
    """
    from formflow.extraction.labels.index import Forms  # for teaching only
    from formflow.extraction.labels.learned import field_of, is_label, owner, taught

    if form not in forms:
        raise NotFound(messages.NO_FORM(form=form, known=listed(forms)), code="no-such-form")
    known = taught(forms, learned_labels(store))
    if field_of(known[form], field) is None:
        raise UsageError(
            messages.NO_SUCH_FIELD(title=Bilingual(forms[form].title, form), field=field),
            code="no-such-field",
        )
    if not is_label(label):
        raise UsageError(messages.NO_LABEL(label=label), code="no-label", remedy=messages.GIVE_AS_PRINTED())
    if (title := Forms(known).title_in(label)) is not None:
        raise Conflict(
            messages.LABEL_IS_TITLE(label=label, title=Bilingual(title.title, title.id)),
            code="label-taken",
            remedy=messages.TITLE_IS_NO_LABEL(),
        )
    held = owner(known[form], label)
    if held is not None and held != field:
        raise Conflict(
            messages.LABEL_TAKEN(label=label, title=Bilingual(forms[form].title, form), held=held),
            code="label-taken",
            remedy=messages.TAKE_LABEL_FIRST(field=field, held=held, form=form, label=label),
        )
    if held is None:
        store.aliases.learn(form, field, label, by=by, at=at)


def teach_by_record(
    store: Store, forms: Mapping[str, Form], record: str, field: str, label: str, *, by: str, at: datetime
) -> str:
    """Keep a label for the form that a record is of; the form's id.

    A cell of the form's own table (`rows.0.customer`) teaches the label of its column.

    Raises:
        UsageError: No such record, or as `teach`.
    """
    stored = store.records.require(record)
    outer, *inner = field.split(".")
    teach(store, forms, stored.form, ".".join([outer, *inner[-1:]]), label, by=by, at=at)
    return stored.form


def learn(
    store: Store, forms: Mapping[str, Form], where: str, field: str, label: str, *, by: str, at: datetime
) -> str:
    """Keep a label for a form, which its name, its id or one of its records says; the form's id.

    Raises:
        UsageError: No such record and no such form, or as `teach`.
    """
    if store.records.get(where) is not None:
        return teach_by_record(store, forms, where, field, label, by=by, at=at)
    try:
        form = form_named(forms, where).id
    except UsageError as error:
        raise NotFound(
            messages.NO_RECORD_NO_FORM(where=where), code="no-such-record", remedy=messages.SEE_REVIEW_LIST()
        ) from error
    teach(store, forms, form, field, label, by=by, at=at)
    return form


def collisions(forms: Mapping[str, Form], learned: Learned) -> Iterator[Bilingual]:
    """What is wrong with learned labels by now: the form has changed since they were kept."""
    from formflow.extraction.labels.learned import field_of, owner  # for teaching only

    for form, field, label in learned:
        if form not in forms or field_of(forms[form], field) is None:
            yield messages.LEARNED_WITHOUT_FIELD(label=label, form=form, field=field)
        elif (held := owner(forms[form], label)) is not None:
            whose = messages.LABEL_OF_FORM() if held == field else messages.LABEL_OF_FIELD(held=held)
            yield messages.LEARNED_NEEDLESS(label=label, form=form, field=field, whose=whose)
