"""How many calls may speak at once: past that a new one is refused, and running ones stay quick."""

from __future__ import annotations

from types import TracebackType


class Seats:
    """The seats of one process."""

    def __init__(self, calls: int) -> None:
        self.calls = calls
        """How many there are."""
        self.taken = 0

    @property
    def full(self) -> bool:
        """Whether all are taken."""
        return self.taken >= self.calls

    def admit(self) -> Seat | None:
        """A seat for a new call, given back when left; None when all are taken."""
        if self.full:
            return None
        self.taken += 1
        return Seat(self)

    def give_back(self) -> None:
        """One call less."""
        self.taken -= 1


class Seat:
    """One call's place; leaving it twice is leaving it once."""

    def __init__(self, seats: Seats) -> None:
        self._seats: Seats | None = seats

    def leave(self) -> None:
        """The next call may have it."""
        if self._seats is not None:
            self._seats.give_back()
            self._seats = None

    def __enter__(self) -> Seat:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.leave()
