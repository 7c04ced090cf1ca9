"""A history is read for what was heard, what was not, and what is asked now."""

from __future__ import annotations

from typing import Any

import pytest

from voice.turn import Line
from webhooks.completions import MOST_HISTORY, Asked, Message, read_asked


def asked(*messages: dict[str, Any]) -> Asked:
    return read_asked(tuple(Message.model_validate(message) for message in messages))


def user(content: Any) -> dict[str, Any]:
    return {"role": "user", "content": content}


def said(content: Any) -> dict[str, Any]:
    return {"role": "assistant", "content": content}


def test_a_turn_is_known_by_how_many_caller_messages_there_were() -> None:
    read = asked(
        {"role": "system", "content": "You are an assistant."},
        said("Hello."),
        user("Hi."),
        said("How can I help?"),
        user("I need a haircut."),
    )
    assert (read.number, read.first_unheard, read.text) == (2, 2, "I need a haircut.")
    assert read.history == (
        Line("us", "Hello."),
        Line("caller", "Hi."),
        Line("us", "How can I help?"),
    )


def test_of_a_history_without_end_the_newest_lines_are_looked_at() -> None:
    exchanges = [each for _ in range(200) for each in (user("a" * 2_000), said("b" * 2_000))]
    read = asked(*exchanges, user("I need a haircut."))
    assert (read.number, read.text) == (201, "I need a haircut.")
    assert sum(len(line.text) for line in read.history) == MOST_HISTORY
    assert read.history[-1] == Line("us", "b" * 2_000)


def test_messages_that_no_reply_was_heard_after_are_one_turn() -> None:
    read = asked(user("Hi."), said("Hello."), user("I'd like"), user("a haircut"))
    assert (read.number, read.first_unheard, read.text) == (3, 2, "I'd like a haircut")
    assert read.history == (Line("caller", "Hi."), Line("us", "Hello."))


def test_words_that_are_said_again_and_extended_count_once() -> None:
    read = asked(user("I'd like"), user("I'd like a haircut"))
    assert read.text == "I'd like a haircut"
    assert read.first_unheard == 1


def test_a_reply_of_which_nothing_was_heard_ends_no_run() -> None:
    call = {"role": "assistant", "tool_calls": [{"id": "call_1", "function": {"name": "f"}}]}
    result = {"role": "tool", "tool_call_id": "call_1", "content": "Success."}
    read = asked(user("Do it."), call, result, said(""), said(None), user("Please."))
    assert (read.number, read.first_unheard, read.text) == (2, 1, "Do it. Please.")


def test_a_history_that_ends_in_a_tools_result_asks_the_same_turn_again() -> None:
    call = {"role": "assistant", "tool_calls": [{"id": "call_1", "function": {"name": "f"}}]}
    result = {"role": "tool", "tool_call_id": "call_1", "content": "Success."}
    before = asked(user("Hi."), said("Hello."), user("Note that I like ice cream."))
    after = asked(user("Hi."), said("Hello."), user("Note that I like ice cream."), call, result)
    assert after == before


def test_a_reply_that_was_cut_short_was_heard_as_far_as_it_went() -> None:
    read = asked(user("Hi."), said("If you're"), user("Wait."))
    assert (read.number, read.first_unheard, read.text) == (2, 2, "Wait.")
    assert read.history[-1] == Line("us", "If you're")


@pytest.mark.parametrize(
    "content",
    [
        "Hello  there",
        [{"type": "text", "text": "Hello"}, {"type": "text", "text": "there"}],
        ["Hello", "there"],
        [{"type": "text", "text": "Hello there"}, {"type": "image_url"}, {"type": "text"}],
    ],
)
def test_content_may_be_text_or_parts(content: Any) -> None:
    assert asked(user(content)).text == "Hello there"


@pytest.mark.parametrize("content", [None, 7, {}, []])
def test_content_without_words_is_silence(content: Any) -> None:
    assert (asked(user(content)).number, asked(user(content)).text) == (1, "")


def test_before_the_caller_says_anything_there_is_no_turn() -> None:
    read = asked({"role": "system", "content": "You are an assistant."})
    assert (read.number, read.text, read.history) == (0, "", ())


def test_keys_pressed_are_their_digits() -> None:
    read = asked(user("User's Keypad Entry: 2125550188"))
    assert (read.text, read.keys) == ("2125550188", ("2125550188",))


def test_keys_sent_as_they_were_pressed_are_one_number() -> None:
    read = asked(user("User's Keypad Entry: 212"), user("User’s keypad entry: 5550188"))
    assert (read.number, read.first_unheard) == (2, 1)
    assert (read.text, read.keys) == ("2125550188", ("2125550188",))


def test_keys_after_words_stay_known_as_keys() -> None:
    read = asked(user("um"), user("User's Keypad Entry: 2"))
    assert (read.text, read.keys) == ("um 2", ("2",))


def test_keys_that_were_answered_are_not_asked_again() -> None:
    read = asked(user("User's Keypad Entry: 2"), said("Your name?"), user("Maria"))
    assert (read.text, read.keys) == ("Maria", ())
