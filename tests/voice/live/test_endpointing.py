"""When the caller begins, pauses, has finished and interrupts: frames in, no clock."""

from __future__ import annotations

import pytest

from voice.live.endpointing import FRAME_SECONDS, Endpointing, Signal, is_backchannel

SPEECH, SILENCE = 0.9, 0.05


def run(
    ears: Endpointing, probability: float, seconds: float, *, speaking: bool = False
) -> list[tuple[Signal, float]]:
    """The signals, each with the seconds after which it came."""
    found = []
    for frame in range(1, round(seconds / FRAME_SECONDS) + 1):
        signal = ears.step(probability, speaking=speaking)
        if signal is not None:
            found.append((signal, frame * FRAME_SECONDS))
    return found


def signals(found: list[tuple[Signal, float]]) -> list[Signal]:
    return [signal for signal, _ in found]


def test_an_utterance_begins_pauses_and_ends_after_the_silence_its_words_need() -> None:
    ears = Endpointing()
    assert signals(run(ears, SPEECH, 1.0)) == [Signal.BEGAN]
    ((paused, after),) = run(ears, SILENCE, 0.2)
    assert paused is Signal.PAUSED
    assert after == pytest.approx(0.128)
    assert ears.words("a check-up", needed=0.5) is None
    ((ended, after),) = run(ears, SILENCE, 1.0)
    assert ended is Signal.ENDED
    assert 0.2 + after == pytest.approx(0.5, abs=FRAME_SECONDS)
    assert not ears.hearing


def test_words_that_come_late_end_it_when_they_come() -> None:
    ears = Endpointing()
    run(ears, SPEECH, 0.5)
    assert signals(run(ears, SILENCE, 0.7)) == [Signal.PAUSED]
    assert ears.words("yes", needed=0.25) is Signal.ENDED


def test_who_goes_on_makes_the_words_out_of_date() -> None:
    ears = Endpointing()
    run(ears, SPEECH, 0.5)
    run(ears, SILENCE, 0.3)
    ears.words("my number is", needed=1.6)
    assert signals(run(ears, SPEECH, 0.5)) == [Signal.RESUMED]
    assert signals(run(ears, SILENCE, 0.6)) == [Signal.PAUSED]
    assert ears.words("my number is 518", needed=1.6) is None


def test_a_single_loud_frame_is_no_utterance() -> None:
    ears = Endpointing()
    for _ in range(20):
        assert ears.step(SPEECH, speaking=False) is None
        assert ears.step(SILENCE, speaking=False) is None


def test_a_faint_end_of_a_word_belongs_to_it_but_does_not_begin_one() -> None:
    ears = Endpointing()
    assert run(ears, 0.4, 1.0) == []
    run(ears, SPEECH, 0.3)
    assert run(ears, 0.4, 1.0) == []


def test_noise_without_words_passes() -> None:
    ears = Endpointing()
    run(ears, SPEECH, 0.5)
    run(ears, SILENCE, 0.2)
    assert ears.words("", needed=0.5) is Signal.PASSED


def test_words_that_never_come_are_not_waited_for_for_ever() -> None:
    ears = Endpointing()
    run(ears, SPEECH, 0.5)
    assert signals(run(ears, SILENCE, 5.0)) == [Signal.PAUSED, Signal.PASSED]


def test_an_utterance_without_end_is_cut_where_the_recogniser_must() -> None:
    ears = Endpointing()
    found = run(ears, SPEECH, 28.5)
    assert signals(found) == [Signal.BEGAN, Signal.PAUSED]
    assert ears.words("and so on", needed=1.6) is Signal.ENDED


def test_a_caller_who_speaks_while_we_do_interrupts_once_the_first_words_are_known() -> None:
    ears = Endpointing()
    ((asked, after),) = run(ears, SPEECH, 0.25, speaking=True)
    assert asked is Signal.WORDS_SOON
    assert after < 0.25
    assert ears.first_words("Actually,") is Signal.BARGE_IN
    assert ears.in_utterance


