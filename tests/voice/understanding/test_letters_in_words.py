"""Letters told by words, as a poor recogniser writes them."""

from __future__ import annotations

import pytest

from tests.voice.understanding.marked import NOW
from voice.understanding.hearing import Hearing
from voice.understanding.names.letters_in_words import in_letters
from voice.understanding.read import read


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("A for Anna, M for Nora, B for dogs, R for rabbit, B for Edward.", "Andre"),
        ("A for alpha, I for India, S for Sierra, H for hotel, A for alpha.", "Aisha"),
        ("B for Day, A for apple, N for nobody, A for Isaac, E for Edward, L for Lucy.", "Daniel"),
        ("G-As in Grace, R-As in Rose, As in Anna, C-As in Charlie, E-As in Egg.", "Grace"),
        ("T for Papa, A for alpha, P for tango, E for Echo, L for Lima.", "Patel"),
        ("Our for Robert, O as in Oscar, S for Sam, S for sugar, I for ice.", "Rossi"),
        ("R for Robert, U for umbrella, T for Tommy, H for Harry. B for boy, R for rabbit, "
         "O for orange, W for water, N for nut.", "Ruth Brown"),
    ],
)  # fmt: skip
def test_the_word_tells_the_letter(said: str, name: str) -> None:
    asked = Hearing(now=NOW, asked="name", agent="Could you spell your name with words?")
    names = [act.value for act in read(said, asked).all("give:name")]
    assert names == [name]


@pytest.mark.parametrize(
    "said",
    [
        "I need one for Ann and for Ben and for me on Friday.",
        "A table for two, a cut for Sam and a colour for Nora.",
        "It's for my son, and for my daughter, and one for my wife.",
        "N for Nora",
        "Is there a slot as in the brochure?",
        "I'm looking for a cut for a boy, for Friday, for ten.",
    ],
)
def test_words_with_for_in_them_are_no_letters(said: str) -> None:
    assert in_letters(said) == said
