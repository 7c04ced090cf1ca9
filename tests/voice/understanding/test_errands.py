"""Errands of chat programs, told from what callers say."""

from __future__ import annotations

import pytest

from voice.understanding.errands import is_errand


@pytest.mark.parametrize(
    "text",
    [
        "### Task:\nGenerate a concise, 3-5 word title with an emoji for the chat history.\n"
        "### Chat History:\n<chat_history>\nUSER: A check-up tomorrow, please.\n</chat_history>",
        "### Task:\nGenerate 1-3 broad tags categorizing the main themes of the chat history.",
        "### Task:\nSuggest 3-5 relevant follow-up questions or prompts that the user might "
        "naturally ask next in this conversation as a **user**, based on the chat history.",
        "### Task:\nAnalyze the chat history to determine the necessity of generating search "
        "queries, in the given language.",
        "### Task:\nYou are an autocompletion system. Continue the text in `<text>`.",
        "Please generate a four to five word title summarizing our conversation without any "
        "lead-in, punctuation, quotation marks, periods, symbols, bold text, or additional text.",
        "You are a title generator. Output a short title for the conversation.",
        "Summarize the above conversation in five words.",
        "Please summarise this chat in at most 6 words: I want a check-up tomorrow",
        "Provide a concise, 5-word-or-less title for the conversation, using its same language.",
        "Based on the chat history, give this conversation a name. Keep it short.",
        "Generate a title for this conversation:\nI'd like a check-up tomorrow at ten",
        "Return ONLY a concise 3-5 word title for the user's message.",
        "You are a summarizer. You must create a 3-5 word title that summarizes the main topic "
        "of the conversation.",
    ],
)
def test_what_programs_ask_about_a_conversation_is_an_errand(text: str) -> None:
    assert is_errand(text)


@pytest.mark.parametrize(
    "text",
    [
        "I'd like to make a follow-up appointment, I left a message about it",
        "Could you give me the name of the person I had the conversation with?",
        "My task: book a check-up for tomorrow",
        "Can you make it ten, and return my message later?",
        "Please create a booking for Thursday and give me a summary of our conversation",
        "What title does Dr. Ruiz have?",
        "I have a follow-up question: could you suggest a time on Friday?",
        "I want to book a chat with Ana",
        "",
    ],
)
def test_what_callers_say_is_none(text: str) -> None:
    assert not is_errand(text)
