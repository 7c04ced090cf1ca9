"""Chat completions for any OpenAI client: the same agent, streamed or whole."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import ExitStack, aclosing
from dataclasses import replace
from typing import Any

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from voice.live_reply import LiveReply
from voice.turn import Say, Turn
from voice.understanding.errands import is_errand
from webhooks.admission import Speaker, admit_speaker, spend_turn
from webhooks.bodies import MAX_BODY_BYTES, PAGE_BODY_BYTES, parse_bytes, read_body
from webhooks.capacity import OVERLOADED
from webhooks.completions import Asked, read_asked
from webhooks.event_stream import DONE, MODEL_NAME, Chunks, EventStream, until_gone
from webhooks.openai.calls import ChatBody, KnownCall, known_call
from webhooks.problems import Problem
from webhooks.replying import reply_parts
from webhooks.resources import Resources

router = APIRouter(prefix="/v1")

CHARACTERS_A_TOKEN = 4
"""For usage, which clients expect: nothing here is counted in anybody's tokens."""
CLIENT_CLOSED = 499
NOTHING_MORE: dict[str, list[str]] = {"tags": [], "follow_ups": [], "queries": []}
"""Under the names by which chat programs look for them."""


@router.get("/models")
async def models(request: Request) -> JSONResponse:
    """The one model there is."""
    admit_speaker(request)
    return JSONResponse({"object": "list", "data": [_model(request)]})


@router.get("/models/{model}")
async def model(request: Request, model: str) -> JSONResponse:
    """That model by its name."""
    admit_speaker(request)
    if model != MODEL_NAME:
        raise Problem(404, f"There is one model here: {MODEL_NAME}.")
    return JSONResponse(_model(request))


@router.post("/chat/completions")
async def complete(request: Request) -> Response:
    """The reply to the last caller message."""
    speaker = admit_speaker(request)
    spend_turn(request, speaker)
    raw = await read_body(request, most=PAGE_BODY_BYTES if speaker.token else MAX_BODY_BYTES)
    body = await parse_bytes(raw, ChatBody)
    if not body.messages:
        raise Problem(422, "messages: at least one is needed.")
    resources: Resources = request.app.state.ringbook
    if not await resources.capacity.take():
        raise Problem(503, OVERLOADED, code="overloaded", headers={"Retry-After": "2"})
    with ExitStack() as until_sent:
        until_sent.callback(resources.capacity.leave)
        response = await _answer(request, speaker, body)
        if isinstance(response, EventStream):
            response.afterwards(until_sent.pop_all().close)
        return response


async def _answer(request: Request, speaker: Speaker, body: ChatBody) -> Response:
    asked = read_asked(body.messages)
    call = await known_call(request, speaker, body=body, asked=asked)
    resources: Resources = request.app.state.ringbook
    headers = {"X-Call-ID": call.facts.call_id}
    if _is_errand(body, asked):
        return _told(body, await _errand(resources, call, asked), headers)
    turn = _turn(request, call, asked)
    if body.stream:
        usage = (body.stream_options or {}).get("include_usage") is True
        frames = _frames(_texts(resources, turn), prompt=_prompt_tokens(body) if usage else None)
        return EventStream(frames, headers=headers)
    reply = resources.conversation.answer(turn)
    try:
        texts = _texts(resources, turn, held_back=reply)
        text = await until_gone(request.receive, _joined(texts))
    except BaseException:
        await reply.aclose()
        raise
    if text is None:
        await reply.aclose()
        return Response(status_code=CLIENT_CLOSED, headers=headers)
    return WholeReply(reply, _completion(text, _prompt_tokens(body)), headers)


class WholeReply(JSONResponse):
    """A reply in one piece: it is heard once its bytes have left."""

    def __init__(
        self, reply: LiveReply, completion: dict[str, Any], headers: dict[str, str]
    ) -> None:
        super().__init__(completion, headers=headers)
        self._reply = reply

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._reply:
            await super().__call__(scope, receive, send)
            await self._reply.played()


