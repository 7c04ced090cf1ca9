"""The tools of the specialists: what a model is told of those that act on the shop and tickets."""

from __future__ import annotations

from voice.tools.declaring import declare
from voice.tools.orders import lookup_order
from voice.tools.refunds import process_refund
from voice.tools.sales import add_to_cart, checkout, get_product_details, search_products
from voice.tools.tickets import create_ticket

_ORDER = "The order's number, 4 to 12 letters and digits."
_ITEMS = "Line numbers of the order, each with its quantity: '1x2, 3x1'; leave out for all."
_USED = "Whether any of it was opened or used, once the caller has said."
_PRODUCT = "The product's id, from search_products, or its name."
_YES_OR_NO = ("yes", "no")

SHOP_TOOLS = (
    declare(
        lookup_order,
        "The caller's orders: where they are, what was paid, what can be refunded. Needs the name "
        "where the caller's number is known, else name and order number. With items and used it "
        "tells how much a refund of just that would be.",
        {},
        {
            "reference": _ORDER,
            "name": "The name that the order is under.",
            "items": _ITEMS,
            "used": _USED,
        },
        {"used": _YES_OR_NO},
    ),
    declare(
        process_refund,
        "Give money back for an order of a verified caller, as far as the business's rules allow. "
        "Only after the amount was read back and the caller agreed.",
        {"order_id": _ORDER, "reason": "Why, as the caller said it."},
        {"items": _ITEMS, "used": _USED},
        {"used": _YES_OR_NO},
    ),
    declare(
        create_ticket,
        "Write down for the team what cannot be done in this call: a problem, a dispute, a wish.",
        {
            "issue": "What it is about, in a sentence or two, with the order's number if any.",
            "priority": "How urgent it is.",
        },
        {
            "kind": "What sort of thing it is.",
            "call_back": "When they would like to be called, as the caller said it.",
        },
        {
            "priority": ("low", "normal", "high", "urgent"),
            "kind": ("problem", "dispute", "refund", "message", "other"),
        },
    ),
    declare(
        search_products,
        "What the business sells: three products at most, with price and stock. Only these exist.",
        {},
        {
            "query": "What the caller looks for, in their words; leave out for a look around.",
            "most": "The most it may cost, in digits: '20.00'.",
        },
    ),
    declare(
        get_product_details,
        "Price, stock and description of one product.",
        {"product_id": _PRODUCT},
    ),
    declare(
        add_to_cart,
        "Put a product into the caller's cart, which is held for them, or change how many are in "
        "it. Gives the whole cart and its total.",
        {"product_id": _PRODUCT, "quantity": "How many, in digits."},
        {
            "how": "'more' adds them to what is there, which is usual; 'in_all' makes it just so "
            "many, and 0 takes the product out.",
        },
        {"how": ("more", "in_all")},
    ),
    declare(
        checkout,
        "Make the cart an order. Only after goods, total and name were read back and the caller "
        "agreed. It is paid on the payment page or at the desk, never by telephone.",
        {"name": "The customer's name."},
        {"phone": "The customer's telephone number; leave out when the call has one."},
    ),
)
