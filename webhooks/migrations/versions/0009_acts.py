"""What became of each act of a caller's, and the index by which what was not got is counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SOME_UNMET = sa.text("unmet > 0")


def upgrade() -> None:
    none_yet = sa.Column("outcomes", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
    op.add_column("turn", none_yet)
    op.add_column("turn", sa.Column("unmet", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(
        "turn_unmet",
        "turn",
        ["organisation_id", "opened_at"],
        unique=False,
        sqlite_where=SOME_UNMET,
        postgresql_where=SOME_UNMET,
    )


def downgrade() -> None:
    op.drop_index("turn_unmet", table_name="turn")
    op.drop_column("turn", "unmet")
    op.drop_column("turn", "outcomes")
