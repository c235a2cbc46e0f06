"""A learner says that a point was covered, a host decides; on a real database."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.appeals.errors import (
    AppealedBefore,
    NotAcceptable,
    NothingToAppeal,
    NotYourSentence,
    OwnAppeal,
    PrivateAnswer,
    ReasonTooLong,
    SoundsWrong,
    TooManyAppeals,
    UnknownAppeal,
    UnknownPoint,
)
from bot.core.appeals.model import MOST_OPEN, MOST_REASON
from bot.core.communities.model import Role
from bot.core.errors import (
    CoachError,
    GradingUnavailable,
    HostsOnly,
    OnlyInCommunity,
    QuestionGone,
    UsageError,
)
from bot.core.words.phrases import percent
from grading.errors import ModelUnavailable
from knowledge.bank import QuestionBank
from tests.builders import NOON
from tests.core.appeals.fixtures import (
    ADA,
    ANSWER,
    BOB,
    ELSEWHERE,
    HOST,
    HOSTED,
    POINT,
    SENTENCE,
    THERE,
    Court,
)
from tests.core.samples import DRIFT, typed
from tests.databases import MakeUnitOfWork


@pytest.fixture
def court(bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> Court:
    return Court(bank, unit_of_work)


def number_of(court: Court, point_id: str = POINT) -> int:
    points = [point.id for point in court.bank.get(DRIFT).key_points]
    return points.index(point_id) + 1


def without(bank: QuestionBank, question_id: str) -> QuestionBank:
    return QuestionBank(bank.topics, [each for each in bank if each.id != question_id])


def test_an_appeal_is_typed_step_by_step(court: Court):
    court.answer()
    number = number_of(court)

    points = court.type("")
    assert f"{number}. missing: {court.bank.get(DRIFT).point(POINT).hint}" in points
    assert court.bank.get(DRIFT).point(POINT).statement not in points
    sentences = court.type(str(number))
    assert "1.\nThe relation moved, I think.\n2.\nA siren howls" in sentences
    made = court.type(f"{number} 2")
    assert SENTENCE in made
    assert "without your name" in made
    assert "Your open appeals" in court.type("")


def test_buttons_appeal_the_answer_that_they_stand_below(court: Court):
    about = court.answer()
    court.answer()
    number = number_of(court)
    points = typed(court.commands, f"appeal answer {about.id}", ADA, THERE)
    assert f"appeal answer {about.id} {number}" in [each.words for each in points.choices]
    sentences = typed(court.commands, f"appeal answer {about.id} {number}", ADA, THERE)
    lines = [each.words for each in sentences.choices]
    assert lines[1] == f"appeal answer {about.id} {number} 2"
    court.type(lines[1].removeprefix("appeal "))
    with court.unit_of_work() as uow:
        assert uow.appeals.standing(about.id, POINT) is not None


def test_nobody_appeals_somebody_elses_answer_by_its_number(court: Court):
    about = court.answer(user=BOB)
    with pytest.raises(NothingToAppeal):
        court.type(f"answer {about.id}")


def test_a_host_sees_what_to_decide_on_and_accepts(court: Court):
    attempt = court.answer()
    appeal = court.appeal(attempt)

    listed = court.host()
    for words in (court.bank.get(DRIFT).prompt, court.bank.get(DRIFT).point(POINT).statement):
        assert words in listed
    assert "The grader found this point missing." in listed
    assert SENTENCE in listed

    assert f"Appeal {appeal} is accepted" in court.host(f"accept {appeal}")
    assert court.score(attempt) > 0.2
    accepted, raised = court.heard()
    assert "was accepted" in accepted
    assert f"now scores {percent(court.score(attempt))} instead of 20 %" in raised
    assert "No open appeals" in court.host()
    (act,) = court.recorded
    assert (act.act, act.subject, act.about_id) == (
        "appeal accepted",
        f"appeal {appeal}",
        attempt.learner_id,
    )


def test_a_declined_appeal_is_told_with_its_reason(court: Court):
    attempt = court.answer()
    appeal = court.appeal(attempt)

    court.host(f"decline {appeal} Too   vague <@everyone>.")

    (told,) = court.heard()
    assert "was declined" in told
    assert "Too vague <@everyone>." in told
    assert court.score(attempt) == pytest.approx(0.2)
    assert [(each.act, each.detail) for each in court.recorded] == [
        ("appeal declined", "Too vague <@everyone>.")
    ]
    with pytest.raises(AppealedBefore, match="declined"):
        court.appeal(attempt)


def test_an_appeal_can_be_taken_back_and_made_again(court: Court):
    attempt = court.answer()
    appeal = court.appeal(attempt)

    assert "withdrawn" in court.type(f"withdraw {appeal}")
    with pytest.raises(UnknownAppeal):
        court.host(f"accept {appeal}")
    with pytest.raises(UnknownAppeal):
        court.type(f"withdraw {appeal}")
    assert court.appeal(attempt) > appeal


def test_somebody_elses_appeal_and_answer_stay_theirs(court: Court):
    attempt = court.answer()
    appeal = court.appeal(attempt)
    court.answer(BOB)

    with pytest.raises(UnknownAppeal):
        court.type(f"withdraw {appeal}", BOB)
    with pytest.raises(NothingToAppeal):
        court.appeals.appeal(BOB, THERE, attempt.id, POINT, SENTENCE)


def test_a_private_answer_is_pointed_to_a_flag(court: Court):
    court.answer(place=None)

    with pytest.raises(PrivateAnswer):
        court.type("")


def test_nothing_can_be_appealed_without_a_graded_answer_or_a_lost_point(court: Court):
    with pytest.raises(NothingToAppeal):
        court.type("")
    everything = " ".join(point.statement for point in court.bank.get(DRIFT).key_points)
    court.answer(text=everything)
    with pytest.raises(NothingToAppeal):
        court.type("")


def test_what_was_covered_or_not_said_cannot_be_appealed(court: Court):
    question = court.bank.get(DRIFT)
    attempt = court.answer(text=f"{question.point(POINT).statement} And so on, and so on.")

    with pytest.raises(UnknownPoint):
        court.appeals.appeal(ADA, THERE, attempt.id, POINT, "And so on, and so on.")
    with pytest.raises(NotYourSentence):
        court.appeals.appeal(ADA, THERE, attempt.id, "retrain", "We retrain every night.")


def test_ten_appeals_wait_at_most(court: Court):
    for _ in range(MOST_OPEN):
        court.appeal(court.answer())
    attempt = court.answer()

    with pytest.raises(TooManyAppeals):
        court.appeal(attempt)
    court.type(f"withdraw {court.appeals.open_of(ADA)[0].id}")
    court.appeal(attempt)


def test_only_hosts_decide_and_only_in_their_community(court: Court):
    appeal = court.appeal(court.answer())

    with pytest.raises(HostsOnly):
        court.hearings.accept(HOST, THERE, appeal)
    with pytest.raises(OnlyInCommunity):
        court.hearings.decline(HOST, None, appeal)
    with pytest.raises(UnknownAppeal):
        court.hearings.accept(HOST, replace(ELSEWHERE, host=True), appeal)
    assert court.hearings.open_appeals(HOST, replace(ELSEWHERE, host=True)) == ()


def test_an_own_appeal_is_left_to_other_staff_where_there_is_some(court: Court):
    appeal = court.appeal(court.answer(HOST), HOST)
    court.arrive(BOB, Role.STAFF)

    with pytest.raises(OwnAppeal):
        court.host(f"accept {appeal}")
    with pytest.raises(OwnAppeal):
        court.host(f"decline {appeal}")
    assert "accepted" in court.host(f"accept {appeal}", BOB)


def test_a_host_alone_decides_their_own_appeal(court: Court):
    appeal = court.appeal(court.answer(HOST), HOST)

    assert "accepted" in court.host(f"accept {appeal}")


def test_a_sentence_that_sounds_wrong_needs_a_second_look(court: Court):
    appeal = court.appeal(court.answer())
    court.ear.wrong = "No alert is ever needed."

    with pytest.raises(SoundsWrong) as problem:
        court.host(f"accept {appeal}")

    assert problem.value.wrong == "No alert is ever needed."
    assert court.heard() == []
    assert "accepted" in court.host(f"accept {appeal} anyway")


def test_a_sentence_that_stands_among_the_wrong_ones_is_refused(court: Court):
    wrong = court.bank.get(DRIFT).point("retrain").wrong[0]
    attempt = court.answer(text=f"I believe this. {wrong}")
    appeal = court.appeal(attempt, sentence=wrong)

    with pytest.raises(NotAcceptable, match="both right and wrong"):
        court.host(f"accept {appeal} anyway")
    assert [case.appeal.id for case in court.hearings.open_appeals(HOST, HOSTED)] == [appeal]


def test_without_the_model_nothing_is_decided(court: Court):
    appeal = court.appeal(court.answer())
    court.ear.failure = ModelUnavailable("tiny", "no such file")

    with pytest.raises(GradingUnavailable):
        court.host(f"accept {appeal}")
    assert len(court.hearings.open_appeals(HOST, HOSTED)) == 1


def test_what_was_decided_meanwhile_is_not_decided_again(court: Court):
    appeal = court.appeal(court.answer())
    court.host(f"accept {appeal}")

    with pytest.raises(UnknownAppeal):
        court.host(f"decline {appeal}")
    assert len(court.heard()) == 2


def test_a_question_that_has_gone_leaves_its_appeals_to_be_declined(
    court: Court, bank: QuestionBank, unit_of_work: MakeUnitOfWork
):
    appeal = court.appeal(court.answer())
    later = Court(without(bank, DRIFT), unit_of_work)

    assert "can only be declined" in later.host()
    with pytest.raises(QuestionGone):
        later.host(f"accept {appeal}")
    with pytest.raises(NothingToAppeal):
        later.type("")
    later.host(f"decline {appeal}")
    (told,) = later.heard()
    assert DRIFT in told


def test_a_reason_that_is_too_long_decides_nothing(court: Court):
    appeal = court.appeal(court.answer())

    with pytest.raises(ReasonTooLong):
        court.host(f"decline {appeal} {'x' * (MOST_REASON + 1)}")
    assert court.hearings.open_appeals(HOST, HOSTED)


def test_an_answer_that_faded_takes_its_appeal_with_it(court: Court):
    appeal = court.appeal(court.answer())
    with court.unit_of_work() as uow:
        uow.upkeep.fade_answers(0, 9, NOON + timedelta(days=2), 1, NOON)
        uow.commit()

    with court.unit_of_work() as uow:
        kept = uow.appeals.get(appeal)
    assert kept
    assert kept.sentence == ""
    assert court.hearings.open_appeals(HOST, HOSTED) == ()
    with pytest.raises(NothingToAppeal):
        court.type("")


@pytest.mark.parametrize("words", ["accept", "accept x", "accept 99", "decline " + "9" * 40])
def test_a_number_that_is_none_is_refused(court: Court, words: str):
    with pytest.raises(UnknownAppeal):
        court.host(words)


@pytest.mark.parametrize("words", ["perhaps", "accept 1 please", "²"])
def test_other_words_are_refused(court: Court, words: str):
    with pytest.raises(UsageError):
        court.host(words)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.text(max_size=80) | st.from_regex(r"\A\s*[0-9]{1,3} .{0,40}\Z"))
def test_whatever_is_typed_is_an_appeal_or_a_sentence(court: Court, words: str):
    if not court.appeals.open_of(ADA):
        court.answer(text=ANSWER)
    for type_in in (court.type, court.host):
        try:
            assert type_in(words)
        except CoachError:
            continue


def test_an_appeal_needs_no_place(court: Court):
    attempt = court.answer()

    court.appeals.appeal(ADA, None, attempt.id, POINT, SENTENCE)

    assert len(court.hearings.open_appeals(HOST, HOSTED)) == 1
