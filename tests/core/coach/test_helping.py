from dataclasses import replace

import pytest

from bot.core.practice.errors import NoOpenQuestion
from bot.core.practice.hints import cloze
from grading.grade import Band, PointStatus
from grading.text import content_stems as stems
from knowledge.bank import QuestionBank
from knowledge.question import KeyPoint, Question
from tests.core.samples import DRIFT, Table, a_grade_of, text_of
from tests.fakes import FakeGrader


def by_weight(question: Question) -> list[KeyPoint]:
    return sorted(question.key_points, key=lambda point: -point.weight)


def climb(table: Table, steps: int) -> list[str]:
    return [text_of(table.coach.hint(table.user)) for _ in range(steps)]


def a_table(bank: QuestionBank, *covered: str) -> Table:
    """Somebody at the question about drift whose answers cover these points."""
    statuses = dict.fromkeys(covered, PointStatus.COVERED)
    table = Table(bank, FakeGrader(a_grade_of(bank.get(DRIFT), statuses)))
    table.ask("drift")
    return table


def test_the_first_hint_invites_to_say_more_and_tells_how_much_is_missing(table: Table):
    table.ask("drift")

    (reply,) = climb(table, 1)

    assert "All 6 points are still missing." in reply
    assert not [p.id for p in table.bank.get(DRIFT).key_points if p.hint in reply]


@pytest.mark.parametrize(
    ("made", "words"), [(2, "4 of 6 points are still"), (5, "1 of 6 points is still")]
)
def test_after_an_answer_it_tells_how_much_is_still_missing(
    bank: QuestionBank, made: int, words: str
):
    table = a_table(bank, *(point.id for point in bank.get(DRIFT).key_points[:made]))
    table.answer()

    assert f"{words} missing." in climb(table, 1)[0]


def test_an_invitation_names_an_area_only_where_a_hint_names_it_too(bank: QuestionBank):
    named = 0
    for question in bank:
        table = Table(bank)
        table.ask(question.id)
        invitation = climb(table, 1)[0]
        if "One area to think of: " in invitation:
            area = invitation.split("One area to think of: ")[1].split(".\n")[0]
            named += 1
            assert area in question.tags
            assert any(set(stems(area)) <= set(stems(p.hint)) for p in question.key_points)
            assert not set(stems(area)) <= set(stems(question.prompt))
    assert named


def test_each_point_is_hinted_at_then_shown_with_gaps_then_told(table: Table):
    table.ask("drift")
    question = table.bank.get(DRIFT)
    first, second = by_weight(question)[:2]

    _, hint, gaps, told, onward = climb(table, 5)

    assert "Missing point 1 of 6" in hint
    assert first.hint in hint
    assert cloze(question, first) in gaps
    assert first.statement in told
    assert "Missing point 2 of 6" in onward
    assert second.hint in onward


def test_a_statement_is_told_on_its_own_rung_only(table: Table):
    table.ask("drift")
    points = by_weight(table.bank.get(DRIFT))

    replies = climb(table, 2 + 3 * len(points))

    for place, point in enumerate(points):
        told = [number for number, reply in enumerate(replies) if point.statement in reply]
        assert told == [3 + 3 * place]


def test_after_the_last_rung_the_missing_points_are_listed_however_often_one_asks(table: Table):
    table.ask("drift")
    points = by_weight(table.bank.get(DRIFT))
    climb(table, 1 + 3 * len(points))

    (reply,) = set(climb(table, 3))

    assert "Those were all the hints." in reply
    assert all(point.hint in reply for point in points)
    assert table.database.asks[1].hints == 1 + 3 * len(points)


def test_after_an_answer_hints_are_about_missing_points_only(bank: QuestionBank):
    table = a_table(bank, "changed-relationship", "retrain")
    table.answer()

    _, hint = climb(table, 2)

    assert "Missing point 1 of 4" in hint
    assert bank.get(DRIFT).point("detect-with-labels").hint in hint


def test_a_point_made_after_its_hint_is_left_for_the_next_missing_one(bank: QuestionBank):
    question = bank.get(DRIFT)
    table = a_table(bank, "changed-relationship")
    before = climb(table, 2)
    table.answer()

    after = climb(table, 1)

    assert question.point("changed-relationship").hint in before[1]
    assert "Missing point 1 of 5" in after[0]
    assert question.point("retrain").hint in after[0]


def test_a_count_stored_before_there_was_a_ladder_is_taken_on_from(table: Table):
    table.ask("drift")
    table.database.asks[1] = replace(table.database.asks[1], hints=6)

    point = by_weight(table.bank.get(DRIFT))[1]

    assert point.statement in climb(table, 1)[0]


def test_a_statement_told_by_the_ladder_leaves_later_answers_counting(table: Table):
    table.ask("drift")
    climb(table, 4)

    table.answer()

    assert not table.attempts[0].assisted
    assert table.attempts[0].hints_used == 4


def test_when_every_point_is_made_there_is_nothing_to_hint_at(bank: QuestionBank):
    question = bank.get(DRIFT)
    covered = {point.id: PointStatus.COVERED for point in question.key_points}
    table = Table(bank, FakeGrader(a_grade_of(question, covered, score=1, band=Band.STRONG)))
    table.ask("drift")
    table.answer()

    reply = text_of(table.coach.hint(table.user))

    assert "every point" in reply
    assert not [point.id for point in question.key_points if point.hint in reply]


def test_hints_start_afresh_when_the_question_is_asked_again(bank: QuestionBank):
    question = bank.get(DRIFT)
    covered = {point.id: PointStatus.COVERED for point in question.key_points}
    table = Table(bank, FakeGrader(a_grade_of(question, covered)))
    table.ask("drift")
    table.answer()
    table.ask("drift")

    reply = climb(table, 2)[1]

    assert by_weight(question)[0].hint in reply


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
