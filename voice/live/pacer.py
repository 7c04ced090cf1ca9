"""What is sent when, so that a line never holds much more than it plays; and what was played of it.

Pure: seconds of the playback clock come in as `now`.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

LEAD_SECONDS = 0.2
"""So far ahead of playback we send: what an interruption has to take back at most."""
PIECE_SECONDS = 0.04
AHEAD_SECONDS = LEAD_SECONDS - PIECE_SECONDS
"""Once the line holds no more than this, the next piece is due."""
NEXT_TO_NOTHING = 1e-6
"""Seconds: what sums of pieces may be wrong by."""
MARK_SECONDS = 0.4
"""Between marks: how closely a line that confirms them tells what it has played."""
MARK_GRACE_SECONDS = 1.0
"""A mark that is so late counts as lost; we then go by the clock."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Sound that is due on the line."""

    part: int
    audio: bytes
    plays_at: float
    """When the line begins to play it, by our clock."""
    ends_part: bool
    """Nothing more comes of this part."""
    mark: str
    """To be set after this piece, on lines that say what they have played; empty: none."""
    late: float
    """Seconds after it should have been sent."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    part: int
    audio: bytes
    ends_part: bool


class Pacer:
    """One line's sound. Parts are numbered by whoever adds them; each is added once, in order."""

    def __init__(self, bytes_a_second: int, *, marks: bool = False) -> None:
        self._rate = bytes_a_second
        self._piece = max(2, int(bytes_a_second * PIECE_SECONDS) // 2 * 2)
        self._waiting: deque[_Waiting] = deque()
        self._waiting_bytes = 0
        self._buffer = bytearray()
        self._buffered_part = 0
        self._sent = 0.0
        self._plays_until = 0.0
        self._due_at = 0.0
        """When the next piece should be sent; 0: there was none to send."""
        self._marks = marks
        self._unplayed: deque[tuple[str, float, float]] = deque()
        """Name, position, and when it should have been played, of marks not yet heard of."""
        self._confirmed = 0.0
        self._marks_set = 0
        self._last_mark = 0.0

    @property
    def sent_seconds(self) -> float:
        """Sound sent since the call began, dropped by the line or not."""
        return self._sent

    def seconds(self, audio: bytes) -> float:
        """How long this sounds."""
        return len(audio) / self._rate

    @property
    def waiting_seconds(self) -> float:
        """Sound that was added and not sent."""
        return (len(self._buffer) + self._waiting_bytes) / self._rate

    @property
    def sending(self) -> bool:
        """Whether anything, the end of a part among it, is still to be sent."""
        return bool(self._buffer or self._waiting)

    def add(self, part: int, audio: bytes, *, ends_part: bool = False) -> None:
        """More sound of this part; an empty last piece says that there is no more."""
        self._waiting.append(_Waiting(part, audio, ends_part))
        self._waiting_bytes += len(audio)

    def due(self, now: float) -> list[Piece]:
        """What is to be sent now."""
        pieces = []
        while self.sending and self._plays_until - now < AHEAD_SECONDS + NEXT_TO_NOTHING:
            piece = self._next(now)
            if piece is None:
                break
            pieces.append(piece)
        return pieces

    def next_due(self, now: float) -> float | None:
        """Seconds until more may be sent; None while there is not a piece to send."""
        whole = len(self._buffer) + self._waiting_bytes >= self._piece
        if not whole and not any(each.ends_part for each in self._waiting):
            return None
        return max(0.0, self._plays_until - AHEAD_SECONDS - now)

    def position(self, now: float) -> float:
        """Seconds of all sound ever sent that have been played, as well as we know."""
        position = self._sent - max(0.0, self._plays_until - now)
        while self._unplayed and now > self._unplayed[0][2] + MARK_GRACE_SECONDS:
            self._unplayed.popleft()
        if self._marks and self._unplayed:
            position = min(position, self._unplayed[0][1])
        return max(position, self._confirmed)

    def unplayed_seconds(self, now: float) -> float:
        """What was sent and not yet played, with what waits to be sent."""
        return self._sent - self.position(now) + self.waiting_seconds

    def marked(self, name: str) -> None:
        """The line has played all up to this mark; marks that we do not know are nobody's."""
        names = [each[0] for each in self._unplayed]
        if name in names:
            for _ in range(names.index(name) + 1):
                self._confirmed = self._unplayed.popleft()[1]

    def clear(self, now: float) -> float:
        """The line drops what it holds, and nothing waits any more; the position it came to."""
        position = self.position(now)
        self._waiting.clear()
        self._waiting_bytes = 0
        self._buffer.clear()
        self._unplayed.clear()
        self._plays_until, self._due_at = now, 0.0
        self._confirmed = self._sent
        return position

    def _next(self, now: float) -> Piece | None:
        """The next piece of one part; None when more of a short piece may still come."""
        ends_part = self._fill()
        part = self._buffered_part
        if len(self._buffer) < self._piece and not ends_part:
            return None
        audio = bytes(self._buffer[: self._piece])
        del self._buffer[: self._piece]
        if self._buffer and ends_part:
            self._waiting.appendleft(_Waiting(part, b"", True))
            ends_part = False
        elif not self._buffer and self._waiting and self._waiting[0] == _Waiting(part, b"", True):
            self._waiting.popleft()
            ends_part = True
        seconds = len(audio) / self._rate
        at = max(self._plays_until, now)
        late = max(0.0, now - self._due_at) if self._due_at else 0.0
        self._sent += seconds
        self._plays_until = at + seconds
        self._due_at = max(self._plays_until - AHEAD_SECONDS, now) if self.sending else 0.0
        return Piece(part, audio, at, ends_part, self._mark(ends_part), late)

    def _mark(self, ends_part: bool) -> str:
        due = ends_part or self._sent - self._last_mark >= MARK_SECONDS
        if not self._marks or not due:
            return ""
        self._marks_set += 1
        self._last_mark = self._sent
        name = f"m{self._marks_set}"
        self._unplayed.append((name, self._sent, self._plays_until))
        return name

    def _fill(self) -> bool:
        """Takes a piece's worth of one part into the buffer; whether the part ends with it."""
        while self._waiting and len(self._buffer) < self._piece:
            first = self._waiting[0]
            if self._buffer and first.part != self._buffered_part:
                return True  # its end was never told: the next part tells
            self._buffered_part = first.part
            self._buffer += first.audio
            self._waiting.popleft()
            self._waiting_bytes -= len(first.audio)
            if first.ends_part:
                return True
        return False


def heard_characters(text: str, share: float) -> int:
    """How many characters were heard of which this share of the sound was played.

    Speech is taken to run evenly; a word that was cut was not heard.
    """
    if share >= 0.999:
        return len(text)
    at = int(len(text) * max(share, 0.0))
    if at < len(text) and not text[at].isspace():
        at = text.rfind(" ", 0, at) + 1
    return len(text[:at].rstrip())
