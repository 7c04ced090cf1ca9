"""The words of acts on an appointment: each is said only when the store backs that act."""

from __future__ import annotations

BOOKED = frozenset(
    """set made fixed arranged organised organized settled secure secured locked saved stored
    recorded registered logged entered created added placed granted squared signed sealed
    nailed pinned official yours pencilled penciled blocked marked written guaranteed active
    live valid posted filed submitted allocated assigned claimed confirmed booked reserved
    scheduled ensured penned slotted popped squeezed jotted slated lined snagged grabbed
    bagged earmarked expecting happening happens awaiting""".split()
)
"""An appointment came to be, or is."""
DONE = frozenset(
    """done complete completed finished final finalised finalized successful successfully success
    handled processed accepted approved sorted wrapped through took taken""".split()
)
"""Something was done; what it was is the matter in hand."""
CANCELLED = frozenset(
    """cancelled canceled removed deleted dropped scrapped erased released voided annulled withdrawn
    revoked wiped undone freed struck pulled dissolved cleared binned axed nixed""".split()
)
MOVED = frozenset(
    """moved rescheduled rebooked re-booked changed switched shifted pushed swapped bumped updated
    adjusted amended modified postponed delayed advanced rearranged brought""".split()
)
PAID = frozenset(
    """waived refunded charged credited knocked discounted reimbursed paid refund discount deposit
    fee fees voucher""".split()
)
MESSAGES = frozenset(
    """text texts texted texting email emails e-mail e-mails emailed e-mailed mail mailed message
    messages messaged sms send sends sending sent confirmation reminder reminders remind
    reminded notify notified notification invite invitation ring rings rang contact contacts
    contacted called phoned inform informed alert alerted flag flagged forwarded letter touch
    whatsapp inbox link pass passed""".split()
)
"""Nothing here sends any."""
BOOKS = "calendar|schedule|books?|diary|list|agenda|system|roster|planner|register|records?"
MATTERS = "appointment|booking|visit|reservation|session|slot|spot|place"
DETAILS = frozenset(
    """name number phone details email spelling address question note times options question
    questions words date birthday surname reference""".split()
)
