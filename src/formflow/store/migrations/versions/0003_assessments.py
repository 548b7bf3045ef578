"""Rows of the list of transactions that could not be read, and what the rules said later."""

import sqlalchemy as sa
from alembic import op

from formflow.store.dialect import append_only_tables

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "history_unread",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("credit_code", sa.String(18), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch"], ["history_batches.id"], name=op.f("fk_history_unread_batch_history_batches")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_unread")),
    )
    op.create_index(op.f("ix_history_unread_folded"), "history_unread", ["folded"], unique=False)
    op.create_index(op.f("ix_history_unread_credit_code"), "history_unread", ["credit_code"], unique=False)
    op.create_table(
        "assessments",
        sa.Column("number", sa.String(120), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.String(34), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["entries.number"], name=op.f("fk_assessments_number_entries")),
        sa.PrimaryKeyConstraint("number", "step", name=op.f("pk_assessments")),
    )
    for statement in append_only_tables(op.get_bind().dialect.name, ("history_unread", "assessments")):
        op.execute(statement)
