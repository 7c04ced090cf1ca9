"""A live call's events as OpenAI's Realtime protocol puts them. Pure: values in, messages out."""

from __future__ import annotations

import binascii
from collections.abc import Iterable, Iterator
from functools import singledispatchmethod
from typing import Any

from voice.live import events as live
from voice.understanding.numbers.cards import without_cards
from webhooks.realtime.client_events import BadEvent, CancelResponse, Item
from webhooks.realtime.items import Answer, new_id, user_item
from webhooks.realtime.session import Session

Message = dict[str, Any]
SHOWN_ITEMS = 200
"""Older items cannot be retrieved any more."""


def message(kind: str, **fields: Any) -> Message:
    """One server event."""
    return {"type": kind, "event_id": new_id("event"), **fields}


def error_message(bad: BadEvent, *, fault: str = "invalid_request_error") -> Message:
    """What was wrong with a client's event; the connection goes on."""
    error = {
        "type": fault,
        "code": bad.code,
        "message": str(bad),
        "param": bad.param,
        "event_id": bad.event_id,
    }
    return message("error", error=error)


class ServerEvents:
    """One connection's items and answers, by the ids that its client knows."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._items: dict[str, Message] = {}
        self._last_item: str | None = None
        self._utterances: dict[int, str] = {}
        self._next_utterance: str | None = None
        """The item that the speech heard now will become."""
        self._answers: dict[str, Answer] = {}
        self._answer: Answer | None = None
        """The response in the making, as its client sees it."""
        self._asked = False
        """A response was asked for and has not begun."""

    # What the client asked for.

    def typed(self, item: Item) -> Iterator[Message]:
        """The caller's typed words have become an item."""
        if item.id is not None and item.id in self._items:
            raise BadEvent("item_exists", "There is an item with this id.", param="item.id")
        content = [
            {"type": "input_text", "text": without_cards(part.text)} for part in item.content
        ]
        yield from self._added(user_item(item.id or new_id("item"), content))

    def retrieved(self, item_id: str) -> Message:
        """The item that was asked for."""
        return message("conversation.item.retrieved", item=self._item(item_id))

    def deleted(self, item_id: str) -> Message:
        """The item is not shown any more."""
        self._item(item_id)
        del self._items[item_id]
        return message("conversation.item.deleted", item_id=item_id)

    def truncated(self, item_id: str, content_index: int, audio_end_ms: int) -> int:
        """The number of the reply of which so much was heard; BadEvent for anything else."""
        self._item(item_id)
        answer = self._answers.get(item_id)
        if answer is None or content_index != 0:
            raise BadEvent("invalid_value", "Only our spoken answers can be truncated.")
        if audio_end_ms > answer.sent_ms:
            why = f"Only {answer.sent_ms} ms of this item were sent."
            raise BadEvent("invalid_value", why, param="audio_end_ms")
        return answer.number

    def may_ask(self) -> None:
        """BadEvent while there is a response already, begun or not: one at a time."""
        if self._asked or self._answer is not None:
            raise BadEvent(
                "conversation_already_has_active_response",
                "There is a response in the making: cancel it first.",
            )

    def asked(self) -> None:
        """The client asks for a response."""
        self._asked = True

    def given_up(self, event: CancelResponse) -> None:
        """The client cancels: it may ask for another response at once."""
        answer = self._answer
        if answer is None or event.response_id not in (None, answer.response_id):
            why = "There is no such response in the making."
            raise BadEvent("response_cancel_not_active", why)
        answer.given_up = True
        self._answer = None

    # What happened in the call.

    def of(self, event: live.Event) -> Iterable[Message]:
        """The messages that tell a client of this event."""
        if isinstance(event, live.PartAudio):  # most are, and looking up the others takes longer
            return self._sound(event)
        return self._tell(event)

    def _sound(self, event: live.PartAudio) -> Iterable[Message]:
        answer = self._current(event.reply)
        if answer is None or not answer.speaks:
            return ()
        answer.sent_bytes += len(event.audio)
        delta = binascii.b2a_base64(event.audio, newline=False).decode("ascii")
        return (message("response.output_audio.delta", **self._where(answer), delta=delta),)

    @singledispatchmethod
    def _tell(self, event: live.Event) -> Iterator[Message]:
        del event
        return iter(())

    @_tell.register
    def _(self, event: live.SpeechBegan) -> Iterator[Message]:
        self._next_utterance = self._next_utterance or new_id("item")
        yield message(
            "input_audio_buffer.speech_started",
            audio_start_ms=event.at_ms,
            item_id=self._next_utterance,
        )

    @_tell.register
    def _(self, event: live.SpeechEnded) -> Iterator[Message]:
        self._next_utterance = self._next_utterance or new_id("item")
        yield message(
            "input_audio_buffer.speech_stopped",
            audio_end_ms=event.at_ms,
            item_id=self._next_utterance,
        )

    @_tell.register
    def _(self, event: live.Committed) -> Iterator[Message]:
        item_id = self._next_utterance or new_id("item")
        self._next_utterance = None
        self._utterances[event.utterance] = item_id
        yield message(
            "input_audio_buffer.committed", previous_item_id=self._last_item, item_id=item_id
        )
        content = [{"type": "input_audio", "transcript": None}]
        yield from self._added(user_item(item_id, content))

    @_tell.register
    def _(self, event: live.Transcribed) -> Iterator[Message]:
        item_id = self._utterances.pop(event.utterance)
        if item_id in self._items:
            self._items[item_id]["content"][0]["transcript"] = event.text
        if not self.session.transcribes:
            return
        where = {"item_id": item_id, "content_index": 0}
        kind = "conversation.item.input_audio_transcription"
        yield message(f"{kind}.delta", **where, delta=event.text)
        usage = {"type": "duration", "seconds": event.seconds}
        yield message(f"{kind}.completed", **where, transcript=event.text, usage=usage)

    @_tell.register
    def _(self, event: live.TranscriptionFailed) -> Iterator[Message]:
        item_id = self._utterances.pop(event.utterance)
        if not self.session.transcribes:
            return
        error = {
            "type": "transcription_error",
            "code": "audio_unintelligible",
            "message": "The audio could not be transcribed.",
            "param": None,
        }
        kind = "conversation.item.input_audio_transcription.failed"
        yield message(kind, item_id=item_id, content_index=0, error=error)

    @_tell.register
    def _(self, event: live.ReplyBegan) -> Iterator[Message]:
        sound = self.session.audio_out if self.session.speaks else None
        answer = self._answer = Answer(event.reply, sound, after=self._last_item)
        self._asked = False
        self._answers[answer.item_id] = answer
        yield message("response.created", response=answer.response(self.session.call_id))
        yield message(
            "response.output_item.added",
            response_id=answer.response_id,
            output_index=0,
            item=answer.item(),
        )
        yield message("conversation.item.added", previous_item_id=answer.after, item=answer.item())
        self._show(answer.item())
        part = (
            {"type": "audio", "transcript": ""} if answer.speaks else {"type": "text", "text": ""}
        )
        yield message("response.content_part.added", **self._where(answer), part=part)

    @_tell.register
    def _(self, event: live.PartText) -> Iterator[Message]:
        answer = self._current(event.reply)
        if answer is None:
            return
        delta = f" {event.text}" if answer.parts else event.text
        answer.parts.append(event.text)
        kind = "output_audio_transcript" if answer.speaks else "output_text"
        yield message(f"response.{kind}.delta", **self._where(answer), delta=delta)

    @_tell.register
    def _(self, event: live.Interrupted) -> Iterator[Message]:
        answer = self._current(event.reply)
        if answer is not None:
            answer.parts[event.part :] = [event.heard]
        return iter(())

    @_tell.register
    def _(self, event: live.ReplyEnded) -> Iterator[Message]:
        answer = self._current(event.reply)
        if answer is None:
            return
        answer.status = event.status
        where = self._where(answer)
        if answer.speaks:
            yield message("response.output_audio.done", **where)
            yield message("response.output_audio_transcript.done", **where, transcript=answer.text)
        else:
            yield message("response.output_text.done", **where, text=answer.text)
        yield message("response.content_part.done", **where, part=answer.content_part())
        item = answer.item()
        yield message(
            "response.output_item.done", response_id=answer.response_id, output_index=0, item=item
        )
        if answer.item_id in self._items:
            self._items[answer.item_id] = item
            yield message("conversation.item.done", previous_item_id=answer.after, item=item)
        yield message("response.done", response=answer.response(self.session.call_id))
        if self._answer is answer:
            self._answer = None

    @_tell.register
    def _(self, event: live.ToolRan) -> Iterator[Message]:
        if self.session.own_events:
            yield message(
                "ringbook.tool",
                name=event.name,
                arguments=event.arguments,
                facts=event.facts,
                milliseconds=event.milliseconds,
            )

    @_tell.register
    def _(self, event: live.TurnTimed) -> Iterator[Message]:
        if self.session.own_events:
            yield message("ringbook.turn", turn=event.turn, timings=event.timings)

    # Items.

    def _added(self, item: Message) -> Iterator[Message]:
        before = self._last_item
        self._show(item)
        yield message("conversation.item.added", previous_item_id=before, item=item)
        yield message("conversation.item.done", previous_item_id=before, item=item)

    def _show(self, item: Message) -> None:
        self._items[item["id"]] = item
        self._last_item = item["id"]
        while len(self._items) > SHOWN_ITEMS:
            oldest = next(iter(self._items))
            del self._items[oldest]
            self._answers.pop(oldest, None)

    def _item(self, item_id: str) -> Message:
        if item_id not in self._items:
            raise BadEvent("item_not_found", "There is no item with this id.", param="item_id")
        return self._items[item_id]

    def _current(self, reply: int) -> Answer | None:
        """The answer of this reply, also when its client has given it up."""
        if self._answer is not None and self._answer.number == reply:
            return self._answer
        newest = next(reversed(self._answers.values()), None)
        return newest if newest is not None and newest.number == reply else None

    def _where(self, answer: Answer) -> Message:
        return {
            "response_id": answer.response_id,
            "item_id": answer.item_id,
            "output_index": 0,
            "content_index": 0,
        }
