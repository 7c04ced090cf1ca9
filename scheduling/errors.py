"""What can refuse a booking, one type each.

A refusal is an exception with facts. Who catches it knows the audience: a tool turns it into a
sentence, the web into a status. `code` is the public name (contract, "Tools").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from scheduling.values import Booking, Offer, Slot, WhyNone, Wish


class Refusal(Exception):
    """The desk will not do it. The message is for engineers; the voice words it for callers."""

    code: ClassVar[str] = "invalid"
    answered_with_offers: ClassVar[bool] = False
    """Whether a caller is offered something else instead at once."""

    def __init__(
        self,
        message: str,
        *,
        offers: Sequence[Offer] = (),
        next_free: Slot | None = None,
        candidates: Sequence[str] = (),
    ) -> None:
        super().__init__(message)
        self.message = message
        self.offers = tuple(offers)
        """Fresh alternatives, already held for the call where there is one; soonest first."""
        self.next_free = next_free
        self.wish: Wish | None = None
        """What was looked for instead: about the same time."""
        self.why: WhyNone | None = None
        """What the business's hours and rules say of that time."""
        self.candidates = tuple(candidates)
        """What could have been meant: for unknown or ambiguous names."""


class SlotTaken(Refusal):
    """An overlap was proved by the store; never said for a busy store."""

    code = "slot_taken"
    answered_with_offers = True


class BeingHeld(SlotTaken):
    """The time is held for somebody who decides; nobody has booked it."""


class InTheWay(SlotTaken):
    """Time cannot be blocked because of what is there; `bookings` names it, holds too."""

    def __init__(self, message: str, *, bookings: Sequence[Booking] = ()) -> None:
        super().__init__(message)
        self.bookings = tuple(bookings)


class HoldExpired(Refusal):
    """The hold ended and its slot could not be taken again."""

    code = "hold_expired"
    answered_with_offers = True


class HeldByAnother(HoldExpired):
    """The hold ended, and the slot is held for somebody else now; nobody has booked it."""


class OfferReplaced(HoldExpired):
    """A newer set of offers stands in place of the one that held it; the slot may well be free."""


class TooSoon(Refusal):
    """Inside the notice that a new time needs: `booking.notice_minutes`."""

    code = "too_soon"
    answered_with_offers = True


class TooLateToChange(TooSoon):
    """Inside the notice that moving and cancelling need: `booking.cancel_notice_minutes`."""


class TooFar(Refusal):
    """Beyond the horizon: `booking.horizon_days`, whole local days."""

    code = "too_far"
    answered_with_offers = True


class Past(Refusal):
    """The time asked for is over."""

    code = "past"
    answered_with_offers = True


class BookingOver(Past):
    """The booking that should be changed is over, or has begun."""


class Closed(Refusal):
    """Outside the hours, on a closure or a holiday that closes."""

    code = "closed"
    answered_with_offers = True


class OffStep(Closed):
    """Open then, but visits begin at other minutes: `booking.step_minutes` from each opening."""


class Full(Refusal):
    """Open, but every fitting slot is occupied."""

    code = "full"


class Ambiguous(Refusal):
    """The words fit several days, times, services or people; `candidates` says which."""

    code = "ambiguous"


class LimitReached(Refusal):
    """The customer has as many bookings on that day as `booking.per_day` allows."""

    code = "limit_reached"
    answered_with_offers = True


class ShareSpent(LimitReached):
    """As many bookings were made from there lately as may be: no other time would do instead."""

    answered_with_offers = False


class UnknownService(Refusal):
    """No such service; `candidates` names those there are."""

    code = "unknown_service"


class UnknownProvider(Refusal):
    """No such provider, or one who does not perform the service."""

    code = "unknown_provider"


class NotFound(Refusal):
    """No such booking, offer or call in this organisation."""

    code = "not_found"


class NoSuchOffer(NotFound):
    """This call was never made such an offer."""


class NotVerified(Refusal):
    """The caller has not shown that the booking is theirs."""

    code = "not_verified"


class NotAllowed(Refusal):
    """The booking's status does not allow this step."""

    code = "not_allowed"


class ChangedMeanwhile(NotAllowed):
    """The booking is no longer as the asker saw it."""


class OfferOfAnother(NotAllowed):
    """The offer is for another service than the booking that should move there."""

    answered_with_offers = True


class Invalid(Refusal):
    """The request cannot be understood: a malformed name, number, time or key."""

    code = "invalid"


class KeyReused(Invalid):
    """An idempotency key came back with another body."""


class TryAgain(Refusal):
    """The store stayed busy, or gave no answer, for seconds; nothing was written."""

    code = "try_again"


class CannotWrite(TryAgain):
    """The store takes nothing until somebody mends it: no room on its disk, or its file is gone."""


class Superseded(Exception):
    """A newer attempt at this turn exists: stop, write nothing, say nothing."""


class Overtaken(Exception):
    """What was read as free was taken before it could be locked: the work begins anew."""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One thing wrong with a business file."""

    file: str
    key: str
    """A path such as `provider[ana].hours.mon`; empty for the file as a whole."""
    reason: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.key, self.reason) if part)


class BusinessFileError(Exception):
    """A business file is wrong and refused whole; a line for each thing that is wrong with it."""

    def __init__(self, problems: Sequence[FileProblem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)
