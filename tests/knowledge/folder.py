"""Knowledge folders for tests: one valid question, and whatever a test breaks in it."""

from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

TOPICS = [
    {
        "id": "evaluation",
        "title": "Evaluation",
        "summary": "Measuring how good a model is before anybody relies on it.",
    }
]

EXPLANATION = (
    "Precision is a share of the predicted positives; recall is one of the real positives."
)


def a_point(point_id: str) -> dict[str, Any]:
    return {
        "id": point_id,
        "weight": 1,
        "statement": f"The point {point_id} is stated here.",
        "paraphrases": [f"In other words {point_id} holds.", f"One may also say {point_id}."],
        "plain": [f"Simply put, it is {point_id}."],
        "wrong": [f"It is never the case that {point_id}.", f"The reverse of {point_id} holds."],
        "hint": f"Which word begins like {point_id}?",
    }


def fields(metric: str = "precision") -> dict[str, Any]:
    """Return the front matter of a question without a fault."""
    return {
        "prompt": f"What does {metric} tell you about a classifier?",
        "kind": "concept",
        "difficulty": 2,
        "tags": ["metrics"],
        "aliases": [f"the {metric} metric"],
        "reference_answers": {
            "short": f"It is {metric}: the share of the predicted positives that are positive.",
            "full": f"It is {metric}. Of everything that was called positive, the true share.",
        },
        "key_points": [a_point(name) for name in ("share", "threshold", "trade-off", "classes")],
        "misconceptions": [
            {
                "claim": "It is the same as accuracy.",
                "correction": "Accuracy counts negatives too.",
            },
            {"claim": "It grows with every threshold.", "correction": "It often does, not always."},
        ],
        "follow_ups": [{"ask": "How do you choose the threshold?", "point": "threshold"}],
        "sources": [{"kind": "book", "title": "A book", "by": "Somebody", "year": 2020}],
        "author": "Tests",
    }


def without(name: str) -> dict[str, Any]:
    entry = fields()
    del entry[name]
    return entry


def with_point(**changes: Any) -> dict[str, Any]:
    """Return the fields with the first key point changed."""
    entry = fields()
    entry["key_points"][0].update(changes)
    return entry


def text_of(entry: dict[str, Any], explanation: str = EXPLANATION) -> str:
    front = yaml.safe_dump(deepcopy(entry), sort_keys=False, allow_unicode=True)
    return f"---\n{front}---\n{explanation}\n"


def write(root: Path, questions: Mapping[str, str | bytes], topics: object = TOPICS) -> Path:
    """Write a knowledge folder: question files by id, and topics.yaml."""
    (root / "topics.yaml").write_text(yaml.safe_dump(topics), encoding="utf-8")
    for question_id, text in questions.items():
        path = root / "questions" / f"{question_id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root
