"""What is sold, the call's cart, and its checkout: the tools of whoever buys by telephone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from scheduling.business import Business
from scheduling.errors import ChangedMeanwhile, Invalid, LimitReached
from scheduling.values import CustomerDetails
from support.carts import Cart, TooManyOrders
from support.order_entry import MOST_OF_ONE
from support.order_values import PlacedOrder
from support.products import StockedProduct
from support.stock import NotInStock
from voice.call import CallContext
from voice.dialogue.goods import CartFact, CartLineFact, ProductFact
from voice.dialogue.goods_spoken import (
    say_goods,
    say_in_cart,
    say_offered,
    say_payment_page,
    say_product,
)
from voice.dialogue.speaking import phrase
from voice.spoken import list_of, say_number, say_phone, say_price, say_reference, sentences
from voice.tool_results import ToolResult
from voice.tools.arguments import clean_name, clean_phone, keyed, on_behalf
from voice.tools.orders import digits_of, order_document, order_fact, remember_order
from voice.tools.refusals import Incomplete, NotSold, SaidNo
from voice.understanding.asked_about import asks_how_many
from voice.understanding.goods.goods_said import tells_of_handing_over
from voice.understanding.goods.things_sold import goods_fitting, goods_sold
from voice.understanding.reading import Named

MOST_SHOWN = 3
NOT_SOLD = "I'm afraid that is nothing we sell."
IN_ALL = "in_all"


async def search_products(
    context: CallContext, *, query: str | None = None, most: str | None = None
) -> ToolResult:
    """Three at most of what fits the words and costs no more than `most`, cheapest first."""
    stocked = await context.shop.products(context.organisation.id, **on_behalf(context))
    found, limit = _fitting(query or "", stocked), _money(most)
    sold = bool(found)
    if limit is not None:
        found = [each for each in found if each.product.price <= limit]
    shown = sorted(found, key=lambda each: (each.left == 0, each.product.price))[:MOST_SHOWN]
    if shown:
        spoken = f"We have {_offered(context, shown)}."
    elif sold and limit is not None:
        spoken = f"For {say_price(limit, context.business.currency)} or less I have nothing."
    else:
        spoken = NOT_SOLD
    instead = [] if shown or not stocked else [each for each in stocked if each.left != 0]
    if instead := sorted(instead, key=lambda each: each.product.price)[:MOST_SHOWN]:
        spoken = f"{spoken} What we have is {_offered(context, instead)}."
    context.facts.products = [product_fact(each) for each in shown or instead]
    return ToolResult("search_products", spoken, {"products": _documents(context, shown)})


async def get_product_details(context: CallContext, *, product_id: str | None = None) -> ToolResult:
    """What one product costs, whether it is there, and what the business says of it."""
    found = await _product(context, product_id)
    fact = product_fact(found)
    remember_product(context, fact)
    counted = asks_how_many(context.text)
    spoken = say_product(context.business, fact, counted=counted)
    return ToolResult("get_product_details", spoken, {"products": _documents(context, [found])})


async def add_to_cart(
    context: CallContext,
    *,
    product_id: str | None = None,
    quantity: str | None = None,
    how: str | None = None,
) -> ToolResult:
    """So many more in the call's cart, or so many in all: none takes the product out."""
    found = await _product(context, product_id)
    count, of = _count(quantity), context.organisation.id
    shop, product = context.shop, found.product
    try:
        if how == IN_ALL:
            cart = await shop.set_quantity(of, product.id, count, **on_behalf(context))
        else:
            whom = keyed(context, f"add_to_cart:{product.id}")
            cart = await shop.add(of, product.id, count, **whom)
    except NotInStock as refused:
        return _not_in_stock(context, "add_to_cart", refused)
    except LimitReached as error:
        raise SaidNo("One order takes no more different things than that.") from error
    except Invalid as error:
        most = say_number(MOST_OF_ONE)
        raise Incomplete(f"One order takes at most {most} of a thing.") from error
    fact = remember_cart(context, cart)
    spoken = say_in_cart(context.business, fact)
    return ToolResult("add_to_cart", spoken, {"cart": _cart_document(cart)})


async def checkout(
    context: CallContext, *, name: str | None = None, phone: str | None = None
) -> ToolResult:
    """The cart as an order, at the total that was told last."""
    if not (name or context.facts.name):
        raise Incomplete("What name should I put it under?")
    customer = CustomerDetails(clean_name(name or context.facts.name), clean_phone(context, phone))
    known, of = context.facts.cart, context.organisation.id
    total = known.total if known is not None else None
    try:
        order = await context.shop.check_out(of, customer, total, **keyed(context, "checkout"))
    except NotInStock as refused:
        return _not_in_stock(context, "checkout", refused)
    except TooManyOrders as error:
        raise SaidNo(_too_many(context)) from error
    except ChangedMeanwhile as error:
        remember_cart(context, await context.shop.cart(of, **on_behalf(context)))
        raise SaidNo("The price has changed meanwhile.") from error
    except Invalid as error:
        if known is None or not known.lines:
            raise Incomplete("There is nothing in the order.") from error
        raise
    context.facts.cart = None
    if order.reference not in context.facts.proved_orders:
        context.facts.proved_orders.append(order.reference)
    remember_order(context, order_fact(order))
    goods = say_goods((line.quantity, line.product) for line in order.lines)
    price = say_price(order.total, order.currency)
    number = say_reference(order.reference)
    spoken = f"I've ordered {goods} for {price}; your order number is {number}. "
    spoken += _what_next(context.business, order)
    return ToolResult("checkout", spoken, {"order": order_document(context, order)})


