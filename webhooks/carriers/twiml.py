"""What a carrier is told to do with a call, in TwiML."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def stream_twiml(socket_address: str, *, token: str) -> str:
    """Open a media stream to us; when we close it, the call ends."""
    parameter = f'<Parameter name="token" value={quoteattr(token)}/>'
    stream = f"<Stream url={quoteattr(socket_address)}>{parameter}</Stream>"
    return f"{_HEAD}<Response><Connect>{stream}</Connect><Hangup/></Response>"


def dial_twiml(number: str, *, then: str) -> str:
    """Put the caller through to a person; what came of it is told to the address `then`, which
    says how the call goes on."""
    dial = f"<Dial action={quoteattr(then)}>{escape(number)}</Dial>"
    return f"{_HEAD}<Response>{dial}</Response>"


def say_twiml(sentence: str) -> str:
    """The carrier's own voice says one sentence, then the call ends."""
    return f"{_HEAD}<Response><Say>{escape(sentence)}</Say><Hangup/></Response>"


def hang_up_twiml() -> str:
    """The call ends."""
    return f"{_HEAD}<Response><Hangup/></Response>"
