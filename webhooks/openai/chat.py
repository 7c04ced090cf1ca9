"""Chat completions for any OpenAI client: the same agent, streamed or whole."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from voice.turn import Say, Turn
from webhooks.admission import admit_speaker, spend_turn
from webhooks.bodies import parse_body
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
    body = await parse_body(request, ChatBody)
    if not body.messages:
        raise Problem(422, "messages: at least one is needed.")
    asked = read_asked(body.messages)
    call = await known_call(request, speaker, body=body, asked=asked)
    resources: Resources = request.app.state.ringbook
    headers = {"X-Call-ID": call.facts.call_id}
    texts = _texts(resources, _turn(request, call, asked))
    if body.stream:
        usage = (body.stream_options or {}).get("include_usage") is True
        frames = _frames(texts, prompt=_prompt_tokens(body) if usage else None)
        return EventStream(frames, headers=headers)
    reply = await until_gone(request.receive, _joined(texts))
    if reply is None:
        return Response(status_code=CLIENT_CLOSED, headers=headers)
    return JSONResponse(_completion(reply, _prompt_tokens(body)), headers=headers)


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
        arrived_at=datetime.now(UTC),
    )
    entry = call.entry
    if entry is None or entry.last_turn == 0 or asked.history or asked.answered:
        return turn
    if asked.text == entry.last_text and (entry.last_turn == 1 or _is_retry(request)):
        return replace(turn, number=entry.last_turn, first_unheard=entry.last_turn, history=None)
    number = entry.last_turn + 1
    return replace(turn, number=number, first_unheard=number, history=None)


def _is_retry(request: Request) -> bool:
    """OpenAI's clients say which time they are asking."""
    return request.headers.get("x-stainless-retry-count", "0") not in ("", "0")


async def _texts(resources: Resources, turn: Turn) -> AsyncGenerator[str, None]:
    """What is said; before the caller's first words, the greeting."""
    if turn.number == 0:
        yield await resources.conversation.greet(turn.call)
        return
    async with aclosing(reply_parts(resources, turn)) as parts:
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
