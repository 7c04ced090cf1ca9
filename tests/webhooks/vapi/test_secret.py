"""Signatures over raw bytes, by whatever plan Vapi was given."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from pathlib import Path
from typing import Any

import pytest

from tests.webhooks.doors import opened, settings_in
from webhooks.settings import SignaturePlan
from webhooks.vapi.secret import Signatures

KEY = b"key-of-the-tests"
BODY = b'{"message": {"type": "hang",   "spacing": "kept"}}'
URL = "https://ringbook.example/vapi/events"


def plan(**keys: Any) -> SignaturePlan:
    return SignaturePlan.model_validate({"secretKey": KEY.decode(), **keys})


def sign(payload: bytes, algorithm: str = "sha256", key: bytes = KEY) -> bytes:
    return hmac.new(key, payload, getattr(hashlib, algorithm)).digest()


def accepts(signatures: Signatures, headers: dict[str, str], body: bytes = BODY) -> bool:
    return signatures.accepts("POST", URL, headers, body) is not None


def now(*, off: int = 0) -> str:
    return str(int(time.time()) + off)


def headers_for(stamp: str) -> dict[str, str]:
    """Of the plan with all its defaults."""
    return {"x-timestamp": stamp, "x-signature": sign(stamp.encode() + b"." + BODY).hex()}


def test_the_default_plan_is_hex_sha256_over_timestamp_and_raw_body() -> None:
    assert accepts(Signatures(plan()), headers_for(now()))


def test_milliseconds_are_a_timestamp_too() -> None:
    assert accepts(Signatures(plan()), headers_for(now() + "000"))


@pytest.mark.parametrize("stamp", ["", "yesterday", "-5", "²³"])
def test_an_unreadable_timestamp_is_refused(stamp: str) -> None:
    assert not accepts(Signatures(plan()), headers_for(stamp))


@pytest.mark.parametrize("off", [-400, 400])
def test_a_timestamp_far_from_now_is_refused(off: int) -> None:
    assert not accepts(Signatures(plan()), headers_for(now(off=off)))


def test_what_was_changed_after_signing_is_refused() -> None:
    signatures, headers = Signatures(plan()), headers_for(now())
    reserialised = json.dumps(json.loads(BODY)).encode()
    assert not accepts(signatures, headers, reserialised)
    assert not accepts(signatures, headers, BODY + b" ")
    assert not accepts(signatures, headers | {"x-timestamp": now(off=1)})
    assert not accepts(signatures, {"x-timestamp": now()})
    assert not accepts(signatures, headers | {"x-signature": "zz"})
    assert accepts(signatures, headers)


def test_a_signature_is_good_once() -> None:
    signatures, headers = Signatures(plan()), headers_for(now())
    assert accepts(signatures, headers)
    assert not accepts(signatures, headers)


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "sha512"])
def test_algorithm_prefix_headers_and_encoding_are_the_plans(algorithm: str) -> None:
    signatures = Signatures(
        plan(
            algorithm=algorithm,
            signatureHeader="x-vapi-signature",
            timestampHeader="x-when",
            signaturePrefix=f"{algorithm}=",
            signatureEncoding="base64",
        )
    )
    stamp = now()
    digest = base64.b64encode(sign(stamp.encode() + b"." + BODY, algorithm)).decode()
    headers = {"x-when": stamp, "x-vapi-signature": f"{algorithm}={digest}"}
    assert accepts(signatures, headers)


def test_a_secret_may_be_base64() -> None:
    secret = base64.b64encode(KEY).decode()
    signatures = Signatures(plan(secretKey=secret, secretIsBase64=True))
    assert accepts(signatures, headers_for(now()))


def test_the_svix_form_is_understood() -> None:
    signatures = Signatures(
        plan(
            secretKey="whsec_" + base64.b64encode(KEY).decode(),
            secretIsBase64=True,
            signatureHeader="svix-signature",
            timestampHeader="svix-timestamp",
            messageIdHeader="svix-id",
            payloadFormat="{svix-id}.{timestamp}.{body}",
            signatureEncoding="base64",
        )
    )
    stamp = now()
    good = base64.b64encode(sign(f"msg_1.{stamp}.".encode() + BODY)).decode()
    headers = {
        "svix-id": "msg_1",
        "svix-timestamp": stamp,
        "svix-signature": f"v1,{base64.b64encode(b'0' * 32).decode()} v1,{good}",
    }
    assert accepts(signatures, headers)
    assert not accepts(Signatures(signatures.plan), headers | {"svix-id": "msg_2"})


def test_method_and_address_can_be_signed_and_the_timestamp_left_out() -> None:
    signatures = Signatures(plan(includeTimestamp=False, payloadFormat="{method} {url} {body}"))
    signature = sign(f"POST {URL} ".encode() + BODY).hex()
    assert accepts(signatures, {"x-signature": signature})
    assert not signatures.accepts("PUT", URL, {"x-signature": signature}, BODY)


def test_a_body_that_looks_like_the_format_is_signed_as_it_is() -> None:
    body, stamp = b'{"text": "{timestamp} {url}"}', now()
    signature = sign(stamp.encode() + b"." + body).hex()
    headers = {"x-timestamp": stamp, "x-signature": signature}
    assert accepts(Signatures(plan()), headers, body)


async def test_a_signature_lets_one_message_in_at_all_processes_together(tmp_path: Path) -> None:
    """As it does before and after a restart: what a process remembers goes with it."""
    settings = settings_in(tmp_path, vapi_hmac=plan())
    stamp = now()
    answers = []
    for _ in range(2):
        async with opened(settings) as door:
            answer = await door.client.post(
                "/vapi/events", content=BODY, headers=headers_for(stamp)
            )
            answers.append(answer.status_code)
    assert answers == [200, 401]
