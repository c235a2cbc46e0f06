import pytest

from bot.core.errors import NoOpenQuestion
from grading.grade import Band, PointStatus
from knowledge.bank import QuestionBank
from knowledge.question import Question
from tests.core.samples import DRIFT, Table, a_grade_of, text_of
from tests.fakes import FakeGrader


def by_weight(question: Question) -> list[str]:
    return [p.hint for p in sorted(question.key_points, key=lambda point: -point.weight)]


def test_hints_come_one_at_a_time_the_weightiest_point_first(table: Table):
    table.ask("drift")
    hints = by_weight(table.bank.get(DRIFT))

    replies = [text_of(table.coach.hint(table.user)) for _ in hints]

    for number, (reply, hint) in enumerate(zip(replies, hints, strict=True), start=1):
        assert f"Hint {number} of {len(hints)}" in reply
        assert hint in reply
        assert not any(other in reply for other in hints if other != hint)


def test_after_the_last_hint_all_of_them_are_listed_however_often_one_asks(table: Table):
    table.ask("drift")
    hints = by_weight(table.bank.get(DRIFT))
    for _ in hints:
        table.coach.hint(table.user)

    replies = {text_of(table.coach.hint(table.user)) for _ in range(3)}

    assert len(replies) == 1
    assert all(hint in replies.copy().pop() for hint in hints)


def test_a_hint_never_tells_the_point_itself(table: Table):
    table.ask("drift")
    points = table.bank.get(DRIFT).key_points

    replies = [text_of(table.coach.hint(table.user)) for _ in range(len(points) + 1)]

    assert not [p.id for p in points for reply in replies if p.statement in reply]


def test_after_an_answer_hints_are_about_missing_points_only(bank: QuestionBank):
    question = bank.get(DRIFT)
    covered = dict.fromkeys(("changed-relationship", "retrain"), PointStatus.COVERED)
    table = Table(bank, FakeGrader(a_grade_of(question, covered)))
    table.ask("drift")
    table.answer()

    reply = text_of(table.coach.hint(table.user))

    assert f"Hint 1 of {len(question.key_points) - 2}" in reply
    assert question.point("detect-with-labels").hint in reply


def test_after_hints_and_an_answer_no_missing_point_is_passed_over(bank: QuestionBank):
    question = bank.get(DRIFT)
    covered = {"changed-relationship": PointStatus.COVERED}
    table = Table(bank, FakeGrader(a_grade_of(question, covered)))
    table.ask("drift")
    before = [text_of(table.coach.hint(table.user)) for _ in range(2)]
    table.answer()

    after = text_of(table.coach.hint(table.user))

    assert question.point("changed-relationship").hint in before[0]
    assert question.point("retrain").hint in before[1]
    assert question.point("detect-with-labels").hint in after


def test_when_every_point_is_made_there_is_nothing_to_hint_at(bank: QuestionBank):
    question = bank.get(DRIFT)
    covered = {point.id: PointStatus.COVERED for point in question.key_points}
    table = Table(bank, FakeGrader(a_grade_of(question, covered, score=1, band=Band.STRONG)))
    table.ask("drift")
    table.answer()

    reply = text_of(table.coach.hint(table.user))

    assert "every point" in reply
    assert not [point.id for point in question.key_points if point.hint in reply]


def test_an_attempt_remembers_how_many_hints_were_given(table: Table):
    table.ask("drift")
    table.coach.hint(table.user)
    table.coach.hint(table.user)

    table.answer()

    assert table.attempts[0].hints_used == 2


def test_hints_start_afresh_when_the_question_is_asked_again(bank: QuestionBank):
    question = bank.get(DRIFT)
    covered = {point.id: PointStatus.COVERED for point in question.key_points}
    table = Table(bank, FakeGrader(a_grade_of(question, covered)))
    table.ask("drift")
    table.answer()
    table.ask("drift")

    reply = text_of(table.coach.hint(table.user))

    assert by_weight(question)[0] in reply


def test_revealing_shows_the_reference_answer_and_every_key_point(table: Table):
    table.ask("drift")
    question = table.bank.get(DRIFT)

    reply = text_of(table.coach.reveal(table.user))

    assert question.reference_answers.short in reply
    assert question.reference_answers.full in reply
    assert all(point.statement in reply for point in question.key_points)


def test_an_answer_after_revealing_is_graded_but_does_not_count_as_known(table: Table):
    table.ask("drift")
    table.coach.reveal(table.user)

    reply = table.answer()

    assert table.attempts[0].assisted
    assert table.attempts[0].grade is not None
    assert "does not count" in text_of(reply)
    assert f"0 of {len(table.bank)} questions answered" in text_of(table.coach.progress(table.user))


def test_an_answer_before_revealing_still_counts(table: Table):
    table.ask("drift")
    table.answer()

    table.coach.reveal(table.user)

    assert not table.attempts[0].assisted
    assert f"1 of {len(table.bank)} questions answered" in text_of(table.coach.progress(table.user))


def test_a_hint_after_revealing_does_not_make_later_answers_count(table: Table):
    table.ask("drift")
    table.coach.reveal(table.user)
    table.coach.hint(table.user)

    table.answer()

    assert table.attempts[0].assisted


def test_answers_count_again_when_the_question_is_asked_again(table: Table):
    table.ask("drift")
    table.coach.reveal(table.user)
    table.ask("drift")

    table.answer()

    assert not table.attempts[0].assisted


def test_a_skipped_question_is_named_and_takes_no_more_help(table: Table):
    table.ask("drift")

    reply = table.coach.skip(table.user)

    assert table.bank.get(DRIFT).prompt in text_of(reply)
    for use_case in (table.coach.skip, table.coach.hint, table.coach.reveal):
        with pytest.raises(NoOpenQuestion):
            use_case(table.user)


def test_a_skipped_question_comes_again(table: Table):
    skipped = table.ask("monitoring").question_id
    table.coach.skip(table.user)

    asked = []
    for _ in table.bank.by_topic("monitoring"):
        asked.append(table.ask("monitoring").question_id)
        table.answer()

    assert skipped in asked


def test_help_without_a_question_is_refused(table: Table):
    for use_case in (table.coach.skip, table.coach.hint, table.coach.reveal):
        with pytest.raises(NoOpenQuestion):
            use_case(table.user)
