"""What server processes share, and the row that proves the disk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shared_key",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="shared_key_pkey"),
    )
    op.create_table(
        "used_signature",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="used_signature_pkey"),
    )
    op.create_index("used_signature_age", "used_signature", ["used_at"], unique=False)
    op.create_table(
        "disk_proof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("writes", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name="disk_proof_single"),
        sa.PrimaryKeyConstraint("id", name="disk_proof_pkey"),
    )


def downgrade() -> None:
    op.drop_table("disk_proof")
    op.drop_table("used_signature")
    op.drop_table("shared_key")
