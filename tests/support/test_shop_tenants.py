"""What one organisation sold is nothing to another: not to read, not to change."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable

import pytest

from scheduling.errors import Refusal
from scheduling.values import Organisation
from support.order_values import OrderFilter
from support.shop import Shop
from tests.scheduling.willow import JANE
from tests.support.goods import UNUSED, bought, in_cart

Case = Callable[[Shop, int], Awaitable[object]]
SHOP: dict[str, Case] = {
    "products": lambda shop, of: shop.products(of, call_id="call"),
    "cart": lambda shop, of: shop.cart(of, call_id="call"),
    "add": lambda shop, of: shop.add(of, "floss", call_id="call"),
    "set_quantity": lambda shop, of: shop.set_quantity(of, "floss", 3, call_id="call"),
    "check_out": lambda shop, of: shop.check_out(of, JANE, call_id="call"),
    "release": lambda shop, of: shop.release(of, "call"),
    "bring_in": lambda shop, of: shop.bring_in(of, bought("12345", lines=())),
    "find": lambda shop, of: shop.find(of, OrderFilter(reference="12345")),
    "history": lambda shop, of: shop.history(of, "12345"),
    "set_status": lambda shop, of: shop.set_status(of, "12345", "shipped"),
    "pay": lambda shop, of: shop.pay(of, "12345"),
    "payments": lambda shop, of: shop.payments(of, "12345"),
    "refundable": lambda shop, of: shop.refundable(of, "12345", UNUSED),
    "refund": lambda shop, of: shop.refund(of, "12345", UNUSED),
    "forget": lambda shop, of: shop.forget(of, str(JANE.phone)),
}
NOT_REFUSED = {"products", "cart", "release", "find", "forget"}
"""They find nothing."""


def test_every_function_of_the_shop_takes_an_organisation_first_and_is_tried_below() -> None:
    public = [name for name, _ in inspect.getmembers(Shop, inspect.isfunction) if name[0] != "_"]
    for name in public:
        _, first, *_ = inspect.signature(getattr(Shop, name)).parameters
        assert first == "organisation_id", name
    assert set(public) == SHOP.keys()


@pytest.mark.parametrize("name", SHOP)
async def test_nothing_of_one_organisation_s_is_another_s(
    shop: Shop, clinic: Organisation, other_shop: Organisation, name: str
) -> None:
    order = await shop.bring_in(clinic.id, bought("12345"))
    cart = await shop.add(clinic.id, "floss", 2, call_id="call")
    try:
        found = await SHOP[name](shop, other_shop.id)
    except Refusal:
        assert name not in NOT_REFUSED
    else:
        assert name in NOT_REFUSED
        assert "12345" not in str(found)
        assert "floss" not in str(found)
    assert (await shop.history(clinic.id, "12345"))[0] == order
    assert await shop.cart(clinic.id, call_id="call") == cart
    assert in_cart(cart) == {"floss": 2}
