"""Which turn a turn goes on from, as whom a booking counts, and wrong tries over all calls."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

FOLLOW = sa.text(
    "UPDATE turn SET follows = (SELECT max(before.attempt_id) FROM turn AS before"
    " WHERE before.organisation_id = turn.organisation_id AND before.call_id = turn.call_id"
    " AND before.attempt_id < turn.attempt_id AND before.state IN ('answered', 'cut'))"
)

COUNTED_AS = sa.text(
    "UPDATE booking SET counted_as = CASE"
    " WHEN call_id <> '' THEN coalesce((SELECT known_phone FROM call"
    " WHERE call.call_id = booking.call_id), 'call:' || call_id)"
    " WHEN customer_phone <> '' THEN customer_phone"
    " ELSE 'name:' || folded_name END"
)


def upgrade() -> None:
    op.add_column("turn", sa.Column("follows", sa.BigInteger(), nullable=True))
    op.add_column("turn", sa.Column("lines_digest", sa.String(), nullable=True))
    op.execute(FOLLOW)
    counted = sa.Column("counted_as", sa.String(), nullable=False, server_default="")
    op.add_column("booking", counted)
    op.execute(COUNTED_AS)
    op.create_index("booking_counted", "booking", ["organisation_id", "counted_as", "start_at"])
    op.create_table(
        "wrong_try",
        sa.Column(
            "organisation_id", sa.BigInteger(), sa.ForeignKey("organisation.id"), primary_key=True
        ),
        sa.Column("subject", sa.String(), primary_key=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
    )
    op.create_index("wrong_try_since", "wrong_try", ["organisation_id", "since"])


def downgrade() -> None:
    op.drop_table("wrong_try")
    op.drop_index("booking_counted", "booking")
    op.drop_column("booking", "counted_as")
    op.drop_column("turn", "lines_digest")
    op.drop_column("turn", "follows")
