"""No parser sees weights that are not the ones we know."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import httpx2
import pytest

from voice.speech.engines import EngineFailed
from voice.speech.opening import SpeechChoice, open_engines
from voice.speech.weights import DICTATION, VOICE_ACTIVITY, WHISPER, WeightFile, read_weights


@pytest.mark.parametrize("file", [VOICE_ACTIVITY, DICTATION], ids=lambda file: file.name)
def test_weights_come_with_our_own_code(file: WeightFile) -> None:
    assert sha256(read_weights(file)).hexdigest() == file.sha256


def test_a_folder_of_ones_own_stands_first_and_is_checked_alike(tmp_path: Path) -> None:
    assert read_weights(VOICE_ACTIVITY, tmp_path)
    own = replace(VOICE_ACTIVITY, sha256=sha256(b"mine").hexdigest())
    (tmp_path / own.name).write_bytes(b"mine")
    assert read_weights(own, tmp_path) == b"mine"
    with pytest.raises(EngineFailed, match="SHA-256"):
        read_weights(VOICE_ACTIVITY, tmp_path)


def test_weights_of_a_package_that_is_not_there_are_missed_by_name() -> None:
    with pytest.raises(EngineFailed, match="nobody_has_this"):
        read_weights(WeightFile("nobody_has_this", "x.bin", ""))


async def test_engines_with_other_weights_say_why_and_are_not_opened(tmp_path: Path) -> None:
    pytest.importorskip("ctranslate2")
    (tmp_path / WHISPER[0].name).write_bytes(b"not a model")
    async with (
        httpx2.AsyncClient() as client,
        open_engines(SpeechChoice(weights=tmp_path), client) as speech,
    ):
        assert speech.why_not == "speech is still loading"
        assert speech.engines is None
        with pytest.raises(EngineFailed, match="SHA-256"):
            await speech.ready()
        assert "SHA-256" in (speech.why_not or "")
        assert speech.engines is None
