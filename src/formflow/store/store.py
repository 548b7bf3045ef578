"""Everything that is stored, opened at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from formflow.store.aliases import Aliases
from formflow.store.archives import Archives
from formflow.store.assessments import Assessments
from formflow.store.audit import Audit
from formflow.store.damage import first_damage
from formflow.store.database import Database
from formflow.store.decisions import Decisions
from formflow.store.guard import Guard, Shelves
from formflow.store.history import History
from formflow.store.objects import Objects
from formflow.store.originals import Submissions
from formflow.store.people import People
from formflow.store.readings import Readings
from formflow.store.reads import Reads
from formflow.store.records import Records
from formflow.store.register import Register
from formflow.store.reviews import Reviews


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """The stores of a workspace.

    Example:
        >>> store = Store.open("sqlite:///var/formflow.db", Path("var/originals"))
        >>> with store.database.begin() as conn:
        ...     (entry,) = store.register.enter([draft], form.register, year=2026, at=now, conn=conn)
        ...     store.records.settle([settled], at=now, conn=conn)
    """

    database: Database
    objects: Objects
    submissions: Submissions
    readings: Readings
    records: Records
    reviews: Reviews
    register: Register
    guard: Guard
    archives: Archives
    decisions: Decisions
    assessments: Assessments
    history: History
    aliases: Aliases
    people: People
    reads: Reads
    audit: Audit

    @classmethod
    def open(
        cls, url: str, originals: Path, *, shelves: Shelves | None = None, busy_seconds: float = 30.0
    ) -> Self:
        """Open the stores, making or upgrading the schema where needed.

        Args:
            url: As for `Database`.
            originals: Folder of the originals; made when missing.
            shelves: The archive, which knows the numbers that were given; None where there is none to ask.
        Raises:
            StoreError: Database or folder cannot be reached, or the database is newer than this code.
            IntegrityError: The database is damaged.
        """
        database = Database(url, busy_seconds=busy_seconds, find_damage=first_damage)
        database.migrate()
        guard = Guard(database, shelves)
        database.watch(guard)
        return cls(
            database=database,
            objects=Objects(originals),
            submissions=Submissions(database),
            readings=Readings(database),
            records=Records(database),
            reviews=Reviews(database),
            register=Register(database, guard),
            guard=guard,
            archives=Archives(database),
            decisions=Decisions(database),
            assessments=Assessments(database),
            history=History(database),
            aliases=Aliases(database),
            people=People(database),
            reads=Reads(database),
            audit=Audit(database),
        )

    def close(self) -> None:
        """Close every connection."""
        self.database.close()
