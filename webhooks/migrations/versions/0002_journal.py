"""The journal: calls, attempts at their turns, tool calls, and what clients send back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "call",
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("credential", sa.String(), nullable=False),
        sa.Column("known_phone", sa.String(), nullable=True),
        sa.Column("claimed_phone", sa.String(), nullable=True),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=True),
        sa.Column("facts_after", sa.BigInteger(), nullable=False),
        sa.Column("greeted", sa.Boolean(), nullable=False),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.Column("false_claims", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="call_organisation_id_fkey"
        ),
        sa.PrimaryKeyConstraint("call_id", name="call_pkey"),
    )
    op.create_index(
        "call_started", "call", ["organisation_id", "started_at", "call_id"], unique=False
    )
    op.create_table(
        "turn",
        sa.Column("attempt_id", ROW_ID, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("parts_heard", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("timings", sa.JSON(), nullable=False),
        sa.Column("kept_back", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state IN ('running', 'answered', 'cut', 'withdrawn', 'undone')", name="turn_state"
        ),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name="turn_attempt_id_fkey"),
        sa.ForeignKeyConstraint(["call_id"], ["call.call_id"], name="turn_call_id_fkey"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="turn_organisation_id_fkey"
        ),
        sa.PrimaryKeyConstraint("attempt_id", name="turn_pkey"),
    )
    op.create_index("turn_call", "turn", ["organisation_id", "call_id", "attempt_id"], unique=False)
    op.create_table(
        "tool_call",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("attempt_id", sa.BigInteger(), nullable=True),
        sa.Column("delivered_as", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name="tool_call_attempt_id_fkey"),
        sa.ForeignKeyConstraint(["call_id"], ["call.call_id"], name="tool_call_call_id_fkey"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="tool_call_organisation_id_fkey"
        ),
        sa.PrimaryKeyConstraint("id", name="tool_call_pkey"),
        sa.UniqueConstraint(
            "organisation_id", "call_id", "delivered_as", name="tool_call_delivered"
        ),
    )
    op.create_index(
        "tool_call_call", "tool_call", ["organisation_id", "call_id", "id"], unique=False
    )
    op.create_table(
        "continuation",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("credential", sa.String(), nullable=False),
        sa.Column("heard", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["call_id"], ["call.call_id"], name="continuation_call_id_fkey"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="continuation_organisation_id_fkey"
        ),
        sa.PrimaryKeyConstraint("id", name="continuation_pkey"),
    )
    op.create_index(
        "continuation_heard",
        "continuation",
        ["organisation_id", "credential", "heard"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("continuation")
    op.drop_table("tool_call")
    op.drop_table("turn")
    op.drop_table("call")
