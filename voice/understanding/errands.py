"""What a chat program asks about a conversation rather than in it: a title, tags, follow-ups.

The words of the conversation are quoted in such an errand, and nobody wishes for anything in it.
"""

from __future__ import annotations

import re

WHERE_IT_IS_SAID = 400
"""Characters from the beginning; what follows are details, and the conversation itself."""
_PRODUCT = re.compile(
    r"\b(?:generat|creat|produc|suggest|writ|provid|return|giv|mak|summari[sz]|propos|determin|"
    r"com(?:e|ing) up with|repl(?:y|ies)|output)\w*\b[^.?!]{0,120}?"
    r"\b(?:titles?|tags|follow[- ]?ups|follow[- ]?up (?:questions?|prompts?|suggestions?)|emojis?|"
    r"search quer(?:y|ies)|(?:conversation|chat|session|thread) (?:a )?(?:short )?name)\b",
    re.IGNORECASE,
)
_CONVERSATION = re.compile(
    r"\b(?:conversations?|chats?|chat[_ ]history|discussion|dialog(?:ue)?|thread|session|messages?|"
    r"user's (?:request|query|question)|words? title|words? or (?:less|fewer))\b",
    re.IGNORECASE,
)
_FORM = re.compile(r"^\W*task:? (?:generate|suggest|create|analy[sz]e|determine)\b", re.IGNORECASE)
_IN_A_FEW_WORDS = re.compile(
    r"\bsummari[sz]e\b[^.?!:]{0,60}\b(?:conversation|chat|discussion|dialog(?:ue)?)\b[^.?!:]{0,40}"
    r"\bwords?\b",
    re.IGNORECASE,
)
_COMPLETION = re.compile(r"\byou are an autocompletion system\b", re.IGNORECASE)


def is_errand(text: str) -> bool:
    """Whether these are a program's words, to be answered about a conversation."""
    said = " ".join(text[:WHERE_IT_IS_SAID].replace("’", "'").split())
    if any(form.search(said) for form in (_FORM, _COMPLETION, _IN_A_FEW_WORDS)):
        return True
    return _PRODUCT.search(said) is not None and _CONVERSATION.search(said) is not None
