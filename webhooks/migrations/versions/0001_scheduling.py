"""The scheduling store: who can be booked when, and what was agreed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BLOCKED = """SELECT RAISE(ABORT, 'occupancy_no_overlap') WHERE EXISTS (
    SELECT 1 FROM occupancy WHERE resource_id = NEW.resource_id AND start_at < NEW.end_at
    AND start_at > NEW.start_at - 86400 AND end_at > NEW.start_at"""
GUARD = {
    "sqlite": (
        "CREATE TRIGGER occupancy_no_overlap_insert BEFORE INSERT ON occupancy"
        f" BEGIN {BLOCKED}); END",
        "CREATE TRIGGER occupancy_no_overlap_update"
        " BEFORE UPDATE OF resource_id, start_at, end_at ON occupancy"
        f" BEGIN {BLOCKED} AND id <> NEW.id); END",
    ),
    # int8range over the resource makes the constraint need no extension.
    "postgresql": (
        "ALTER TABLE occupancy ADD CONSTRAINT occupancy_no_overlap EXCLUDE USING gist"
        " (int8range(resource_id, resource_id, '[]') WITH =, int8range(start_at, end_at) WITH &&)",
    ),
}


def upgrade() -> None:
    op.create_table(
        "clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_as", sa.String(), nullable=True),
        sa.Column("shift_seconds", sa.Float(), nullable=False),
        sa.CheckConstraint("id = 1", name="clock_single"),
        sa.PrimaryKeyConstraint("id", name="clock_pkey"),
    )
    op.create_table(
        "organisation",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="organisation_pkey"),
        sa.UniqueConstraint("slug", name="organisation_slug"),
    )
    op.create_table(
        "attempt",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("first_unheard", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("settles_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state IN ('running', 'delivered', 'settled', 'undone')", name="attempt_state"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="attempt_organisation_id_fkey"
        ),
        sa.PrimaryKeyConstraint("id", name="attempt_pkey"),
    )
    op.create_index("attempt_call", "attempt", ["organisation_id", "call_id", "id"], unique=False)
    op.create_table(
        "customer",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded_name", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="customer_organisation_id_fkey"
        ),
        sa.PrimaryKeyConstraint("id", name="customer_pkey"),
        sa.UniqueConstraint("organisation_id", "phone", "folded_name", name="customer_who"),
    )
    op.create_table(
        "resource",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="resource_organisation_id_fkey"
        ),
        sa.PrimaryKeyConstraint("id", name="resource_pkey"),
        sa.UniqueConstraint("organisation_id", "key", name="resource_key"),
    )
    op.create_table(
        "idempotency",
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("body_hash", sa.String(), nullable=False),
        sa.Column("response", sa.JSON(), nullable=True),
        sa.Column("attempt_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name="idempotency_attempt_id_fkey"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="idempotency_organisation_id_fkey"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "key", name="idempotency_pkey"),
    )
    op.create_table(
        "offer",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("attempt_id", sa.BigInteger(), nullable=True),
        sa.Column("service_id", sa.String(), nullable=False),
        sa.Column("provider_id", sa.String(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.Column("end_at", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("held_until", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "state IN ('live', 'replaced', 'booked', 'released')", name="offer_state"
        ),
        sa.CheckConstraint("end_at > start_at", name="offer_span"),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name="offer_attempt_id_fkey"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="offer_organisation_id_fkey"
        ),
        sa.ForeignKeyConstraint(["resource_id"], ["resource.id"], name="offer_resource_id_fkey"),
        sa.PrimaryKeyConstraint("id", name="offer_pkey"),
        sa.UniqueConstraint("organisation_id", "call_id", "code", name="offer_code"),
        sa.UniqueConstraint("organisation_id", "reference", name="offer_reference"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("attempt_id", sa.BigInteger(), nullable=True),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('booked', 'moved', 'cancelled')", name="outbox_kind"),
        sa.CheckConstraint("state IN ('waiting', 'void', 'sent')", name="outbox_state"),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name="outbox_attempt_id_fkey"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="outbox_organisation_id_fkey"
        ),
        sa.PrimaryKeyConstraint("id", name="outbox_pkey"),
    )
    op.create_index("outbox_attempt", "outbox", ["organisation_id", "attempt_id"], unique=False)
    op.create_index(
        "outbox_due", "outbox", ["organisation_id", "state", "not_before"], unique=False
    )
    op.create_table(
        "booking",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_name", sa.String(), nullable=False),
        sa.Column("folded_name", sa.String(), nullable=False),
        sa.Column("customer_phone", sa.String(), nullable=False),
        sa.Column("service_id", sa.String(), nullable=False),
        sa.Column("service_name", sa.String(), nullable=False),
        sa.Column("provider_id", sa.String(), nullable=False),
        sa.Column("provider_name", sa.String(), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.Column("end_at", sa.BigInteger(), nullable=False),
        sa.Column("booked_tz", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ical_uid", sa.String(), nullable=False),
        sa.Column("ical_sequence", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('booked', 'arrived', 'fulfilled', 'noshow', 'cancelled', 'withdrawn')",
            name="booking_status",
        ),
        sa.CheckConstraint("end_at > start_at", name="booking_span"),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name="booking_customer_id_fkey"),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name="booking_offer_id_fkey"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="booking_organisation_id_fkey"
        ),
        sa.PrimaryKeyConstraint("id", name="booking_pkey"),
        sa.UniqueConstraint("organisation_id", "ical_uid", name="booking_ical_uid"),
        sa.UniqueConstraint("organisation_id", "offer_id", name="booking_offer"),
        sa.UniqueConstraint("organisation_id", "reference", name="booking_reference"),
    )
    op.create_index("booking_call", "booking", ["organisation_id", "call_id"], unique=False)
    op.create_index(
        "booking_name", "booking", ["organisation_id", "folded_name", "start_at"], unique=False
    )
    op.create_index(
        "booking_phone", "booking", ["organisation_id", "customer_phone", "start_at"], unique=False
    )
    op.create_index("booking_start", "booking", ["organisation_id", "start_at", "id"], unique=False)
    op.create_table(
        "booking_event",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("booking_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.id"], name="booking_event_booking_id_fkey"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="booking_event_organisation_id_fkey"
        ),
        sa.PrimaryKeyConstraint("id", name="booking_event_pkey"),
    )
    op.create_index(
        "booking_event_booking",
        "booking_event",
        ["organisation_id", "booking_id", "id"],
        unique=False,
    )
    op.create_table(
        "effect",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("attempt_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("booking_id", sa.BigInteger(), nullable=True),
        sa.Column("inverse", sa.JSON(), nullable=False),
        sa.CheckConstraint("kind IN ('booked', 'moved', 'cancelled', 'held')", name="effect_kind"),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name="effect_attempt_id_fkey"),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name="effect_booking_id_fkey"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="effect_organisation_id_fkey"
        ),
        sa.PrimaryKeyConstraint("id", name="effect_pkey"),
    )
    op.create_index(
        "effect_attempt", "effect", ["organisation_id", "attempt_id", "id"], unique=False
    )
    op.create_table(
        "occupancy",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.Column("end_at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=True),
        sa.Column("booking_id", sa.BigInteger(), nullable=True),
        sa.Column("attempt_id", sa.BigInteger(), nullable=True),
        sa.Column("holder", sa.String(), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(kind = 'hold') = (holder IS NOT NULL)", name="occupancy_holder"),
        sa.CheckConstraint(
            "(kind IN ('booking', 'undo')) = (booking_id IS NOT NULL)", name="occupancy_booking"
        ),
        sa.CheckConstraint(
            "(kind IN ('hold', 'undo')) = (expires_at IS NOT NULL)", name="occupancy_expiry"
        ),
        sa.CheckConstraint("kind IN ('hold', 'booking', 'block', 'undo')", name="occupancy_kind"),
        sa.CheckConstraint("end_at - start_at <= 86400", name="occupancy_longest"),
        sa.CheckConstraint("end_at > start_at", name="occupancy_span"),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name="occupancy_attempt_id_fkey"),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.id"], name="occupancy_booking_id_fkey"),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name="occupancy_offer_id_fkey"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="occupancy_organisation_id_fkey"
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name="occupancy_resource_id_fkey"
        ),
        sa.PrimaryKeyConstraint("id", name="occupancy_pkey"),
    )
    op.create_index(
        "occupancy_booked", "occupancy", ["organisation_id", "booking_id"], unique=False
    )
    op.create_index("occupancy_held", "occupancy", ["organisation_id", "holder"], unique=False)
    op.create_index("occupancy_offer", "occupancy", ["organisation_id", "offer_id"], unique=False)
    op.create_index("occupancy_time", "occupancy", ["resource_id", "start_at"], unique=False)
    for statement in GUARD[op.get_bind().dialect.name]:
        op.execute(statement)
    op.execute("INSERT INTO clock (id, shift_seconds) VALUES (1, 0)")


def downgrade() -> None:
    op.drop_index("occupancy_time", table_name="occupancy")
    op.drop_index("occupancy_offer", table_name="occupancy")
    op.drop_index("occupancy_held", table_name="occupancy")
    op.drop_index("occupancy_booked", table_name="occupancy")
    op.drop_table("occupancy")
    op.drop_index("effect_attempt", table_name="effect")
    op.drop_table("effect")
    op.drop_index("booking_event_booking", table_name="booking_event")
    op.drop_table("booking_event")
    op.drop_index("booking_start", table_name="booking")
    op.drop_index("booking_phone", table_name="booking")
    op.drop_index("booking_name", table_name="booking")
    op.drop_index("booking_call", table_name="booking")
    op.drop_table("booking")
    op.drop_index("outbox_due", table_name="outbox")
    op.drop_index("outbox_attempt", table_name="outbox")
    op.drop_table("outbox")
    op.drop_table("offer")
    op.drop_table("idempotency")
    op.drop_table("resource")
    op.drop_table("customer")
    op.drop_index("attempt_call", table_name="attempt")
    op.drop_table("attempt")
    op.drop_table("organisation")
    op.drop_table("clock")