def _what_next(business: Business, order: PlacedOrder) -> str:
    """How it is paid, and how it comes to the customer where the file tells that of the goods."""
    page = say_payment_page(business, order.reference)
    paid = phrase("pay_by_link" if page else "pay_at_desk", page=page)
    bought = {line.product_id for line in order.lines}
    notes = {each.note for each in business.products if each.id in bought}
    told = [each for note in notes for each in sentences(note) if tells_of_handing_over(each)]
    return " ".join([paid, *told[:1]])


def product_fact(stocked: StockedProduct) -> ProductFact:
    """The product as the call keeps it."""
    product = stocked.product
    return ProductFact(
        product_id=product.id,
        name=product.name,
        price=product.price,
        left=stocked.left,
        note=product.note,
    )


def remember_product(context: CallContext, fact: ProductFact) -> None:
    """The caller has heard of it as it is now."""
    known = [each for each in context.facts.products if each.product_id != fact.product_id]
    context.facts.products = [*known, fact]


def remember_cart(context: CallContext, cart: Cart) -> CartFact:
    """The call's cart as it is now."""
    lines = tuple(
        CartLineFact(
            product_id=line.product_id,
            name=line.product,
            quantity=line.quantity,
            price=line.price,
        )
        for line in cart.lines
    )
    context.facts.cart = CartFact(lines=lines, total=cart.total)
    return context.facts.cart


async def _product(context: CallContext, called: str | None) -> StockedProduct:
    """By id or by what it is called; `NotFound` names what there is."""
    if not called:
        raise Incomplete("Which product is it?")
    stocked = await context.shop.products(context.organisation.id, **on_behalf(context))
    exact = [each for each in stocked if each.product.id == called]
    named = goods_sold(called, _named(stocked)) if not exact else ()
    found = exact or [each for each in stocked if each.product.id in named]
    if len(found) == 1:
        return found[0]
    if found:
        names = list_of([each.product.name.lower() for each in found], "or")
        raise Incomplete(f"Which one is it, the {names}?")
    raise NotSold(NOT_SOLD, candidates=[each.product.name for each in stocked])


def _named(stocked: Iterable[StockedProduct]) -> tuple[Named, ...]:
    return tuple(
        Named(each.product.id, (each.product.name, *each.product.also)) for each in stocked
    )


def _fitting(query: str, stocked: Sequence[StockedProduct]) -> list[StockedProduct]:
    """Those that the words name, or whose category or description they speak of; all of them,
    where they name no thing at all."""
    named = goods_sold(query, _named(stocked))
    if not named:
        about = {
            each.product.id: f"{each.product.category} {each.product.note}" for each in stocked
        }
        named = goods_fitting(query, about)
    return [each for each in stocked if each.product.id in named]


def _not_in_stock(context: CallContext, tool: str, refused: NotInStock) -> ToolResult:
    """How many can be had, as the caller hears and the dialogue keeps it."""
    found = StockedProduct(refused.product, refused.left)
    remember_product(context, product_fact(found))
    spoken = say_left(refused)
    facts = {
        "refused": {"code": refused.code, "message": spoken},
        "products": _documents(context, [found]),
    }
    return ToolResult(tool, spoken, facts, refused.code)


def say_left(refused: NotInStock) -> str:
    """How many there are, where it is fewer than were wanted."""
    name = refused.product.name.lower()
    if not refused.left:
        return f"I'm sorry, there is no {name} to be had just now."
    return f"I'm sorry, of the {name} I can give you only {say_number(refused.left)} just now."


def _too_many(context: CallContext) -> str:
    phone = context.business.phone
    reach = f" A person answers at {say_phone(phone)}." if phone else ""
    return f"I can't take any more orders from here just now.{reach}"


def _offered(context: CallContext, stocked: Sequence[StockedProduct]) -> str:
    return say_offered(context.business, [product_fact(each) for each in stocked])


def _documents(context: CallContext, found: Iterable[StockedProduct]) -> list[dict[str, Any]]:
    currency = context.business.currency
    return [
        {
            "product_id": each.product.id,
            "name": each.product.name,
            "price": digits_of(each.product.price, currency),
            "currency": currency,
            "category": each.product.category,
            "left": each.left,
            "note": each.product.note,
        }
        for each in found
    ]


def _cart_document(cart: Cart) -> dict[str, Any]:
    """The contract's `cart`."""
    return {
        "lines": [
            {
                "product_id": line.product_id,
                "product": line.product,
                "quantity": line.quantity,
                "price": digits_of(line.price, cart.currency),
                "held": line.held_until is not None,
            }
            for line in cart.lines
        ],
        "total": digits_of(cart.total, cart.currency),
        "currency": cart.currency,
    }


def _count(said: str | None) -> int:
    text = (said or "1").strip()
    if not text.removeprefix("-").isdecimal():
        raise Incomplete("How many would you like?")
    return int(text)


def _money(said: str | None) -> Decimal | None:
    try:
        amount = Decimal((said or "").strip())
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount >= 0 else None
