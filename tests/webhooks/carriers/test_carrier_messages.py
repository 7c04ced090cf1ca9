"""What a carrier's media stream says, and what it is told."""

from __future__ import annotations

import base64
import json
from xml.etree import ElementTree

import pytest

from webhooks.carriers.media import (
    BadMessage,
    Connected,
    Played,
    Pressed,
    Sound,
    Started,
    Stopped,
    clear_message,
    mark_message,
    read_media_message,
    sound_message,
)
from webhooks.carriers.signature import is_signed, signature_of
from webhooks.carriers.twiml import dial_twiml, say_twiml, stream_twiml

START = {
    "event": "start",
    "sequenceNumber": "1",
    "start": {
        "accountSid": "AC" + "0" * 32,
        "streamSid": "MZ" + "1" * 32,
        "callSid": "CA" + "2" * 32,
        "tracks": ["inbound"],
        "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
        "customParameters": {"token": "a.b.c"},
    },
    "streamSid": "MZ" + "1" * 32,
}


def test_a_stream_is_read_from_connected_to_stop() -> None:
    sound = base64.b64encode(b"\xff" * 160).decode()
    said = [
        {"event": "connected", "protocol": "Call", "version": "1.0.0"},
        START,
        {"event": "media", "media": {"track": "inbound", "chunk": "1", "payload": sound}},
        {"event": "dtmf", "dtmf": {"track": "inbound_track", "digit": "7"}},
        {"event": "mark", "mark": {"name": "1:0"}},
        {"event": "stop", "stop": {"callSid": "CA1"}},
    ]
    read = [read_media_message(json.dumps(each)) for each in said]
    kinds = [Connected, Started, Sound, Pressed, Played, Stopped]
    assert [type(each) for each in read] == kinds
    started, heard = read[1], read[2]
    assert isinstance(started, Started)
    assert started.start.custom_parameters == {"token": "a.b.c"}
    assert heard == Sound(b"\xff" * 160)


def test_our_own_voice_on_the_outbound_track_is_not_heard() -> None:
    sound = base64.b64encode(b"\x00" * 160).decode()
    message = {"event": "media", "media": {"track": "outbound", "payload": sound}}
    assert read_media_message(json.dumps(message)) == Sound(b"")


def test_an_unknown_kind_of_message_is_passed_over() -> None:
    assert read_media_message('{"event": "weather"}') is None


@pytest.mark.parametrize(
    "sent",
    [
        "no json",
        "[]",
        "{}",
        '{"event": "media"}',
        '{"event": "media", "media": {"payload": "***"}}',
        '{"event": "dtmf", "dtmf": {"digit": "99"}}',
        json.dumps({**START, "start": {**START["start"], "callSid": ""}}),  # type: ignore[dict-item]
    ],
)
def test_what_is_no_message_is_named(sent: str) -> None:
    with pytest.raises(BadMessage):
        read_media_message(sent)


def test_what_we_send_names_its_stream() -> None:
    assert json.loads(sound_message("MZ1", b"\xff\x7f")) == {
        "event": "media",
        "streamSid": "MZ1",
        "media": {"payload": "/38="},
    }
    assert json.loads(mark_message("MZ1", "1:0"))["mark"] == {"name": "1:0"}
    assert json.loads(clear_message("MZ1")) == {"event": "clear", "streamSid": "MZ1"}


def test_the_signature_is_the_one_that_the_carrier_documents() -> None:
    # The example of Twilio's documentation, "Validating requests".
    fields = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675310",
        "Digits": "1234",
        "From": "+14158675310",
        "To": "+18005551212",
    }
    address = "https://example.com/myapp.php?foo=1&bar=2"
    signature = signature_of(address, fields.items(), token="12345")
    assert signature == "L/OH5YylLD5NRKLltdqwSvS0BnU="
    assert is_signed(signature, address, fields.items(), token="12345")
    assert not is_signed(signature, address, fields.items(), token="54321")
    assert not is_signed("ä", address, fields.items(), token="12345")
    with_port = address.replace(".com/", ".com:443/")
    assert is_signed(signature, with_port, fields.items(), token="12345")
    signature = signature_of(with_port, fields.items(), token="12345")
    assert is_signed(signature, address, fields.items(), token="12345")


def test_what_goes_into_twiml_stays_text() -> None:
    for twiml in (
        stream_twiml("wss://a.example/media", token='"><Dial>+1</Dial>'),
        dial_twiml("<Hangup/>", then='"><Hangup/>'),
        say_twiml("A & B <are> closed."),
    ):
        assert ElementTree.fromstring(twiml).tag == "Response"
    (stream,) = ElementTree.fromstring(stream_twiml("wss://a.example/m", token="t"))[0]
    assert stream.attrib["url"] == "wss://a.example/m"
    assert stream[0].attrib == {"name": "token", "value": "t"}
