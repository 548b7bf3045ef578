"""The schema as it is now; `migrations/versions` says how it came to be.

Rows of `APPEND_ONLY` are never changed or deleted, which triggers hold. Rows of `books`, `submissions` and
`records` move on; `readings` and `entry_values` only grow; `aliases` and `passwords` come and go.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from formflow.store.columns import Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

APPEND_ONLY = (
    "entries",
    "voids",
    "reviews",
    "decisions",
    "archive_marks",
    "history",
    "history_batches",
    "history_unread",
    "assessments",
    "people_acts",
    "reads",
    "audit",
)

submissions = Table(
    "submissions",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("way", String(20), nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("claimed_on", Date),
    Column("hint", Text),
    Column("state", String(20), nullable=False),
    Column("duplicate_of", String(40), ForeignKey("submissions.id")),
    Column("parent", String(40)),
    Column("error_code", String(60)),
    Column("error_detail", Text),
    Column("attempts", Integer, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Index("ix_submissions_state", "state", "received_at"),
    Index("ix_submissions_digest", "digest"),
    Index("ix_submissions_parent", "parent"),
)

# One primary a digest, whoever comes first; repeats point at it.
Index(
    "uq_submissions_primary",
    submissions.c.digest,
    unique=True,
    sqlite_where=text("duplicate_of IS NULL"),
    postgresql_where=text("duplicate_of IS NULL"),
)

readings = Table(
    "readings",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("reader", String(60), primary_key=True),
    Column("document", LargeBinary, nullable=False),
    Column("read_at", Moment, nullable=False),
)

records = Table(
    "records",
    metadata,
    Column("id", String(60), primary_key=True),
    Column("submission", String(40), ForeignKey("submissions.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("form", String(60), nullable=False),
    Column("position", Text, nullable=False),
    Column("row", Integer),
    Column("candidate", LargeBinary, nullable=False),
    Column("state", String(20), nullable=False),
    Column("findings", Text, nullable=False),
    Column("outcome", String(20)),
    Column("number", String(120)),
    Column("changed_at", Moment, nullable=False),
    UniqueConstraint("submission", "ordinal"),
    Index("ix_records_state", "state", "form"),
)

reviews = Table(
    "reviews",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record", String(60), ForeignKey("records.id"), nullable=False, index=True),
    Column("action", String(20), nullable=False),
    Column("field", String(120)),
    Column("old", Text),
    Column("new", Text),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("why", Text, nullable=False),
)

books = Table(
    "books",
    metadata,
    Column("series", String(40), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
)

entries = Table(
    "entries",
    metadata,
    Column("series", String(40), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("serial", Integer, primary_key=True),
    Column("number", String(120), nullable=False, unique=True),
    Column("form", String(60), nullable=False),
    Column("values", Text, nullable=False),
    Column("findings", Text, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("registered_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("claimed_on", Date),
    Column("way", String(20), nullable=False),
    Column("name", Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("digest", String(64), nullable=False, index=True),
    Column("submission", String(40), ForeignKey("submissions.id"), nullable=False, index=True),
    Column("record", String(60), ForeignKey("records.id"), nullable=False, unique=True),
    Column("identity_key", String(64)),
    Column("corrects", String(120), ForeignKey("entries.number"), index=True),
    Column("search", Text, nullable=False),
    Index("ix_entries_identity", "form", "identity_key"),
)

# See `lookup`: derived from entries, and found again by reading them.
entry_values = Table(
    "entry_values",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("number", String(120), primary_key=True),
    sqlite_with_rowid=False,
)

voids = Table(
    "voids",
    metadata,
    Column("number", String(120), ForeignKey("entries.number"), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

archive_marks = Table(
    "archive_marks",
    metadata,
    Column("number", String(120), ForeignKey("entries.number"), primary_key=True),
    Column("event", String(40), primary_key=True),
    Column("path", Text, nullable=False),
    Column("manifest", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("number", String(120), ForeignKey("entries.number"), primary_key=True),
    Column("step", Integer, primary_key=True),
    Column("role", String(60), nullable=False),
    Column("decision", String(20), nullable=False),
    Column("by", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

history_batches = Table(
    "history_batches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("covers_from", Date, nullable=False),
    Column("covers_to", Date, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("imported_at", Moment, nullable=False),
)

history = Table(
    "history",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch", Integer, ForeignKey("history_batches.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, index=True),
    Column("credit_code", String(18), index=True),
    Column("on", Date, nullable=False),
    Column("amount", String(40)),
    Column("sample", Boolean, nullable=False),
)

# Rows of a list that name a customer and say no day: while they stand, nothing is known of that customer.
history_unread = Table(
    "history_unread",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch", Integer, ForeignKey("history_batches.id"), nullable=False),
    Column("place", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, index=True),
    Column("credit_code", String(18), index=True),
)

# What the rules said of an entry when facts came that had been lacking; the entry itself never changes.
assessments = Table(
    "assessments",
    metadata,
    Column("number", String(120), ForeignKey("entries.number"), primary_key=True),
    Column("step", Integer, primary_key=True),
    Column("findings", Text, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("because", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

aliases = Table(
    "aliases",
    metadata,
    Column("form", String(60), primary_key=True),
    Column("field", String(120), primary_key=True),
    Column("label", String(200), primary_key=True),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

# What was done to accounts, consents and proxies; who they are now is folded from it (`people.directory`).
people_acts = Table(
    "people_acts",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("subject", String(120), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("detail", Text, nullable=False),
    Column("by", String(120), nullable=False),
    Column("at", Moment, nullable=False),
)

# The only thing of an account that is forgotten when it changes; an act vouches for each by its digest.
passwords = Table(
    "passwords",
    metadata,
    Column("account", String(120), primary_key=True),
    Column("hash", Text, nullable=False),
)

reads = Table(
    "reads",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("subject", String(120), nullable=False, index=True),
    Column("what", String(20), nullable=False),
    Column("account", String(120), nullable=False, index=True),
    Column("why", String(20), nullable=False),
    Column("at", Moment, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("subject", String(120), nullable=False),
    Column("payload", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("ix_audit_subject", "subject", "kind"),
)
