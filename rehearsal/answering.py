"""What a caller says to a question of ours, in words of people who were asked the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rehearsal.choosing import pick_words
from rehearsal.filling import Content, wish_words
from rehearsal.goals import Matter, Times, Visit
from rehearsal.hearing import HeardTime
from rehearsal.openings import provider_piece, when_piece
from rehearsal.voicing import Voice

_CONFIRMS = {
    "book": ("confirm",),
    "move": ("confirm_move", "confirm"),
    "cancel": ("confirm_cancel",),
}
_YES_AND_ASK = ("price", "policy", "location", "call_me", "hours")
_OF_SEVERAL = r"neither|none|those|them|either|these|others"
_PERSON_TOLD = "with whom was told"
_COMPARES = r"nothing what|not at all|sooner|later|earlier|better|early|late"
_LEAVES_ALL = r"leave|keep|don't|stay|cancel|forget|change|the way|want|need"
_ANYWHERE = ("confirm", "confirm_move", "choose", "phone", "name", "date", "open", "service")


@dataclass(frozen=True, slots=True)
class Answers:
    """One caller's."""

    voice: Voice

    def content_about(self, matter: Matter, about: Visit) -> Content:
        """What there is to say of a booking that the caller has."""
        content = self.voice.content(matter.visit)
        if matter.earlier is not None:
            local = matter.earlier.start.astimezone(content.business.zone)
            minute = local.hour * 60 + local.minute
            times = Times((local.date(),), minute, minute + 1, "exact", (minute,))
            about = replace(about, times=times)
        content.booking = about
        return content

    def name(self, content: Content) -> str:
        """Whom it is for."""
        words = self.voice.say(("name",), ("give:name",), content)
        return words or self.voice.bare(content.name)

    def phone(self, content: Content) -> str:
        """A number."""
        words = self.voice.say(("phone",), ("give:phone",), content)
        return words or self.voice.bare(self.voice.phone())

    def reference(self, content: Content) -> str:
        """A reference, sign by sign."""
        words = self.voice.say(("reference",), ("give:reference",), content)
        return words or self.voice.bare(self.voice.reference(content.reference))

    def no_reference(self, content: Content) -> str:
        """Not at hand."""
        words = self.voice.say(("reference",), ("deny",), content)
        return words or self.voice.bare("i don't have it here")

    def service(self, content: Content, *, with_time: bool) -> str:
        """What for."""
        assert content.visit is not None
        words = self.voice.say(("service",), ("give:service",), content)
        words = words or self.voice.bare(self.voice.a_thing(content.visit.service_id))
        return f"{words} {when_piece(self.voice, content)}" if with_time else words

    def when(self, content: Content) -> str:
        """On which day, and at what time if the caller minds."""
        assert content.visit is not None
        if content.wrong is not None:
            ways = (("give:when", "give:when!"),)
            if words := self.voice.one_of(("date", "time", "choose"), ways, content):
                return words
            wrong = wish_words(content.wrong.times, content)
            return f"{wrong} no sorry {wish_words(content.visit.times, content)}"
        words = when_piece(self.voice, content)
        if content.visit.provider_id is None or _PERSON_TOLD in self.voice.used:
            return words
        self.voice.used.add(_PERSON_TOLD)
        return f"{words} {provider_piece(self.voice, content)}"

    def pick(
        self, content: Content, suiting: Sequence[HeardTime], offered: Sequence[HeardTime]
    ) -> str:
        """Takes one of the times."""
        chosen = self.voice.random.choice(list(suiting))
        content = replace(content, pick=chosen, offers=tuple(offered), read_back=chosen)
        ways = (("choose",), ("affirm",)) if len(offered) == 1 else (("choose",),)
        words = self.voice.one_of(("choose",), ways, content)
        return words or self.voice.bare(pick_words(self.voice, chosen, offered))

    def refused(self, content: Content, *, one: bool) -> str:
        """None of them, and what would do."""
        assert content.visit is not None
        ways = (("deny",), ("more",), ("deny", "more"))
        unless = f"{_LEAVES_ALL}|{_OF_SEVERAL}" if one else _LEAVES_ALL
        no = self.voice.one_of(("choose",), ways, content, unless=unless) or self.voice.bare("no")
        return f"{no} {when_piece(self.voice, content)}"

    def corrected(self, slot: str, visit: Visit | None) -> str:
        """Something that we have wrong, or that the caller wants otherwise now."""
        content = self.voice.content(visit)
        label = f"give:{slot}!"
        ways = [("deny", label), (label,)]
        if slot == "provider":
            ways += [("deny", "give:provider"), ("give:provider",)]
        words = self.voice.one_of(_ANYWHERE, ways, content, may=())
        if words is not None:
            return words
        no = self.voice.say(("confirm",), ("deny",), content, unless=_LEAVES_ALL) or "no"
        return f"{no} {self._value(slot, content)}"

    def _value(self, slot: str, content: Content) -> str:
        visit = content.visit
        if slot == "phone" or visit is None:
            return self.phone(content)
        if slot == "service":
            return self.voice.a_thing(visit.service_id)
        if slot == "provider":
            assert visit.provider_id is not None
            return f"with {content.business.provider(visit.provider_id).name}"
        return when_piece(self.voice, content)

    def which(self, content: Content) -> str:
        """Which of several bookings."""
        assert content.booking is not None
        words = self.voice.say(("which_booking", "open"), ("give:booking",), content)
        return words or self.voice.bare(f"the {self.voice.thing(content.booking.service_id)}")

    def yes(self, kind: str, content: Content, *, asks: bool) -> tuple[str, str]:
        """To what was read back; with the topic of a question that comes with it."""
        asked = _CONFIRMS.get(kind, ("confirm",))
        topics = self.voice.random.sample(_YES_AND_ASK, k=len(_YES_AND_ASK)) if asks else []
        for topic in topics:
            if words := self.voice.say(asked, ("affirm", f"ask:{topic}"), content):
                return words, topic
        words = self.voice.say(asked, ("affirm",), content, unless=_COMPARES)
        return words or self.voice.bare("yes"), ""

    def no_person(self, content: Content) -> str:
        """Rather with us."""
        return self.voice.say(("person",), ("deny",), content) or self.voice.bare("no")

    def goodbye(self, content: Content) -> str:
        """That was all."""
        ways = (
            ("deny", "social:thanks"), ("deny", "social:thanks", "social:bye"), ("deny",),
            ("deny", "social:bye"),
        )  # fmt: skip
        return self.voice.one_of(("anything_else",), ways, content) or self.voice.bare("no bye")

    def give_up(self, content: Content) -> str:
        """Lets it go."""
        ways = (("drop",), ("deny", "drop"))
        words = self.voice.one_of(
            ("choose", "confirm", "date", "name", "open"),
            ways,
            content,
            unless="wrong|names?|number|speak|shop",
        )
        return words or self.voice.bare("never mind")
