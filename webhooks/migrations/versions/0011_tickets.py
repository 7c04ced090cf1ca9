"""What staff must see to, and what happened to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "ticket",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("issue", sa.String(), nullable=False),
        sa.Column("call_back", sa.String(), nullable=False),
        sa.Column("customer_name", sa.String(), nullable=False),
        sa.Column("folded_name", sa.String(), nullable=False),
        sa.Column("customer_phone", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('problem', 'dispute', 'refund', 'message', 'other')", name="ticket_kind"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="ticket_organisation_id_fkey"
        ),
        sa.PrimaryKeyConstraint("id", name="ticket_pkey"),
        sa.UniqueConstraint("organisation_id", "reference", name="ticket_reference"),
    )
    op.create_index("ticket_made", "ticket", ["organisation_id", "created_at", "id"])
    op.create_index("ticket_phone", "ticket", ["organisation_id", "customer_phone", "created_at"])
    op.create_index("ticket_call", "ticket", ["organisation_id", "call_id"])
    op.create_table(
        "ticket_event",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket_id", sa.BigInteger(), nullable=False),
        sa.Column("attempt_id", sa.BigInteger(), nullable=True),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("priority", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.CheckConstraint("status IN ('open', 'waiting', 'closed')", name="ticket_event_status"),
        sa.CheckConstraint(
            "priority IN ('low', 'normal', 'high', 'urgent')", name="ticket_event_priority"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="ticket_event_organisation_id_fkey"
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name="ticket_event_ticket_id_fkey"),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name="ticket_event_attempt_id_fkey"
        ),
        sa.PrimaryKeyConstraint("id", name="ticket_event_pkey"),
    )
    op.create_index("ticket_event_ticket", "ticket_event", ["organisation_id", "ticket_id", "id"])
    op.create_index("ticket_event_call", "ticket_event", ["organisation_id", "call_id"])


def downgrade() -> None:
    op.drop_table("ticket_event")
    op.drop_table("ticket")
