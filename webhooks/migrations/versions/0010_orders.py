"""What is sold: orders with their history, payments, refunds, carts of calls and counted stock."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("stock_count", "cart_entry", "refund", "payment", "order_event", "placed_order")


def upgrade() -> None:
    _create_orders()
    _create_events()
    _create_money()
    _create_carts()
    op.create_table(
        "stock_count",
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.String(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("business_version", sa.Integer(), nullable=False),
        sa.Column("after_entry", sa.BigInteger(), nullable=False),
        _of("stock_count", "organisation"),
        sa.PrimaryKeyConstraint("organisation_id", "product_id", name="stock_count_pkey"),
    )


def _create_orders() -> None:
    op.create_table(
        "placed_order",
        *_ids(),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("customer_name", sa.String(), nullable=False),
        sa.Column("folded_name", sa.String(), nullable=False),
        sa.Column("customer_phone", sa.String(), nullable=False),
        sa.Column("placed_at", sa.BigInteger(), nullable=False),
        sa.Column("delivered_at", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("attempt_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('placed', 'shipped', 'delivered', 'returned', 'cancelled')",
            name="placed_order_status",
        ),
        _of("placed_order", "organisation"),
        _of("placed_order", "attempt"),
        sa.PrimaryKeyConstraint("id", name="placed_order_pkey"),
        sa.UniqueConstraint("organisation_id", "reference", name="placed_order_reference"),
    )
    _index("placed_order_placed", "placed_order", "placed_at", "id")
    _index("placed_order_phone", "placed_order", "customer_phone", "placed_at")
    _index("placed_order_call", "placed_order", "call_id", "created_at")


def _create_events() -> None:
    op.create_table(
        "order_event",
        *_ids(),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("attempt_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        _of("order_event", "organisation"),
        _of("order_event", "attempt"),
        _of("order_event", "placed_order", by="order_id"),
        sa.PrimaryKeyConstraint("id", name="order_event_pkey"),
    )
    _index("order_event_order", "order_event", "order_id", "id")


def _create_money() -> None:
    op.create_table(
        "payment",
        *_ids(),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.String(), nullable=False),
        sa.Column("paid_at", sa.BigInteger(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        _of("payment", "organisation"),
        _of("payment", "placed_order", by="order_id"),
        sa.PrimaryKeyConstraint("id", name="payment_pkey"),
    )
    _index("payment_order", "payment", "order_id", "id")
    op.create_table(
        "refund",
        *_ids(),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("order_version", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.String(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        _of("refund", "organisation"),
        _of("refund", "attempt"),
        _of("refund", "placed_order", by="order_id"),
        sa.PrimaryKeyConstraint("id", name="refund_pkey"),
        sa.UniqueConstraint("organisation_id", "order_id", "order_version", name="refund_once"),
    )


def _create_carts() -> None:
    op.create_table(
        "cart_entry",
        *_ids(),
        sa.Column("call_id", sa.String(), nullable=False),
        sa.Column("product_id", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("sold", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.Column("attempt_id", sa.BigInteger(), nullable=True),
        sa.Column("held_until", sa.BigInteger(), nullable=True),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity >= 0 AND sold >= 0", name="cart_entry_counts"),
        sa.CheckConstraint("(sold > 0) = (order_id IS NOT NULL)", name="cart_entry_sold"),
        _of("cart_entry", "organisation"),
        _of("cart_entry", "attempt"),
        _of("cart_entry", "placed_order", by="order_id"),
        sa.PrimaryKeyConstraint("id", name="cart_entry_pkey"),
    )
    _index("cart_entry_product", "cart_entry", "product_id", "held_until")
    _index("cart_entry_call", "cart_entry", "call_id", "id")
    _index("cart_entry_age", "cart_entry", "created_at")


def _ids() -> tuple[sa.Column[int], ...]:
    return (
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
    )


def _of(table: str, other: str, *, by: str = "") -> sa.ForeignKeyConstraint:
    """The reference from a column, `<other>_id` unless named, to another table's rows."""
    column = by or f"{other}_id"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"{table}_{column}_fkey")


def _index(name: str, table: str, *columns: str) -> None:
    op.create_index(name, table, ["organisation_id", *columns], unique=False)


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
