"""The first schema."""

import sqlalchemy as sa
from alembic import op

from formflow.store.dialect import append_only

revision = "0001"
down_revision = None

_APPEND_ONLY = (
    "entries",
    "voids",
    "reviews",
    "decisions",
    "archive_marks",
    "history",
    "history_batches",
    "audit",
)


def upgrade() -> None:
    op.create_table(
        "aliases",
        sa.Column("form", sa.String(60), nullable=False),
        sa.Column("field", sa.String(120), nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.String(34), nullable=False),
        sa.PrimaryKeyConstraint("form", "field", "label", name=op.f("pk_aliases")),
    )
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(34), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    op.create_index("ix_audit_subject", "audit", ["subject", "kind"], unique=False)
    op.create_table(
        "books",
        sa.Column("series", sa.String(40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", name=op.f("pk_books")),
    )
    op.create_table(
        "history_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("covers_from", sa.Date(), nullable=False),
        sa.Column("covers_to", sa.Date(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.String(34), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_batches")),
        sa.UniqueConstraint("digest", name=op.f("uq_history_batches_digest")),
    )
    op.create_table(
        "readings",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("reader", sa.String(60), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("read_at", sa.String(34), nullable=False),
        sa.PrimaryKeyConstraint("digest", "reader", name=op.f("pk_readings")),
    )
    op.create_table(
        "submissions",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("way", sa.String(20), nullable=False),
        sa.Column("received_at", sa.String(34), nullable=False),
        sa.Column("claimed_on", sa.Date(), nullable=True),
        sa.Column("hint", sa.Text(), nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("duplicate_of", sa.String(40), nullable=True),
        sa.Column("error_code", sa.String(60), nullable=True),
        sa.Column("error_detail", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.String(34), nullable=False),
        sa.ForeignKeyConstraint(
            ["duplicate_of"], ["submissions.id"], name=op.f("fk_submissions_duplicate_of_submissions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
    )
    op.create_index("ix_submissions_digest", "submissions", ["digest"], unique=False)
    op.create_index("ix_submissions_state", "submissions", ["state", "received_at"], unique=False)
    op.create_index(
        "uq_submissions_primary",
        "submissions",
        ["digest"],
        unique=True,
        sqlite_where=sa.text("duplicate_of IS NULL"),
        postgresql_where=sa.text("duplicate_of IS NULL"),
    )
    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("credit_code", sa.String(18), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("amount", sa.String(40), nullable=True),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch"], ["history_batches.id"], name=op.f("fk_history_batch_history_batches")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    op.create_index(op.f("ix_history_credit_code"), "history", ["credit_code"], unique=False)
    op.create_index(op.f("ix_history_folded"), "history", ["folded"], unique=False)
    op.create_table(
        "records",
        sa.Column("id", sa.String(60), nullable=False),
        sa.Column("submission", sa.String(40), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(60), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("candidate", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=True),
        sa.Column("number", sa.String(120), nullable=True),
        sa.Column("changed_at", sa.String(34), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission"], ["submissions.id"], name=op.f("fk_records_submission_submissions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records")),
        sa.UniqueConstraint("submission", "ordinal", name=op.f("uq_records_submission_ordinal")),
    )
    op.create_index("ix_records_state", "records", ["state", "form"], unique=False)
    op.create_table(
        "entries",
        sa.Column("series", sa.String(40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(120), nullable=False),
        sa.Column("form", sa.String(60), nullable=False),
        sa.Column("values", sa.Text(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("registered_at", sa.String(34), nullable=False),
        sa.Column("received_at", sa.String(34), nullable=False),
        sa.Column("claimed_on", sa.Date(), nullable=True),
        sa.Column("way", sa.String(20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("submission", sa.String(40), nullable=False),
        sa.Column("record", sa.String(60), nullable=False),
        sa.Column("identity_key", sa.String(64), nullable=True),
        sa.Column("corrects", sa.String(120), nullable=True),
        sa.Column("search", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["corrects"], ["entries.number"], name=op.f("fk_entries_corrects_entries")),
        sa.ForeignKeyConstraint(["record"], ["records.id"], name=op.f("fk_entries_record_records")),
        sa.ForeignKeyConstraint(
            ["submission"], ["submissions.id"], name=op.f("fk_entries_submission_submissions")
        ),
        sa.PrimaryKeyConstraint("series", "year", "serial", name=op.f("pk_entries")),
        sa.UniqueConstraint("number", name=op.f("uq_entries_number")),
        sa.UniqueConstraint("record", name=op.f("uq_entries_record")),
    )
    op.create_index(op.f("ix_entries_corrects"), "entries", ["corrects"], unique=False)
    op.create_index(op.f("ix_entries_digest"), "entries", ["digest"], unique=False)
    op.create_index("ix_entries_identity", "entries", ["form", "identity_key"], unique=False)
    op.create_index(op.f("ix_entries_submission"), "entries", ["submission"], unique=False)
    op.create_table(
        "entry_values",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("key", "number", name=op.f("pk_entry_values")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(60), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("field", sa.String(120), nullable=True),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.String(34), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["record"], ["records.id"], name=op.f("fk_reviews_record_records")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    op.create_index(op.f("ix_reviews_record"), "reviews", ["record"], unique=False)
    op.create_table(
        "archive_marks",
        sa.Column("number", sa.String(120), nullable=False),
        sa.Column("event", sa.String(40), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("manifest", sa.String(64), nullable=False),
        sa.Column("at", sa.String(34), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["entries.number"], name=op.f("fk_archive_marks_number_entries")),
        sa.PrimaryKeyConstraint("number", "event", name=op.f("pk_archive_marks")),
    )
    op.create_table(
        "decisions",
        sa.Column("number", sa.String(120), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(60), nullable=False),
        sa.Column("decision", sa.String(20), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("at", sa.String(34), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["entries.number"], name=op.f("fk_decisions_number_entries")),
        sa.PrimaryKeyConstraint("number", "step", name=op.f("pk_decisions")),
    )
    op.create_table(
        "voids",
        sa.Column("number", sa.String(120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.String(34), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["entries.number"], name=op.f("fk_voids_number_entries")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_voids")),
    )
    for statement in append_only(op.get_bind().dialect.name, _APPEND_ONLY):
        op.execute(statement)
