"""Aliases: labels that a person taught, beside those of the form definition."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from formflow.store import audit
from formflow.store.columns import storable
from formflow.store.database import Database
from formflow.store.tables import aliases

_INSERT = insert(aliases)
_OF = select(aliases).where(aliases.c.form == bindparam("form")).order_by(aliases.c.field, aliases.c.label)


class Aliases:
    """The learnt labels of a database."""

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
                audit.append(conn, "learnt", form, payload, at=at)

    def of(self, form: str, *, conn: Connection | None = None) -> dict[str, tuple[str, ...]]:
        """Learnt labels by field id."""
        learnt: dict[str, tuple[str, ...]] = {}
        with self._database.read(conn) as conn:
            for row in conn.execute(_OF, {"form": form}):
                learnt[row.field] = (*learnt.get(row.field, ()), row.label)
        return learnt
