"""process_refund: money goes back for an order, once, as far as the business's rules give it."""

from __future__ import annotations

from scheduling.business import Business
from scheduling.errors import Invalid, NotAllowed
from support.faq import best_faq
from support.refunds import NotRefundable, Refund, RefundRefused, RefundWish
from voice.call import CallContext
from voice.dialogue.goods import RefundFact, written_lines
from voice.dialogue.goods_spoken import say_goods
from voice.no_refund import say_no_refund
from voice.spoken import say_price, sentences
from voice.tool_results import ToolResult
from voice.tools.arguments import keyed
from voice.tools.offering import local
from voice.tools.orders import (
    digits_of,
    order_document,
    order_fact,
    owned_order,
    read_lines,
    read_used,
    remember_order,
)
from voice.tools.refusals import Incomplete, SaidNo

NEXT_STEPS = "How is a refund paid out?"
"""What of the business's own policies is told once money goes back."""
SURE_OF_STEPS = 0.6
USED = "Has any of it been opened or used?"


async def process_refund(
    context: CallContext,
    *,
    order_id: str | None = None,
    reason: str | None = None,
    items: str | None = None,
    used: str | None = None,
) -> ToolResult:
    """All of an order of this caller, or some lines of it; the same twice in a call is once."""
    order = await owned_order(context, order_id)
    lines = read_lines(order, items)
    written = written_lines(tuple((each.number, each.quantity) for each in lines))
    made = next(
        (each for each in context.facts.refunds if _same(each, order.reference, written)), None
    )
    if made is not None:
        spoken = f"{say_price(made.amount, order.currency)} of it went back in this call already."
        facts = {"refund": _document(made, order.currency), "order": order_document(context, order)}
        return ToolResult("process_refund", spoken, facts)
    whom = keyed(context, "process_refund")
    whom["reason"] = (reason or "").strip()[:200]
    wish = RefundWish(lines, read_used(used))
    try:
        refund = await context.shop.refund(context.organisation.id, order.reference, wish, **whom)
    except RefundRefused as refused:
        raise _worded(context.business, refused.verdict) from refused
    except Invalid as error:
        raise Incomplete("There are not so many of that in the order.") from error
    except NotAllowed as error:
        raise SaidNo("That order was changed meanwhile; I can't refund it just now.") from error
    return await _told(context, refund, written)


def _same(made: RefundFact, reference: str, items: str) -> bool:
    return made.reference == reference and made.items == items


def _worded(business: Business, verdict: NotRefundable) -> Incomplete | SaidNo:
    if verdict.why == "use_unknown":
        return Incomplete(USED)
    return SaidNo(say_no_refund(business, verdict.why, verdict.last_day))


async def _told(context: CallContext, refund: Refund, written: str) -> ToolResult:
    order = await owned_order(context, refund.reference)
    names = {line.number: line.product for line in order.lines}
    made = RefundFact(reference=refund.reference, items=written, amount=refund.amount)
    context.facts.refunds.append(made)
    payments = await context.shop.payments(context.organisation.id, order.reference)
    remember_order(context, order_fact(order, payments))
    goods = say_goods((each.quantity, names[each.number]) for each in refund.lines)
    spoken = f"I've refunded {say_price(refund.amount, refund.currency)} for {goods}."
    steps = best_faq(context.business.policies, NEXT_STEPS, least_share=SURE_OF_STEPS)
    if steps is not None:
        spoken = f"{spoken} {sentences(' '.join(steps.answer.split()))[0]}"
    facts = {
        "refund": {
            **_document(made, refund.currency),
            "at": local(context, refund.at).isoformat(),
            "lines": [{"number": each.number, "quantity": each.quantity} for each in refund.lines],
        },
        "order": order_document(context, order),
    }
    return ToolResult("process_refund", spoken, facts)


def _document(made: RefundFact, currency: str) -> dict[str, str]:
    """The contract's `refund`."""
    return {
        "order": made.reference,
        "amount": digits_of(made.amount, currency),
        "currency": currency,
    }
