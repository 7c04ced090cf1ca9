"""The words by which a clause of ours shows what it is: an offer, an echo, hours, a denial."""

from __future__ import annotations

import re

BREAK = re.compile(
    r"[;:—–]|,?\s+\b(?:but|however|although|though|whereas|instead|except(?: for)?|"
    r"apart from|other than)\b|\.\s|,\s+(?=(?:i|we)\b)|"
    r"(?<!\bif)\s+(?=there(?:'s| is| are)\b)",
    re.IGNORECASE,
)

IDIOM = re.compile(
    r"\b(?:don't worry|why don't (?:we|you)|(?:no|not a) (?:problem|worries|trouble|bother)|"
    r"can't wait|won't take long|if you don't mind|not only)\b",
    re.IGNORECASE,
)
TOLD = re.compile(r"\bthat (?=(?:you|your|it|we|i|everything|all)\b)", re.IGNORECASE)
"""What follows is told as a fact, also within a question: "could you say that you are booked?"."""
TAG = re.compile(
    r"(?:,| and)\s+(?=(?:is|are|was|do|does|did|can|could|shall|should|would|will|what|which|"
    r"when|where|who|how|may|anything|any|something|okay|ok|alright)\b"
    r"(?! (?:that|it|this) (?:right|correct|so)))",
    re.IGNORECASE,
)
"""Where a question hangs on to a statement: "you're all set, is there anything else?"."""
ASKED = re.compile(
    r"^(?:\W*(?:and|so|but|okay|ok|well|great|then|or)\W+)*(?:is|are|am|was|do|does|did|can|could|"
    r"shall|should|would|will|what|which|when|where|who|how|may|have|has|if)\b",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"n't\b|\b(?:not|cannot|nothing|none|neither|unable|taken|gone|busy|closed|outside|"
    r"already (?:booked|reserved|past|over)|in the past|too (?:soon|late|far|early|short)|"
    r"(?:is|are|was|all|quite|completely) full|no (?:\w+ )?(?:times?|slots?|openings?|"
    r"availability|appointments?|one|more|free|room|space|spots?))\b",
    re.IGNORECASE,
)
TAKEN = re.compile(
    r"\b(?:fully|completely|solidly|already) (?:booked|reserved)(?: up| solid| out)?\b",
    re.IGNORECASE,
)

HOURS = re.compile(
    r"\b(?:hours|opening times|reach (?:a person|somebody|someone|us)|"
    r"(?:here|there|around) (?:from|until|till)|(?:is|are|'re|'s) (?:\w+ )?here\b(?! (?:to|for)\b)|"
    r"clos(?:e|es|ing)|we open|(?:we're|we are|they're|they are|it's|"
    r"(?:clinic|office|shop|salon|store|practice|studio|surgery|place|business|doors?|reception)"
    r"(?:'s| is| are)?)(?: (?:usually|normally|only|also|always|still|then|now|not))?"
    r" (?:open|opens|closed|shut)|(?:open|opens|closed) (?:from|until|till|daily|every|on))\b",
    re.I,
)
EVERY_WEEK = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days|"
    r"works? (?:(?:on )?\w+days?|from|until|till))\b",
    re.I,
)
WISH = re.compile(r"\W*(?:and |then )?(?:have an?|enjoy|take (?:care|it easy))\b", re.I)
TIMES_FREE = re.compile(
    r"\b(?:times|slots?|spots?|openings?|gaps?|availability|room|space|"
    r"appointments? (?:\w+ )?(?:available|free|open)|(?:is|are|'s) (?:\w+ )?"
    r"(?:free|available|open))\b(?! (?:to|of charge|behind|parking))",
    re.I,
)
SHUT = re.compile(r"\b(?:closed|shut)\b", re.I)
VERB = re.compile(
    r"\b(?:is|are|was|has|have|had|do|does|did|can|could|will|would|should|shall|may|might|must|"
    r"come|comes|works?|suits?|fits?|starts?|runs?|begins?|ends?|arrive|see|be|turn|ask|pop|show|"
    r"drop|takes?|goes|opens?|looks?|sounds?|gets?|got|gives?)\b|'(?:s|re|ve|ll|d|m)\b|n't\b",
    re.I,
)
TO_BE_HAD = re.compile(
    r"\b(?:is|are|was|has|have|had|got|free|available|availability|open|openings?|first|second|"
    r"third|last|latest|earliest|soonest|next|could|can|would|might|may|should|works?|suits?|fits?|"
    r"fine|good|possible|choices?|options?|slots?|spots?|there|offer|between|either|heard|found|"
    r"see|do|let|will|shall|looks?|sounds?)\b|'(?:s|re|ve|d|ll|m)\b",
    re.I,
)
DATE = re.compile(
    r"\b(?:today|tomorrow)(?:'s| is)\b|\bit(?:'s| is) (?:now|currently|already)\b", re.I
)
EVERY_DAY = re.compile(
    r"\b(?:every ?day|each day|daily|all week|seven days|7 days|every single day)\b", re.I
)
ROUND_THE_CLOCK = re.compile(
    r"\b(?:(?:around|round) the clock|24[ /-]?(?:7|hours)|twenty.four (?:hours|seven)|"
    r"day and night|all night|at all hours|never clos\w+|don't (?:ever )?close)\b",
    re.I,
)
ALL_FREE = re.compile(
    r"\b(?:any ?time|whenever|any (?:day|hour|slot)|all (?:day|morning|afternoon|evening|week)|"
    r"(?:whole|entire) (?:day|morning|afternoon|evening|week)|wide open|(?:everything|anything) "
    r"(?:after|before|in|on|between|from|tomorrow|that day))\b",
    re.I,
)
COME = re.compile(
    r"\b(?:free|open|available|come|works?|fine|good|yours|possible|okay|can do|suits?|book)\b",
    re.I,
)
CALL_US = re.compile(r"\b(?:call|ring|phone|reach|ask|tell|say|let me know|your?self)\b", re.I)
LOOKS = re.compile(
    r"\b(?:let me|i'll|i will|(?:i|we) (?:can|could)|i'm going to|i'm|we'll) (?:just |quickly )?"
    r"(?:have a |take a )?(?:look|check|see|search|looking|checking)\b",
    re.I,
)
ECHO = re.compile(
    r"\byou(?:'d| would|'re| are| did| have)? ?(?:like|want(?:ed)?|said|asked?|say|mean|meant|"
    r"prefer|need|looking|mentioned)\b",
    re.I,
)
FREE = re.compile(
    r"\b(?:available|availability|free|open|openings?|slots?|spots?|earliest|soonest|options?|"
    r"choices?|either|offer|come in|works?|suits?|book|booking|reserve|schedule|put you down|"
    r"(?:i|we)(?:'ve| have| do have| also have)(?: got)?|"
    r"(?:i|we) (?:can|could) (?:do|offer|fit|get|see|give|book)|there(?:'s| is| are)|"
    r"(?:how|what) about|how does|how's|(?:does|would|will|do) .{0,60}\b(?:work|suit|do)|"
    r"fit you in|squeeze you|can see you|next (?:one|free|time|is)|has(?! been| to\b))\b",
    re.I,
)
STRETCH = re.compile(
    r",\s|\s(?=(?:if|unless|and (?:i|we|you|it|he|she|there|that)|so) )", re.IGNORECASE
)
