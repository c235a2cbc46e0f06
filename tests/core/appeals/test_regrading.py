"""Earlier answers are graded again: once, to nobody's loss, whatever happens meanwhile."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.core.appeals.decisions import AppealDecisions
from bot.core.errors import DatabaseLocked
from bot.core.practice.model import Attempt
from bot.core.questions.variants import Variants, variant_of
from bot.core.unit_of_work import UnitOfWork
from grading.errors import GraderBusy
from grading.grade import Grade
from knowledge.bank import QuestionBank
from tests.builders import a_user
from tests.core.appeals.fixtures import (
    ADA,
    ANSWER,
    BOB,
    ELSEWHERE,
    HOST,
    HOSTED,
    POINT,
    SENTENCE,
    Court,
)
from tests.core.samples import DRIFT, a_grade_of, text_of
from tests.databases import MakeUnitOfWork

CARL = a_user("carl")


@pytest.fixture
def court(bank: QuestionBank, every_unit_of_work: MakeUnitOfWork) -> Court:
    return Court(bank, every_unit_of_work)


def orders(court: Court) -> int:
    with court.unit_of_work() as uow:
        return len(uow.regrades.pending())


def accepted_without_regrading(court: Court) -> list[Attempt]:
    """Three learners said the same, it was accepted, and the program was killed then."""
    attempts = [court.answer(user) for user in (ADA, BOB, CARL)]
    court.reader.problem = GraderBusy(128)
    court.hearings.accept(HOST, HOSTED, court.appeal(attempts[0]))
    court.reader.problem = None
    court.reader.graded.clear()
    return attempts


def test_the_same_words_are_worth_more_there_and_nowhere_else(court: Court):
    before = [court.answer(user) for user in (BOB,)]
    elsewhere, private = court.answer(BOB, ELSEWHERE), court.answer(BOB, None)

    mine = court.accept_of()

    raised = court.score(mine)
    assert raised > 0.2
    assert [court.score(attempt) for attempt in before] == [raised]
    assert court.score(elsewhere) == court.score(private) == pytest.approx(0.2)
    assert court.score(court.answer(CARL)) == raised
    assert court.score(court.answer(CARL, ELSEWHERE)) == pytest.approx(0.2)
    assert court.score(court.answer(CARL, None)) == pytest.approx(0.2)
    assert ["now scores" in told for told in court.heard(BOB)] == [True]
    assert court.heard(CARL) == []
    assert orders(court) == 0


def test_what_a_busy_grader_left_is_completed_later(court: Court):
    attempts = accepted_without_regrading(court)
    assert orders(court) == 1
    assert court.score(attempts[0]) == pytest.approx(0.2)

    assert court.regrading.run_pending() == 3

    assert all(court.score(attempt) > 0.2 for attempt in attempts)
    assert orders(court) == 0
    assert court.regrading.run_pending() == 0


def test_a_program_that_was_killed_is_followed_by_one_that_goes_on(court: Court):
    attempts = accepted_without_regrading(court)

    def killed() -> None:
        if len(court.reader.graded) == 2:
            raise KeyboardInterrupt

    court.reader.meanwhile = killed
    with pytest.raises(KeyboardInterrupt):
        court.regrading.run_pending()
    assert [court.score(attempt) > 0.2 for attempt in attempts] == [True, True, False]

    court.reader.meanwhile = lambda: None
    assert court.another_regrading().run_pending() == 1
    assert court.reader.graded == [ANSWER] * 3
    assert [len(court.heard(user)) for user in (ADA, BOB, CARL)] == [2, 1, 1]


def test_two_programs_at_once_do_it_once(court: Court):
    attempts = accepted_without_regrading(court)
    raised: list[int] = []

    def other() -> None:
        court.reader.meanwhile = lambda: None
        raised.append(court.another_regrading().run_pending())

    court.reader.meanwhile = other
    raised.append(court.regrading.run_pending())

    assert sum(raised) == 3
    assert all(court.score(attempt) > 0.2 for attempt in attempts)
    assert [len(court.heard(user)) for user in (ADA, BOB, CARL)] == [2, 1, 1]
    assert orders(court) == 0


def test_many_programs_at_once_do_it_once(court: Court):
    attempts = accepted_without_regrading(court)
    programs = [court.another_regrading() for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        raised = list(pool.map(lambda program: program.run_pending(), programs))

    assert sum(raised) == 3
    assert all(court.score(attempt) > 0.2 for attempt in attempts)
    assert [len(court.heard(user)) for user in (ADA, BOB, CARL)] == [2, 1, 1]


def test_a_decision_stands_whatever_becomes_of_the_grades(court: Court):
    appeal = court.appeal(court.answer())

    def locked() -> None:
        raise DatabaseLocked("coach.sqlite3")

    hearings = AppealDecisions(court.bank, court.unit_of_work, court.clock, court.ear, locked)
    assert "accepted" in text_of(hearings.accept(HOST, HOSTED, appeal))
    assert court.appeals.open_of(ADA) == ()
    assert orders(court) == 1


def test_who_goes_meanwhile_is_passed_over(court: Court):
    attempts = accepted_without_regrading(court)

    def gone() -> None:
        court.reader.meanwhile = lambda: None
        with court.unit_of_work() as uow:
            uow.records.delete(attempts[0].learner_id)
            uow.commit()

    court.reader.meanwhile = gone
    assert court.regrading.run_pending() == 2
    assert orders(court) == 0
    assert court.heard() == []


def test_a_community_that_goes_meanwhile_ends_its_orders(court: Court):
    attempts = accepted_without_regrading(court)

    def gone() -> None:
        court.reader.meanwhile = lambda: None
        with court.unit_of_work() as uow:
            assert attempts[0].community_id
            uow.communities.leave(attempts[0].community_id, court.clock.now())
            uow.upkeep.drop_communities(0, 9, court.clock.now().replace(year=2030))
            uow.commit()

    court.reader.meanwhile = gone
    assert court.regrading.run_pending() == 0
    assert orders(court) == 0
    assert court.score(attempts[0]) == pytest.approx(0.2)


def test_a_question_that_has_gone_waits(court: Court, bank: QuestionBank):
    accepted_without_regrading(court)
    fewer = QuestionBank(bank.topics, [each for each in bank if each.id != DRIFT])

    assert court.another_regrading(bank=fewer).run_pending() == 0
    assert orders(court) == 1
    assert court.regrading.run_pending() == 3


def test_no_grade_falls(court: Court, bank: QuestionBank):
    attempt = court.answer()
    with court.unit_of_work() as uow:
        best = a_grade_of(bank.get(DRIFT), score=1.0)
        uow.attempts.replace_grade(attempt.id, best, court.clock.now())
        uow.commit()

    court.accept_of(BOB)

    assert court.score(attempt) == 1.0
    assert court.heard() == []


def test_one_answer_that_cannot_be_graded_keeps_no_other_from_it(court: Court):
    attempts = accepted_without_regrading(court)

    def broken() -> None:
        court.reader.meanwhile = lambda: None
        raise RuntimeError("an odd answer")

    court.reader.meanwhile = broken
    assert court.regrading.run_pending() == 2
    assert [court.score(attempt) > 0.2 for attempt in attempts] == [False, True, True]
    assert orders(court) == 0


def test_corrections_follow_in_the_same_transaction(
    bank: QuestionBank, unit_of_work: MakeUnitOfWork
):
    seen: list[tuple[int, float, float]] = []

    def recount(uow: UnitOfWork, before: Attempt, after: Grade) -> None:
        stored = uow.attempts.get(before.id)
        assert stored
        assert stored.grade == after
        assert before.grade
        seen.append((before.id, before.grade.score, after.score))

    court = Court(bank, unit_of_work, (recount,))
    attempt = court.accept_of()

    assert seen == [(attempt.id, 0.2, court.score(attempt))]


def test_an_acceptance_while_an_answer_is_graded_reaches_it_too(court: Court):
    appeal = court.appeal(court.answer())

    def accept() -> None:
        court.reader.meanwhile = lambda: None
        court.hearings.accept(HOST, HOSTED, appeal)

    court.reader.meanwhile = accept
    late = court.answer(BOB)
    assert court.score(late) == pytest.approx(0.2)
    assert orders(court) == 1

    assert court.regrading.run_pending() == 1
    assert court.score(late) > 0.2


def test_ratings_and_cards_stay_as_the_first_answer_left_them(court: Court):
    attempt = court.answer()
    with court.unit_of_work() as uow:
        before = uow.elos.skills(attempt.learner_id), uow.cards.of_learner(attempt.learner_id)

    court.hearings.accept(HOST, HOSTED, court.appeal(attempt))

    with court.unit_of_work() as uow:
        after = uow.elos.skills(attempt.learner_id), uow.cards.of_learner(attempt.learner_id)
    assert after == before


def test_a_wording_that_fits_no_more_is_passed_over(bank: QuestionBank):
    question = bank.get(DRIFT)
    wrong = question.point(POINT).wrong[0]

    changed = variant_of(
        question, (("no-such-point", SENTENCE), (POINT, wrong), (POINT, SENTENCE), (POINT, "x"))
    )

    assert changed.point(POINT).accepted == (SENTENCE,)


def test_a_variant_is_made_once(court: Court, bank: QuestionBank):
    attempt = court.accept_of()
    variants = Variants(court.unit_of_work)

    there = variants.of(bank.get(DRIFT), attempt.community_id)

    assert there.point(POINT).accepted == (SENTENCE,)
    assert variants.of(bank.get(DRIFT), attempt.community_id) is there
    assert variants.of(bank.get(DRIFT), None) is bank.get(DRIFT)
