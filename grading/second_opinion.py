"""Pairs of sentences → does the first entail the second, or contradict it? Optional.

Similarity hardly sees negation; a model trained for natural language inference reads both
sentences together and does. None is bundled: whoever has one names it, and it judges the
sentences of which the grader is unsure; `grading.revision` says what follows.
"""

import functools
import hashlib
import logging
import math
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from grading.errors import ModelUnavailable

BATCH_PAIRS = 16
"""Pairs in one forward pass: an answer to a question of three to seven points is one batch."""

MAX_TOKENS = 256
"""Word pieces of a pair; the longer text is cut first. A statement of the bank and a sentence of
usual length have under 150 together."""

MAX_CHARACTERS = 2000
"""Characters of each text that the tokenizer sees; no more English could fit into MAX_TOKENS."""

RESERVED_POSITIONS = 2
"""RoBERTa's kin count positions from 2, so that two of the configured ones cannot be used."""

MODEL_FILES = frozenset({".json", ".model", ".safetensors", ".txt"})
"""Configuration, vocabulary and weights: the files of a folder that its hash is made of."""

REMEDY = (
    "name another model with COACH_NLI_MODEL, or leave that setting empty to grade without a "
    "second opinion"
)

log = logging.getLogger(__name__)


class Inference(NamedTuple):
    """What a premise says about a hypothesis: three probabilities that add up to 1."""

    entailment: float
    neutral: float
    contradiction: float


class SecondOpinion(Protocol):
    """Anything that judges pairs of sentences; deterministic for one `model_id`."""

    @property
    def model_id(self) -> str:
        """Return a name that changes whenever the probabilities would."""
        ...

    def load(self) -> None:
        """Make ready what can be made ready without asking about anything."""
        ...

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Inference]:
        """Return for each (premise, hypothesis) what the first says about the second, in order.

        Raises:
            ModelUnavailable: there can be no second opinion at all; nothing is to be graded.
            OpinionUnavailable: there is none this time; the grade is to say so.
        """
        ...


class NliModel:
    """Judge with any Hugging Face sequence classifier for inference; loaded at first use.

    A name or a folder; the weights must be safetensors and the three classes must have their
    names. Runs on the CPU and never executes code that comes with a model. Safe to share between
    threads: loading happens once, and a forward pass at a time.
    """

    def __init__(self, model: str) -> None:
        self._name = model
        self._loaded: _Loaded | None = None
        self._lock = threading.Lock()

    @functools.cached_property
    def model_id(self) -> str:
        """Return the model's name; a folder's name with a hash of its configuration and weights."""
        folder = Path(self._name).expanduser()
        if not folder.is_dir():
            return self._name
        try:
            return f"{folder.resolve().name}-{_hash_of(folder)[:8]}"
        except OSError:  # nothing will be judged either: load() meets the same problem
            return folder.resolve().name

    @property
    def is_loaded(self) -> bool:
        """Whether the weights are in memory."""
        return self._loaded is not None

    def load(self) -> None:
        """Bring the weights into memory, once.

        Raises:
            ModelUnavailable: the model cannot be loaded, or does not tell entailment, neutral and
                contradiction apart.
        """
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self._name)

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Inference]:
        """Judge each pair of (premise, hypothesis); long texts are cut at their end.

        Raises:
            ModelUnavailable: see `load`.
        """
        if not pairs:
            return []
        self.load()
        with self._lock:
            return [
                judged
                for start in range(0, len(pairs), BATCH_PAIRS)
                for judged in self._forward(pairs[start : start + BATCH_PAIRS])
            ]

    def _forward(self, pairs: Sequence[tuple[str, str]]) -> list[Inference]:
        import torch

        assert self._loaded is not None  # noqa: S101 load() sets it or raises
        model, tokenizer, columns, limit = self._loaded
        features = tokenizer(
            [premise[:MAX_CHARACTERS] for premise, _ in pairs],
            [hypothesis[:MAX_CHARACTERS] for _, hypothesis in pairs],
            padding=True,
            truncation="longest_first",
            max_length=limit,
            # What a person types is text, also where it reads like one of the model's own marks.
            split_special_tokens=True,
            return_tensors="pt",
        )
        with torch.inference_mode():
            rows = torch.softmax(model(**features).logits.double(), dim=-1).tolist()
        return [Inference(*(row[column] for column in columns)) for row in rows]


class _Loaded(NamedTuple):
    """A model in memory, the column of each field of `Inference`, and the most pieces of a pair."""

    model: Any
    tokenizer: Any
    columns: tuple[int, ...]
    limit: int


def label_columns(id2label: dict[int, str]) -> tuple[int, ...]:
    """Return the column of entailment, of neutral and of contradiction, whatever their order.

    Raises:
        ValueError: the labels are not these three, in capitals or not.
    """
    columns = {str(label).strip().casefold(): column for column, label in id2label.items()}
    if len(id2label) != len(Inference._fields) or set(columns) != set(Inference._fields):
        found = ", ".join(str(label) for _, label in sorted(id2label.items()))
        raise ValueError(
            f"its labels are {found[:200]}, but must be entailment, neutral and contradiction "
            "(id2label in its config.json)"
        )
    return tuple(columns[field] for field in Inference._fields)


def _load(name: str) -> _Loaded:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        loaded = _read(_place_of(name))
    except Exception as error:
        raise ModelUnavailable(name, f"{_first_line(error)}; {REMEDY}") from error
    log.info("loaded the model %s for second opinions", name)
    return loaded


def _place_of(name: str) -> str:
    """Return the folder or the name to load from, after a look at what a folder holds."""
    folder = Path(name).expanduser()
    if folder.is_dir():
        if not any(folder.glob("*.safetensors")):
            raise FileNotFoundError(
                "the folder has no file *.safetensors, and other weights are not read"
            )
        return str(folder)
    # "name" and "organisation/name" may be models of the library's hub; this cannot be one.
    if folder.is_absolute() or name.startswith(".") or len(folder.parts) > len(("org", "name")):
        raise FileNotFoundError("there is no such folder")
    return name


def _read(place: str) -> _Loaded:
    import torch
    from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    config = AutoConfig.from_pretrained(place, trust_remote_code=False)
    columns = label_columns(config.id2label)
    tokenizer = AutoTokenizer.from_pretrained(place, trust_remote_code=False)
    model, report = AutoModelForSequenceClassification.from_pretrained(
        place,
        config=config,
        dtype=torch.float32,
        use_safetensors=True,
        trust_remote_code=False,
        output_loading_info=True,
    )
    if report["missing_keys"]:
        # The library would fill these with random numbers.
        missing = ", ".join(sorted(report["missing_keys"])[:3])
        raise ValueError(f"its weights lack {missing}: it was not trained to judge pairs")
    return _Loaded(model.to("cpu").eval(), tokenizer, columns, _limit(tokenizer, config))


def _limit(tokenizer: Any, config: Any) -> int:
    positions = getattr(config, "max_position_embeddings", None) or math.inf
    return int(min(MAX_TOKENS, tokenizer.model_max_length, positions - RESERVED_POSITIONS))


def _hash_of(folder: Path) -> str:
    """Return a hash of what decides a model's probabilities, wherever the folder lies."""
    total = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.suffix in MODEL_FILES:
            with path.open("rb") as file:
                total.update(path.name.encode() + hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).strip().splitlines()[0].rstrip(".")