def _turn(request: Request, call: KnownCall, asked: Asked) -> Turn:
    """The turn that is asked for.

    A client may send its whole history each time, or name its call and send the newest words
    only: then they are the next turn of what the journal holds.
    """
    turn = Turn(
        call=call.facts,
        number=asked.number,
        first_unheard=asked.first_unheard,
        text=asked.text,
        history=asked.history,
    )
    entry = call.entry
    if entry is None or entry.last_turn == 0 or asked.history or asked.answered:
        return turn
    if entry.sends_history:  # it goes back to the first words
        return turn
    if asked.text == entry.last_text and (entry.last_turn == 1 or _is_retry(request)):
        return replace(turn, number=entry.last_turn, first_unheard=entry.last_turn, history=None)
    number = entry.last_turn + 1
    return replace(turn, number=number, first_unheard=number, history=None)


def _is_retry(request: Request) -> bool:
    """OpenAI's clients say which time they are asking."""
    return request.headers.get("x-stainless-retry-count", "0") not in ("", "0")


def _is_errand(body: ChatBody, asked: Asked) -> bool:
    """Whether the program asks about a conversation: in the caller's place, or, beside the words
    of one caller or as its last word, in the system's."""
    told = [each for each in body.messages if each.role in ("system", "developer")]
    if asked.number > 1:
        told = [each for each in body.messages[-1:] if each in told]
    return is_errand(asked.text) or any(is_errand(each.content) for each in told)


async def _errand(resources: Resources, call: KnownCall, asked: Asked) -> str:
    """A title that fits every call. It is no turn: nothing is offered, held or written down."""
    business = await resources.desk.business(call.facts.organisation_id)
    title = f"A call to {business.name}"
    in_json = "json" in asked.text.casefold()
    return orjson.dumps({"title": title, **NOTHING_MORE}).decode() if in_json else title


def _told(body: ChatBody, text: str, headers: dict[str, str]) -> Response:
    """An answer that is there at once."""
    if not body.stream:
        return JSONResponse(_completion(text, _prompt_tokens(body)), headers=headers)
    return EventStream(_frames(_one(text), prompt=None), headers=headers)


async def _one(text: str) -> AsyncGenerator[str, None]:
    yield text


async def _texts(
    resources: Resources, turn: Turn, *, held_back: LiveReply | None = None
) -> AsyncGenerator[str, None]:
    """What is said; before the caller's first words, the greeting."""
    if turn.number == 0:
        yield await resources.conversation.greet(turn.call)
        return
    async with aclosing(reply_parts(resources, turn, held_back=held_back)) as parts:
        async for part in parts:
            if isinstance(part, Say):
                yield part.text.strip()


async def _frames(
    texts: AsyncGenerator[str, None], *, prompt: int | None
) -> AsyncGenerator[bytes, None]:
    """A chunk for each sentence; usage at the end for those who asked."""
    chunks, said = Chunks.begin(), ""
    async with aclosing(texts):
        async for text in texts:
            yield chunks.content(f" {text}" if said else text, first=not said)
            said += f" {text}"
    yield chunks.finish("stop")
    if prompt is not None:
        yield chunks.usage(_usage(prompt, said))
    yield DONE


async def _joined(texts: AsyncGenerator[str, None]) -> str:
    async with aclosing(texts):
        return " ".join([text async for text in texts])


def _completion(reply: str, prompt: int) -> dict[str, Any]:
    chunks = Chunks.begin()
    message = {"role": "assistant", "content": reply, "refusal": None}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return {
        "id": chunks.completion_id,
        "object": "chat.completion",
        "created": chunks.created,
        "model": MODEL_NAME,
        "choices": [choice],
        "usage": _usage(prompt, reply),
    }


def _usage(prompt: int, reply: str) -> dict[str, int]:
    completion = -(-len(reply) // CHARACTERS_A_TOKEN)
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
    }


def _prompt_tokens(body: ChatBody) -> int:
    return -(-sum(len(message.content) for message in body.messages) // CHARACTERS_A_TOKEN)


def _model(request: Request) -> dict[str, Any]:
    created = request.app.state.created
    return {"id": MODEL_NAME, "object": "model", "created": created, "owned_by": "ringbook"}
