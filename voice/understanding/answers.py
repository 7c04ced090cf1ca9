"""Yes, no, no-but, choosing and asking for others, given the question and the offers made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voice.understanding.choices import choose, fits_an_offer
from voice.understanding.reading import AnswerKind, Context, When
from voice.understanding.words import LONGEST_TEXT, plain

if TYPE_CHECKING:
    from voice.understanding.dates import Times

_THAT = r"(?:that|this|it|which|they|these|those|everything|all of (?:that|it))"
_IS = r"(?:s|is|are|was|sounds?|looks?|seems?|appears|would be|will be|should be|ll be|d be)"
_VERY = r"(?:all |just |very |really |absolutely |perfectly |pretty |definitely |actually |fully |exactly |completely |most |quite |so |a |about |like |to be |super |also |certainly |indeed |the )*"
_GOOD = (
    r"(?:right|correct|fine|good|great|perfect|ok|okay|okey|alright|true|accurate|valid|wonderful|"
    r"excellent|lovely|ideal|brilliant|awesome|amazing|terrific|fantastic|nice|cool|acceptable|"
    r"convenient|suitable|better|best|affirmative|yes|fact|positive|factual|truth|truthful|"
    r"reasonable|agreeable|confirmed|the one|wanted|what i (?:want|said|need|meant|asked)\w*)"
)
_YES = re.compile(
    r"\b(?:y(?:es|eah|ea|ep|up|ah|a|esh|eh|ess)|sure(?: thing)?|absolutely|definitely|certainly|"
    r"of course|by all means|affirmative|indeed|correct|exactly|precisely|agreed?|confirm(?:ed|ing)?|"
    r"uh huh|mm ?hmm|mhm|you (?:bet|got it)|yes please|go (?:ahead|for it|on)|"
    r"(?:please|you can|could you|lets|just|ok|okay|then|so|will|would|can you) (?:do|book|make|confirm|reserve|schedule|go|proceed)|"
    r"(?:do|book|make|confirm|reserve|take|try) (?:it|that|so|one|this)\b|proceed|"
    r"i(?: really| certainly| definitely| surely)? (?:do|would|agree|concur|did|accept|am)\b(?! not)|"
    r"i (?:think|believe|guess|suppose) so|why not|"
    r"works?(?: (?:just |perfectly )?(?:fine|well|great|good|perfectly))?(?: for| with)?(?: me| us)?|ll (?:do|work|take)|will (?:do|work|take)|would work|can work|"
    r"suits?(?: me)?|fine (?:by|with) me|(?:sounds?|looks?|seems?) " + _VERY + _GOOD + r"|"
    r"" + _THAT + r" ?(?:" + _IS + r") " + _VERY + _GOOD + r"|"
    r"(?:is|was) " + _VERY + r"(?:right|correct|true|accurate|affirmative|a yes|fine|good|ok|okay)|"
    r"no (?:problem|objection|worries)|happy with (?:that|it)|"
    r"(?:it|that|this|he|she|they) (?:is|does|are|will|would|was|s|did|can)$)\b"
)
_APPROVAL = re.compile(
    r"^(?:(?:oh|well|great|thanks|thank you|so|um+|uh+|then|and|hey|please) )*"
    r"(?:ok(?:ay|ey)?|k|right|al ?right|perfect|great|good|fine|lovely|wonderful|excellent|cool|"
    r"awesome|brilliant|true|nice|very (?:good|well|true)|super|ideal|amazing|fantastic|done|please|"
    r"positive|totally|bingo|deal|(?:all )?good)\b"
)
_NO = re.compile(
    r"\b(?:no|nope|nah|nay|naw|noo+|non|negative|never ?mind|no way|nada|neither|"
    r"not (?:really|now|yet|today|quite|right|correct|true|at|for|this|that|the|what|good|gonna|going|"
    r"interested|really|exactly|happy|possible|accurate|convenient|it|a|ok|okay|necessary|needed|tomorrow|on|in|my|me|so|anymore|any|just|until|today|immediately|currently)|"
    r"(?:do|does|did|is|was|are|am|can|could|would|will|wo|should|have|has)(?:nt| not)|cannot|ca?nt|"
    r"wont|aint|never|false|falsehood|wrong|incorrect|untrue|inaccurate|erroneous|mistaken|"
    r"disagree|decline|refuse|reject(?:ed)?|invalid|lie|lying|(?:may ?be|perhaps|possibly|probably|some time|might be|might) (?:some ?(?:time|other time) )?later|"
    r"(?:maybe|perhaps|some|another|an other|at a) (?:other |different |later )?time(?: later)?|(?:at )?(?:a )?later (?:time|date|on)|not,|"
    r"forget (?:it|that|about)|changed? my mind|strike that|scratch that|hold off|rather not|"
    r"hard pass|no thanks|i pass|"
    r"nothing(?: else| more)?|none)\b|^not\b|^later\b"
)
_ENOUGH = re.compile(
    r"\b(?:(?:that|this|it)(?:s| is| was| would be| will be| should be| ll be| all)? ?(?:just |about )?(?:all|it|everything)\b"
    r"(?! (?:right|good|fine|correct|sounds|looks|works|depends|i need is))|"
    r"(?:ill|i will|id|i would|ll) (?:just |rather )?(?:wait|pass|think|hold|call (?:you |them )?(?:back|later)|get back|do (?:it|that) later)|"
    r"i(?:m| am) (?:(?:all|just) )?(?:done|good|ok|okay|fine|set|finished)\b|nothing (?:else|more)|"
    r"(?:youve|you have|you) been (?:\w+ )*helpful|thats what i needed|all i (?:need|want)\w*)"
)
_LEAD_YES = re.compile(
    r"^(?:(?:oh|well|um+|uh+|ah+|so|ok|okay|great|thanks|thank you|hmm+|and|hey) )*"
    r"(?:y(?:es|eah|ea|ep|up|ah|a)|sure|absolutely|definitely|certainly|of course|correct|"
    r"exactly|affirmative|right|perfect|indeed|confirmed?|go ahead|please do)\b"
)
_LEAD_NO = re.compile(
    r"^(?:(?:oh|well|um+|uh+|ah+|so|ok|okay|sorry|actually|my gosh|hmm+|and|hey|thanks|thank you) )*"
    r"(?:no|nope|nah|nay|negative|strike that|scratch that|not)\b(?! (?:problem|worries|objection))"
)
_MORE = re.compile(
    r"\b(?:(?:any|some|what|who|where|no|how|every)(?:thing|one|body|where| one| place| time)?s? ?else\b|"
    r"(?:someone|somebody|something|somewhere|anything|anyone|anybody|anywhere|nothing|others?|one|ones|time|times|day|days) "
    r"(?:else|other than|different|later|earlier|sooner|before|after|further|closer|nearer|cheaper)|"
    r"(?:any|some|other|more|different|additional|few|alternative|further) (?:more |other |different )?"
    r"(?:options?|choices?|alternatives?|times?|slots?|days?|dates?|results?|suggestions?|ones?|openings?|"
    r"possibilit\w+|availabilit\w+|doctors?|dentists?|salons?|people|places?|offers?|providers?|stylists?|appointments?|offices?|locations?)|"
    r"another (?!way|question|thing|name|number|call)\w+|(?:a|the) different (?!way|question|name|number|thing)\w+|"
    r"alternatives?|(?:is|are) (?:that|this|those|these|it) (?:the only|all|everything)|"
    r"(?:only|just) (?:one|option|slot)s?(?: (?:you have|there is))?\b(?=$)|"
    r"what (?:other|more)|any ?more|more please|(?:keep|continue) (?:looking|searching)|"
    r"(?:search|look|try|check|find) (?:again|more|another|elsewhere)|"
    r"(?:earlier|later|sooner)(?: (?:than that|in the (?:day|week)|that day|available|possible|instead|if possible))?(?: please)?$)"
)
_SEARCH = re.compile(
    r"\b(?:(?:can|could|would|will) you (?:please |also |maybe |instead )*(?:find|search|look|try|check|get|suggest|show)|"
    r"(?:find|show|give|get|tell|recommend|suggest) me|find (?:a|some|one|any)|look(?:ing)? (?:for|in|up|at)|search(?:ing)?|"
    r"try (?:in|for|with|looking|searching)?|(?:do|would|did) you (?:have|find|know|got)|have you (?:got|any)|"
    r"is there|are there|what about|how about|any ?thing (?:in|on|at|for|around|near|available)|"
    r"(?:id|i would) (?:like|prefer|rather) (?:a|an|one|someone|something)|i (?:want|need|prefer) (?:a|an|one|someone|something))\b"
)
_CHANGE = re.compile(
    r"\b(?:instead|rather|make (?:it|that)|change|switch|move|but|actually|prefer|better|how about|"
    r"what about|i meant|i said|i want(?:ed)?|i need(?:ed)?|id like|i would like|lets|should be|"
    r"supposed to be|not|reschedule|modify|update|try|second thought|please)\b"
)
_MADE = re.compile(
    r"\b(?:make (?:it|that)|change|switch|instead|rather|actually|but|i meant|second thought|not)\b"
)
_UNSURE = re.compile(
    r"^(?:(?:um+|uh+|er+|erm+|ah+|hmm+|mm+|oh|well|so|like|okay|ok|let me (?:think|see|check|look)|"
    r"(?:one|just a|a|give me a|gimme a|hang on a|wait a) (?:second|sec|moment|minute|bit)|"
    r"hold on|hang on|wait|i(?:m| am) (?:not sure|thinking)|(?:i )?(?:dont|do not) know|not sure|"
    r"let me|maybe|i guess|you know|i mean|please|about (?:that|it)|yet|for|my calendar|a) ?)+$"
)
_THIS_ONE = re.compile(
    r"\b(?:(?:this|that|the) (?:one|place|dentist|doctor|salon|stylist|provider|time|slot|office)\b|"
    r"(?:go|going|book|stick|visit|schedule) (?:with|there|for) ?|(?:ill|i will|ll|lets) (?:take|go|book|choose|pick|have|visit)|"
    r"i (?:like|love|choose|pick|want)|\bthere\b|\bthem\b)"
)


def read_answer(text: str, context: Context, times: Times) -> tuple[AnswerKind | None, int | None]:
    """The answer, and which offer was chosen; hesitation alone is no answer."""
    said = plain(text[:LONGEST_TEXT])
    if not said or _UNSURE.match(said):
        return None, None
    heard = tuple(times.found)
    corrected = _corrects(said, context, heard)
    if corrected and context.question == "confirm":
        return "deny_with_correction", None
    if _asks_for_others(said, context, corrected):
        return "ask_more", None
    chosen = choose(said, context, heard, times.exclude)
    yes, no = leaning(said)
    if (
        context.offered
        and context.question != "confirm"
        and chosen is not None
        and not _refuses(said)
    ):
        return "choose", chosen
    if corrected:
        return "deny_with_correction", None
    if no and not yes:
        return "deny", None
    if yes:
        return _approved(context, said)
    return None, None


def leaning(said: str) -> tuple[bool, bool]:
    """Whether the words agree and whether they refuse; the first word weighs most."""
    if _LEAD_NO.match(said):
        return bool(re.match(r"^no (?:yes|yeah|thats (?:right|correct))\b", said)), True
    enough = bool(_ENOUGH.search(said))
    if _LEAD_YES.match(said):
        postponed = re.search(
            r"\bnot (?:at this|now|right now|yet|today)\b|\bbut (?:later|not)\b", said
        )
        return not postponed, bool(postponed)
    no = bool(_NO.search(said))
    yes = bool(_YES.search(_without_refusals(said)) or _APPROVAL.match(said))
    if enough and not re.search(
        r"\b(?:sounds?|works?|perfect|great|ill|this one|that one)\b", said
    ):
        return False, True
    return yes and not no, no


def _without_refusals(said: str) -> str:
    return re.sub(r"\b(?:not|dont|doesnt|isnt|never|wont|cant) (?:\w+ ){0,3}\w+", " ", said)


def _refuses(said: str) -> bool:
    """A plain no with nothing chosen in its place."""
    return bool(re.match(r"^(?:no|nope|nah|none|neither)(?: thanks| thank you)?$", said))


def _corrects(said: str, context: Context, heard: tuple[When, ...]) -> bool:
    """Something new was given in place of what was asked to confirm or was offered."""
    if not context.offered and context.question != "confirm":
        return bool(heard and _LEAD_NO.match(said) and _MADE.search(said))
    if heard and not all(fits_an_offer(when, context) for when in heard):
        if not context.offered:
            return bool(_LEAD_NO.match(said) or _MADE.search(said) and not _LEAD_YES.match(said))
        if _LEAD_YES.match(said):
            return bool(_MADE.search(said))
        return bool(context.question == "confirm" or _LEAD_NO.match(said) or _MADE.search(said))
    return False


def _asks_for_others(said: str, context: Context, corrected: bool) -> bool:
    """Other times or people are wanted; a bare "anything else?" of ours is not repeated here."""
    if _ENOUGH.search(said) and not re.search(r"\b(?:other|another|different)\b", said):
        return False
    if _MORE.search(said):
        return True
    looking = context.question == "choose" or bool(
        context.offered and context.question != "confirm"
    )
    return (
        looking
        and bool(_SEARCH.search(said))
        and not _LEAD_YES.match(said)
        and not _THIS_ONE.search(said)
    )


def _approved(context: Context, said: str) -> tuple[AnswerKind, int | None]:
    """Agreement takes the offer when there was exactly one to take."""
    if context.question == "choose" or (context.question is None and context.offered):
        if len(context.offered) <= 1:
            return "choose", 0 if context.offered else None
        return "affirm", None
    return "affirm", None
