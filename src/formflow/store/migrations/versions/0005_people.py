"""Accounts, consents and proxies as acts; passwords; who read what."""

import sqlalchemy as sa
from alembic import op

from formflow.store.dialect import append_only_tables

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "people_acts",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("by", sa.String(120), nullable=False),
        sa.Column("at", sa.String(34), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_people_acts")),
    )
    op.create_index(op.f("ix_people_acts_subject"), "people_acts", ["subject"], unique=False)
    op.create_table(
        "passwords",
        sa.Column("account", sa.String(120), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_passwords")),
    )
    op.create_table(
        "reads",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("account", sa.String(120), nullable=False),
        sa.Column("why", sa.String(20), nullable=False),
        sa.Column("at", sa.String(34), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_reads")),
    )
    op.create_index(op.f("ix_reads_subject"), "reads", ["subject"], unique=False)
    op.create_index(op.f("ix_reads_account"), "reads", ["account"], unique=False)
    for statement in append_only_tables(op.get_bind().dialect.name, ("people_acts", "reads")):
        op.execute(statement)
