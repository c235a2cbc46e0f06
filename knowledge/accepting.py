"""Learners' own sentences, accepted as wordings of a key point."""

from knowledge.question import Question, fold


def accepting(question: Question, point_id: str, text: str) -> Question:
    """Return the question with one more accepted wording of a key point; a known one adds nothing.

    Raises:
        KeyError: the question has no such point.
        ValidationError: the sentence is too short or too long, stands among the wrong versions of
            the question, or the point has as many accepted sentences as it may.
    """
    point = question.point(point_id)
    if fold(text) in map(fold, point.right):
        return question
    fields = question.model_dump()
    for each in fields["key_points"]:
        if each["id"] == point_id:
            each["accepted"] = (*point.accepted, text)
    return type(question).model_validate(fields)
