"""What a bare "yes, that's right" agrees to: the caller's last claim, as if we had told it."""

from __future__ import annotations

from voice.claims.wording import Wording
from voice.claims.words import tokens

_SAYS = Wording("assent")
_AGREES = _SAYS.words("agrees")
_AGREEING = _SAYS.words("agreeing")
_LEADING = _SAYS.words("leading")
_TAGS = _SAYS.pattern("tags")
_AUXILIARIES = _SAYS.words("auxiliaries")
_TURNED = {
    "i": "you", "my": "your", "mine": "yours", "me": "you", "myself": "yourself",
    "you": "we", "your": "our", "yours": "ours", "am": "are",
}  # fmt: skip
_OF_THE_VOICE = _SAYS.words("of_the_voice")
_ASKS_OPENLY = _SAYS.words("asks_openly")
_CLAUSE = _SAYS.pattern("clause")
_LONGEST = 30
"""Words of a claim; a longer one is a story."""


def claim_agreed_to(sentence: str, caller: str) -> str | None:
    """The caller's last claim or question in our words; None where the sentence does more than
    agree."""
    said = tokens(sentence)
    agrees = not _AGREEING.isdisjoint(said) and "not" not in said
    if not agrees or sentence.rstrip().endswith("?") or not _AGREES.issuperset(said):
        return None
    parts = [part for part in _CLAUSE.split(caller.strip()) if part.strip(" .,?!")]
    words = list(tokens(_TAGS.sub("", parts[-1].lower().rstrip(" .?!")))) if parts else []
    while words and words[0] in _LEADING and not (words[0] == "i" and len(words) > 2):
        words.pop(0)
    if not words or len(words) > _LONGEST or not _ASKS_OPENLY.isdisjoint(words[:1]):
        return None
    return _as_ours(words)


def _as_ours(words: list[str]) -> str:
    """ "Am I booked for three" as "you are booked for three"."""
    of_the_voice = not _OF_THE_VOICE.isdisjoint(words)
    turned = ["i" if of_the_voice and one == "you" else _TURNED.get(one, one) for one in words]
    if words[0] in _AUXILIARIES and len(words) > 2:
        if words[0] in ("do", "does", "did"):
            return " ".join(turned[1:])
        length = (
            2
            if words[1] in ("the", "my", "your", "a", "an", "this", "that") and len(words) > 3
            else 1
        )
        subject, rest = turned[1 : 1 + length], turned[1 + length :]
        verb = "am" if subject == ["i"] and turned[0] == "are" else turned[0]
        return " ".join([*subject, verb, *rest])
    return " ".join(turned)
