"""The browser's own microphone, which records from a file: nothing of it is stood in for."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("ctranslate2")
pytest.importorskip("hibari")

from playwright.sync_api import expect

from tests.browser.caller import PATIENCE, spoken, wave_file
from tests.browser.conftest import a_page, launched
from tests.ringbook_process import serving

HOURS = "When are you open?"
GREETING_SECONDS = 12.0
"""Of silence before the question: long enough to hear the greeting out."""
WAVE_HEADER = 44


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.timeout(300)
def test_words_spoken_into_the_microphone_are_answered(tmp_path: Path) -> None:
    sound = tmp_path / "caller.wav"
    question = spoken([HOURS])[HOURS][WAVE_HEADER:]
    sound.write_bytes(wave_file(question, before=GREETING_SECONDS))
    with (
        serving(tmp_path, RINGBOOK_SPEECH="local") as served,
        launched(f"--use-file-for-fake-audio-capture={sound}%noloop") as browser,
        a_page(browser, "microphone") as page,
    ):
        page.set_default_timeout(PATIENCE)
        page.goto(served.address)
        page.get_by_role("button", name="Talk to us").click()
        expect(page.locator(".line.caller")).to_contain_text("open", timeout=PATIENCE)
        expect(page.locator(".line.us").last).to_contain_text("9 AM", timeout=PATIENCE)
