"""Indexes by which what is too old to be read again is found without looking at the rest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

UNUSED = sa.text("state <> 'booked'")
ENDING = sa.text("expires_at IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "offer_unused",
        "offer",
        ["organisation_id", "created_at"],
        unique=False,
        sqlite_where=UNUSED,
        postgresql_where=UNUSED,
    )
    op.create_index(
        "occupancy_ending",
        "occupancy",
        ["organisation_id", "expires_at"],
        unique=False,
        sqlite_where=ENDING,
        postgresql_where=ENDING,
    )
    op.create_index(
        "idempotency_age", "idempotency", ["organisation_id", "created_at"], unique=False
    )


def downgrade() -> None:
    op.drop_index("idempotency_age", table_name="idempotency")
    op.drop_index("occupancy_ending", table_name="occupancy")
    op.drop_index("offer_unused", table_name="offer")
