"""What a booking promised on the business's clock, kept beside the instant."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

AT_ONCE = 1000
READ = sa.text(
    "SELECT id, start_at, booked_tz FROM booking WHERE id > :after ORDER BY id LIMIT :at_once"
)
FILL = sa.text("UPDATE booking SET local_start = :local_start WHERE id = :id")


def upgrade() -> None:
    op.add_column("booking", sa.Column("local_start", sa.String(), nullable=True))
    connection, after = op.get_bind(), 0
    while rows := connection.execute(READ, {"after": after, "at_once": AT_ONCE}).all():
        connection.execute(FILL, [{"id": row.id, "local_start": on_the_clock(row)} for row in rows])
        after = rows[-1].id


def downgrade() -> None:
    op.drop_column("booking", "local_start")


def on_the_clock(row: sa.Row[tuple[int, int, str]]) -> str:
    """By the zone that it was booked in, as its rules are today: what was said then is lost."""
    return f"{datetime.fromtimestamp(row.start_at, ZoneInfo(row.booked_tz)):%Y-%m-%dT%H:%M}"
