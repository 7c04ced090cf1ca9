"""What answers an incoming call: a stored assistant, one made for this call, or a person."""

from __future__ import annotations

from typing import Any

from scheduling.business import Business
from webhooks.settings import Settings

TRANSIENT_SERVER_MESSAGES = (
    "status-update",
    "end-of-call-report",
    "tool-calls",
    "transfer-destination-request",
    "hang",
)
NOBODY_ANSWERS = "I'm sorry, we can't take your call right now. Please try again a little later."


def assistant_answer(business: Business, settings: Settings, greeting: str) -> dict[str, Any]:
    """Exactly one of the answers that Vapi takes to an assistant request."""
    if business.assistants:
        overrides: dict[str, Any] = {
            "variableValues": {"business": business.name, "timezone": business.timezone}
        }
        if greeting:
            overrides["firstMessage"] = greeting
        return {"assistantId": business.assistants[0], "assistantOverrides": overrides}
    if settings.public_url is not None:
        return {"assistant": transient_assistant(business, settings, greeting)}
    return person_answer(business)


def person_answer(business: Business | None) -> dict[str, Any]:
    """The telephone of the business, or a sentence when it has none; needs no store."""
    if business is not None and business.phone is not None:
        return {"destination": number_destination(business.phone)}
    return {"error": NOBODY_ANSWERS}


def number_destination(
    number: str, *, message: str | None = None, summary: str = ""
) -> dict[str, Any]:
    """A person's telephone, as every door of Vapi takes it; an empty message announces nothing to
    the caller. The summary is said to whoever picks up, where the line can do that (Twilio's);
    elsewhere the call is put through without it."""
    destination: dict[str, Any] = {"type": "number", "number": number}
    if message is not None:
        destination["message"] = message
    if summary:
        plan = {"mode": "warm-transfer-say-message", "message": summary}
        destination["transferPlan"] = plan
    return destination


def transient_assistant(business: Business, settings: Settings, greeting: str) -> dict[str, Any]:
    """An assistant for one call whose model is this server; voice and ears are Vapi's defaults.

    Its server is left out: messages then go to the number's own, which already knows our secret.
    """
    tools: list[dict[str, Any]] = [{"type": "endCall"}]
    if business.phone is not None:
        # Without a destination Vapi asks us for it: then there is something to tell the person.
        tools.append({"type": "transferCall", "destinations": []})
    model: dict[str, Any] = {
        "provider": "custom-llm",
        "url": f"{settings.public_url}/vapi",
        "model": "ringbook",
        "metadataSendMode": "variable",
        "messages": [{"role": "system", "content": f"You answer for {business.name}."}],
        "tools": tools,
    }
    if settings.vapi_secret is not None:
        # The one way to authenticate a model without a stored credential.
        model["headers"] = {"X-Vapi-Secret": settings.vapi_secret.get_secret_value()}
    return {
        "name": business.name[:40],
        "firstMessage": greeting or f"{business.name}, how can I help?",
        "model": model,
        "serverMessages": list(TRANSIENT_SERVER_MESSAGES),
        "backgroundSound": "off",
        "keypadInputPlan": {"enabled": True, "delimiters": "#", "timeoutSeconds": 2},
    }
