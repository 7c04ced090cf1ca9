"""An attempt may change the number under which a booking's customer is reached."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BEFORE = "kind IN ('booked', 'moved', 'cancelled', 'held')"
SINCE = "kind IN ('booked', 'moved', 'cancelled', 'held', 'renumbered')"


def upgrade() -> None:
    _allow(SINCE)


def downgrade() -> None:
    op.execute("DELETE FROM effect WHERE kind = 'renumbered'")
    _allow(BEFORE)


def _allow(kinds: str) -> None:
    """SQLite cannot change a constraint: the table is made anew there."""
    with op.batch_alter_table("effect") as effect:
        effect.drop_constraint("effect_kind", type_="check")
        effect.create_check_constraint("effect_kind", kinds)
