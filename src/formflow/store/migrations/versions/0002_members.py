"""Files that came inside others: which submission each was unpacked from."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    # Without a foreign key: SQLite cannot add one to a table that stands.
    op.add_column("submissions", sa.Column("parent", sa.String(40)))
    op.create_index("ix_submissions_parent", "submissions", ["parent"])
