"""Questions as people bring them along."""

from typing import Any

from knowledge.own import QuestionDraft

POINTS = (
    "Compare the predictions with labels that arrive later.",
    "Watch the distributions of the inputs and the outputs.",
    "Set alarms that reach a person who can act on them.",
)


def a_draft(slug: str | None = "label-delay", **changes: Any) -> QuestionDraft:
    """A draft of statements alone, about a matter that no shipped question asks."""
    fields = {
        "id": slug,
        "topic": "monitoring",
        "prompt": f"How does one look after the {slug} of the fleet of lorries?",
        "key_points": POINTS,
    }
    return QuestionDraft.model_validate(fields | changes)


DRAFT = a_draft()
