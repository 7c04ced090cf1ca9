"""A booking's name is put right as its number is: both are the one effect, `amended`."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

BEFORE = "renumbered"
SINCE = "amended"


def upgrade() -> None:
    _rename(BEFORE, SINCE)


def downgrade() -> None:
    """What was done to a name can be undone under the old kind: the inverse names its columns."""
    _rename(SINCE, BEFORE)


def _rename(old: str, new: str) -> None:
    """The rows change between the constraint that knows the old kind and the one that knows the
    new one. SQLite cannot change a constraint: the table is made anew there."""
    with op.batch_alter_table("effect") as effect:
        effect.drop_constraint("effect_kind", type_="check")
    op.execute(f"UPDATE effect SET kind = '{new}' WHERE kind = '{old}'")
    op.execute(f"UPDATE booking_event SET what = '{new}' WHERE what = '{old}'")
    op.execute(f"UPDATE booking_event SET what = '{new} undone' WHERE what = '{old} undone'")
    with op.batch_alter_table("effect") as effect:
        effect.create_check_constraint(
            "effect_kind", f"kind IN ('booked', 'moved', 'cancelled', 'held', '{new}')"
        )
