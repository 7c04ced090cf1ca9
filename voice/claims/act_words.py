"""The words of acts on an appointment, and of what is harmless."""

from __future__ import annotations

STATES = frozenset(
    """set made done complete completed finished final finalised finalized fixed arranged organised
    organized sorted settled secure secured locked saved stored recorded registered logged entered
    created added placed processed approved accepted granted through handled squared wrapped signed
    sealed nailed pinned official yours pencilled penciled successful happening blocked marked
    written guaranteed active live valid posted filed submitted allocated assigned claimed confirmed
    booked reserved scheduled ensured success""".split()
)
"""What is, or has been, done with an appointment."""
ANY_ACT = frozenset(
    """done complete completed finished successful success handled processed through accepted
    approved care""".split()
)
"""States that do not say which act it was."""
CANCELLED = frozenset(
    """cancelled canceled removed deleted dropped scrapped erased released voided annulled withdrawn
    revoked wiped undone freed off struck pulled dissolved cleared""".split()
)
MOVED = frozenset(
    """moved rescheduled rebooked re-booked changed switched shifted pushed swapped bumped updated
    adjusted amended modified postponed delayed advanced rearranged brought""".split()
)
PAID = frozenset("waived refunded charged credited knocked discounted reimbursed paid".split())
MONEY = frozenset("refund fee bill payment charge invoice deposit".split())
BOOKS = frozenset(
    "calendar schedule book books diary list agenda system roster planner register records".split()
)
MATTERS = frozenset(
    """appointment appointments booking visit reservation session slot spot seat cancellation
    cancelation change move request rescheduling""".split()
)
OWN_MATTERS = frozenset("appointment booking visit reservation session slot spot".split())
PLACES = frozenset({"at", "for", "with", "on", "in", "down", "under", "against"})
IRREGULAR = frozenset(
    """made put set took taken wrote written did done held kept let brought cut struck drew
    threw gave given chose undid undone won""".split()
)
HARMLESS = frozenset(
    """looked checked missed mentioned noticed needed wanted tried hoped liked loved helped assumed
    offered listed asked received noted reached searched opened located learned enjoyed appreciated
    apologised apologized explained described suggested answered counted limited closed tired used
    matched verified misheard need indeed red hundred given gave called stopped worried""".split()
)
DETAILS = frozenset(
    """name number phone details email spelling address question note times options question
    questions words message date birthday""".split()
)
PARTICLES = frozenset("up down in out off back over away forward ahead on through".split())
OBJECTS = frozenset({"you", "it", "that", "this", "everything", "them", "all", "both"})
DETERMINERS = frozenset({"your", "the", "a", "an", "that", "this", "his", "her"})
MEETING = frozenset("seeing see meeting meet expecting expect waiting wait ready treating".split())
COMING = frozenset("seeing meeting coming visiting having expected due".split())
ARRIVING = frozenset("arrive come show turn get be".split())
DAYS = frozenset(
    """tomorrow today tonight monday tuesday wednesday thursday friday saturday sunday""".split()
)
SEEKING = frozenset("looking checking searching reading going trying talking speaking".split())
"""What we finish or stop doing without any change to the book."""
