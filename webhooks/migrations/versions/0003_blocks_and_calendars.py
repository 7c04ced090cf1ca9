"""What staff make: blocks of time, and addresses at which calendars are read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
GUARD = sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'occupancy'")


def upgrade() -> None:
    op.create_table(
        "block",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("provider_id", sa.String(), nullable=False),
        sa.Column("resource_key", sa.String(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.Column("end_at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("lifted_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("end_at > start_at", name="block_span"),
        sa.CheckConstraint("provider_id = '' OR resource_key = ''", name="block_subject"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="block_organisation_id_fkey"
        ),
        sa.PrimaryKeyConstraint("id", name="block_pkey"),
        sa.UniqueConstraint("organisation_id", "code", name="block_code"),
    )
    op.create_index("block_end", "block", ["organisation_id", "end_at"], unique=False)
    op.create_table(
        "calendar",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("provider_id", sa.String(), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("with_names", sa.Boolean(), nullable=False),
        sa.Column("with_phones", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="calendar_organisation_id_fkey"
        ),
        sa.PrimaryKeyConstraint("id", name="calendar_pkey"),
    )
    op.create_index("calendar_of", "calendar", ["organisation_id", "provider_id"], unique=False)
    # Added in place, reference and all: rebuilding the table would drop what refuses overlaps.
    op.add_column(
        "occupancy",
        sa.Column(
            "block_id",
            sa.BigInteger(),
            sa.ForeignKey("block.id", name="occupancy_block_id_fkey"),
            nullable=True,
        ),
        inline_references=True,
    )
    op.create_index("occupancy_block", "occupancy", ["organisation_id", "block_id"], unique=False)


def downgrade() -> None:
    op.drop_index("occupancy_block", table_name="occupancy")
    if op.get_bind().dialect.name == "sqlite":
        guard = op.get_bind().execute(GUARD).scalars().all()
        with op.batch_alter_table("occupancy") as occupancy:
            occupancy.drop_column("block_id")
        for trigger in guard:
            op.execute(trigger)
    else:
        op.drop_column("occupancy", "block_id")
    op.drop_table("calendar")
    op.drop_table("block")
