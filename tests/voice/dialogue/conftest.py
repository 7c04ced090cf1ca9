"""A caller of the sample clinic whose words come with their labels."""

from __future__ import annotations

import pytest

from scheduling.desk import Desk
from scheduling.values import Organisation
from tests.voice.dialogue.labelled import LabelledCaller
from voice.journal.journal import Journal


@pytest.fixture
def labelled(desk: Desk, journal: Journal, clinic: Organisation) -> LabelledCaller:
    """Somebody whom we hear right."""
    return LabelledCaller(desk, journal, clinic)
