"""Who asked to be forgotten stands in rows of its own, until it is done: a wish that only the facts
of a call knew of was lost with a call that never ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

CARRY_OVER = """
INSERT INTO forgetting_wish
    (organisation_id, call_id, attempt_id, door, credential, phone, asked_at)
SELECT turn.organisation_id, turn.call_id, turn.attempt_id, call.door, call.credential,
    call.known_phone, turn.opened_at
FROM turn JOIN call ON call.call_id = turn.call_id
WHERE call.known_phone IS NOT NULL AND call.end_reason <> 'forgotten'
    AND turn.state NOT IN ('undone', 'withdrawn')
    AND REPLACE(CAST(turn.facts AS TEXT), ' ', '') LIKE '%"forget":true%'
"""


def upgrade() -> None:
    op.create_table(
        "forgetting_wish",
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("attempt_id", sa.BigInteger(), nullable=False),
        sa.Column("door", sa.String(), nullable=False),
        sa.Column("credential", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="forgetting_wish_organisation_id_fkey",
        ),
        sa.PrimaryKeyConstraint(
            "organisation_id", "call_id", "attempt_id", name="forgetting_wish_pkey"
        ),
    )
    # A colon before a word would be read as a parameter.
    op.execute(sa.text(CARRY_OVER.replace(":true", "\\:true")))


def downgrade() -> None:
    op.drop_table("forgetting_wish")