def test_a_guess_that_is_late_is_not_waited_for() -> None:
    ears = Endpointing()
    found = run(ears, SPEECH, 0.6, speaking=True)
    assert signals(found) == [Signal.WORDS_SOON, Signal.BARGE_IN]
    assert found[1][1] < 0.43
    assert ears.first_words("Okay") is None


def test_a_first_guess_of_agreement_gives_more_time() -> None:
    ears = Endpointing()
    assert signals(run(ears, SPEECH, 0.25, speaking=True)) == [Signal.WORDS_SOON]
    assert ears.first_words("Mm-hmm.") is None
    assert run(ears, SPEECH, 0.25, speaking=True) == []
    assert signals(run(ears, SILENCE, 0.3, speaking=True)) == [Signal.PAUSED]
    assert ears.words("Mm-hmm.", needed=0.5) is Signal.PASSED
    assert not ears.hearing


def test_what_begins_as_agreement_and_goes_on_is_guessed_at_again() -> None:
    ears = Endpointing()
    run(ears, SPEECH, 0.25, speaking=True)
    ears.first_words("Okay")
    assert signals(run(ears, SPEECH, 0.34, speaking=True)) == [Signal.WORDS_SOON]
    assert ears.first_words("Okay, but can") is Signal.BARGE_IN


def test_agreement_that_goes_on_and_on_interrupts_all_the_same() -> None:
    ears = Endpointing()
    found = []
    for _ in range(10):
        found += signals(run(ears, SPEECH, 0.128, speaking=True))
        ears.first_words("Okay, yeah")
    assert found == [Signal.WORDS_SOON] * 3 + [Signal.BARGE_IN]


def test_a_guess_that_comes_after_the_sound_is_left_to_the_words() -> None:
    ears = Endpointing()
    run(ears, SPEECH, 0.25, speaking=True)
    assert signals(run(ears, SILENCE, 0.2, speaking=True)) == [Signal.PAUSED]
    assert ears.first_words("Come on") is None
    assert ears.words("Cool.", needed=0.5) is Signal.PASSED


def test_a_short_word_that_matters_interrupts_once_it_is_known() -> None:
    ears = Endpointing()
    run(ears, SPEECH, 0.22, speaking=True)
    assert signals(run(ears, SILENCE, 0.25, speaking=True)) == [Signal.PAUSED]
    assert ears.words("Stop.", needed=0.5) is Signal.BARGE_IN
    assert signals(run(ears, SILENCE, 0.5, speaking=True)) == [Signal.ENDED]


def test_an_interruption_without_words_passes() -> None:
    ears = Endpointing()
    assert Signal.BARGE_IN in signals(run(ears, SPEECH, 1.0, speaking=True))
    run(ears, SILENCE, 0.25)
    assert ears.words("Okay.", needed=0.5) is Signal.PASSED


def test_who_speaks_when_we_fall_silent_simply_answers() -> None:
    ears = Endpointing()
    run(ears, SPEECH, 0.2, speaking=True)
    assert signals(run(ears, SPEECH, 0.1, speaking=False)) == [Signal.BEGAN]
    run(ears, SILENCE, 0.25)
    assert ears.words("Okay.", needed=0.25) is Signal.ENDED


@pytest.mark.parametrize(
    "said",
    [
        "Mm-hmm.",
        "mhm",
        "Okay, yeah.",
        "Uh-huh",
        "(coughing)",
        "[BLANK_AUDIO]",
        "",
        "I see.",
        "Right.",
    ],
)
def test_what_keeps_us_going(said: str) -> None:
    assert is_backchannel(said)


@pytest.mark.parametrize("said", ["no", "Stop.", "Okay, but later.", "yes", "Wait", "three"])
def test_what_asks_for_an_answer(said: str) -> None:
    assert not is_backchannel(said)
