"""Aliases: labels that a person taught, beside those of the form definition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from formflow.store import audit
from formflow.store.columns import storable
from formflow.store.database import Database
from formflow.store.tables import aliases

_INSERT = insert(aliases)
_ALL = select(aliases).order_by(aliases.c.form, aliases.c.field, aliases.c.label)
_OF = _ALL.where(aliases.c.form == bindparam("form"))
_DELETE = delete(aliases).where(
    aliases.c.form == bindparam("of_form"),
    aliases.c.field == bindparam("of_field"),
    aliases.c.label == bindparam("of_label"),
)


@dataclass(frozen=True, slots=True)
class Alias:
    """A learned label: `field` of `form` goes by `label` too.

    Attributes:
        field: A field's id; a column of the form's own table as `rows.customer`.
    """

    form: str
    field: str
    label: str
    by: str
    at: datetime


class Aliases:
    """The learned labels of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def learn(
        self, form: str, field: str, label: str, *, by: str, at: datetime, conn: Connection | None = None
    ) -> None:
        """Remember that a field goes by `label` too; once is enough."""
        label = storable(label.strip())
        with self._database.begin(conn) as conn:
            if label and label not in self.of(form, conn=conn).get(field, ()):
                values = {"form": form, "field": field, "label": label, "by": storable(by), "at": at}
                conn.execute(_INSERT, values)
                payload = {"field": field, "label": label, "by": storable(by)}
                audit.append(conn, "learnt", form, payload, at=at)  # as older chains spell it

    def forget(
        self, form: str, field: str, label: str, *, by: str, at: datetime, conn: Connection | None = None
    ) -> bool:
        """Take a learned label back; whether there was one. What was read by it stays as it is."""
        label = storable(label.strip())
        with self._database.begin(conn) as conn:
            gone = conn.execute(_DELETE, {"of_form": form, "of_field": field, "of_label": label}).rowcount
            if gone:
                payload = {"field": field, "label": label, "by": storable(by)}
                audit.append(conn, "forgotten", form, payload, at=at)
        return bool(gone)

    def of(self, form: str, *, conn: Connection | None = None) -> dict[str, tuple[str, ...]]:
        """Learned labels by field id."""
        learned: dict[str, tuple[str, ...]] = {}
        with self._database.read(conn) as conn:
            for row in conn.execute(_OF, {"form": form}):
                learned[row.field] = (*learned.get(row.field, ()), row.label)
        return learned

    def all(self, *, conn: Connection | None = None) -> tuple[Alias, ...]:
        """Every learned label, by form, field and label."""
        with self._database.read(conn) as conn:
            return tuple(Alias(row.form, row.field, row.label, row.by, row.at) for row in conn.execute(_ALL))
