"""The index by which the bookings of the last hour are counted."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("booking_made", "booking", ["organisation_id", "created_at"], unique=False)


def downgrade() -> None:
    op.drop_index("booking_made", table_name="booking")
