"""What a channel is told at the close, and whose words it may hear."""

import re

import pytest

from bot.core.accounts.model import PlatformUser
from bot.core.communities.model import Visibility
from bot.core.daily import words as daily_words
from bot.core.daily.results import LEAST_TO_COMPARE, Results, results_of
from bot.core.leaderboard.exclusions import Exclusions
from bot.core.leaderboard.visibility import VisibilitySettings
from bot.core.reply import Bars, Quote, Reply
from grading.grade import Band, Flag, Grade, PointStatus
from knowledge.bank import QuestionBank
from knowledge.question import Question
from tests.builders import a_user
from tests.core.daily.fixtures import ADA, DAY, GRACE, HEDY, HERE, HOSTED, HOUR, Club
from tests.core.samples import a_grade_of, text_of, typed
from tests.databases import MakeUnitOfWork

COVERED, CONTRADICTED = PointStatus.COVERED, PointStatus.CONTRADICTED
BOB = a_user("bob", display_name="Bob")


class Day:
    """A question that is open since nine in a club."""

    def __init__(self, club: Club) -> None:
        self.club = club
        club.host("setup 09:00 Berlin")
        club.pass_by(2 * HOUR)
        self.question: Question = club.bank.get(club.posts()[0].question_id or "")
        self.points = [point.id for point in self.question.key_points]

    def grade(self, *covered: str, score: float = 0.7, flags: tuple[Flag, ...] = ()) -> Grade:
        statuses = dict.fromkeys(covered, COVERED)
        band = Band.GOOD if score >= 0.6 else Band.PARTIAL
        return a_grade_of(self.question, statuses, score=score, band=band, flags=flags)

    def answer(self, user: PlatformUser, text: str, *covered: str, score: float = 0.7) -> None:
        self.club.answer(user, text, self.grade(*covered, score=score))

    def shares(self, *users: PlatformUser, how: Visibility = Visibility.NAMED) -> None:
        seeing = VisibilitySettings(self.club.unit_of_work, self.club.clock)
        for user in users:
            seeing.share_answers(user, HERE, share=True)
            seeing.show_as(user, HERE, how)

    def results(self) -> Results:
        plan, post = self.club.plan(), self.club.posts()[0]
        assert plan is not None
        with self.club.unit_of_work() as uow:
            return results_of(uow, post, plan, self.club.bank, self.club.clock.at)

    def told(self) -> Reply:
        return daily_words.daily_results(self.results(), self.club.bank)


@pytest.fixture
def day(unit_of_work: MakeUnitOfWork, bank: QuestionBank) -> Day:
    return Day(Club(unit_of_work, bank))


def quotes(reply: Reply) -> list[str]:
    return [block.text for block in reply.blocks if isinstance(block, Quote)]


def test_where_nobody_answered_the_answer_is_told_all_the_same(day: Day):
    reply = day.told()
    assert "Nobody answered." in text_of(reply)
    assert day.question.reference_answers.short in text_of(reply)
    assert quotes(reply) == []


def test_who_agreed_is_quoted_and_named(day: Day):
    day.answer(ADA, "My whole answer.", *day.points[:2])
    day.shares(ADA)
    reply = day.told()
    first, second = day.points[:2]
    assert quotes(reply) == [
        f"what I said about {first}",
        f"what I said about {second}",
        "My whole answer.",
    ]
    assert "– Ada, 70 %" in text_of(reply)


def test_who_did_not_agree_is_not_quoted(day: Day):
    day.answer(ADA, "My whole answer.", *day.points)
    VisibilitySettings(day.club.unit_of_work, day.club.clock).show_as(ADA, HERE, Visibility.NAMED)
    told = day.told()
    assert quotes(told) == []
    assert "Ada" not in text_of(told)
    assert "1 learner has answered." in text_of(told)


@pytest.mark.parametrize("how", [Visibility.UNASKED, Visibility.ANONYMOUS, Visibility.HIDDEN])
def test_who_hides_the_name_is_quoted_without_it(day: Day, how: Visibility):
    day.answer(ADA, "My whole answer.", *day.points)
    day.shares(ADA, how=how)
    told = day.told()
    assert "My whole answer." in quotes(told)
    assert f"– {daily_words.NOBODY_NAMED}, 70 %" in text_of(told)
    assert "Ada" not in text_of(told)


def test_who_left_is_not_quoted_any_more_but_still_counts(day: Day):
    day.answer(ADA, "My whole answer.", *day.points)
    day.shares(ADA)
    here = day.club.arrive(ADA)
    with day.club.unit_of_work() as uow:
        uow.memberships.leave(here.community_id or 0, here.learner.id, day.club.clock.at)
        uow.commit()
    told = day.told()
    assert quotes(told) == []
    assert "1 learner has answered." in text_of(told)


def test_of_fewer_than_three_nobody_learns_how_the_other_did(day: Day):
    people = (ADA, GRACE, BOB)
    for count, user in enumerate(people, 1):
        day.answer(user, f"Answer {count}.", *day.points[:2], score=0.7)
        results, told = day.results(), day.told()
        shown = any(isinstance(block, Bars) for block in told.blocks)
        assert results.learners == count
        assert shown == ("Most often missed" in text_of(told)) == (count >= LEAST_TO_COMPARE)
    assert results.bands is not None
    assert dict(results.bands)[Band.GOOD] == len(people)
    assert results.missed is not None
    assert results.missed.point_id in day.points[2:]


def test_only_the_first_answer_counts_for_how_the_group_did(day: Day):
    for user in (ADA, GRACE, BOB):
        day.answer(user, "A first try.", score=0.1)
        day.answer(user, "A second one.", *day.points, score=0.9)
    results = day.results()
    assert results.bands is not None
    assert dict(results.bands)[Band.STRONG] == 0
    assert results.missed is not None
    assert results.missed.share == 1


def test_late_answers_do_not_count_and_are_not_quoted(day: Day):
    day.shares(ADA)
    ask = day.club.run("", ADA).ask_id
    day.club.clock.pass_by(DAY)
    day.club.grader.outcomes = (day.grade(*day.points),)
    day.club.coach.submit_answer(ADA, "My late answer.", ask)
    told = day.told()
    assert "Nobody answered." in text_of(told)
    assert quotes(told) == []


def test_assisted_answers_do_not_count_and_are_not_quoted(day: Day):
    day.shares(ADA)
    day.club.coach.reveal(ADA, day.club.run("", ADA).ask_id)
    day.answer(ADA, "The reference, retold.", *day.points)
    told = day.told()
    assert "Nobody answered." in text_of(told)
    assert quotes(told) == []


def test_flagged_answers_are_not_quoted(day: Day):
    day.shares(ADA)
    grade = day.grade(*day.points, flags=(Flag.COPIED_REFERENCE,))
    day.club.answer(ADA, "The reference, word by word.", grade)
    assert quotes(day.told()) == []


def test_faded_answers_are_not_quoted(day: Day):
    day.answer(ADA, "My whole answer.", *day.points)
    day.shares(ADA)
    day.club.pass_by(DAY)
    with day.club.unit_of_work() as uow:
        uow.upkeep.fade_answers(0, 100, day.club.clock.at + 99 * DAY, 30, day.club.clock.at)
        uow.commit()
    told = day.told()
    assert "1 learner has answered." in text_of(told)
    assert quotes(told) == []


def test_together_they_cover_every_point_in_as_few_sentences_as_can_be(day: Day):
    first, *others = day.points
    day.answer(ADA, "One thing.", first)
    day.answer(GRACE, "All the others.", *others)
    day.answer(BOB, "The same again.", *others)
    day.shares(ADA, GRACE, BOB)
    results, told = day.results(), text_of(day.told())
    assert results.composite.uncovered == ()
    assert {point for each in results.composite.sentences for point in each.points} == set(
        day.points
    )
    assert len(results.composite.sentences) == len(day.points)
    assert "That covers every point." in told
    assert "Still missing" not in told


def test_what_nobody_said_is_told_from_the_reference(day: Day):
    *said, missing = day.points
    day.answer(ADA, "Nearly all.", *said)
    day.shares(ADA)
    told = text_of(day.told())
    assert "Still missing:" in told
    assert day.question.point(missing).statement in told
    assert "That covers every point." not in told


def test_no_wrong_statement_is_quoted_among_what_was_said_together(day: Day):
    right, wrong = day.points[:2]
    statuses = {right: COVERED, wrong: CONTRADICTED}
    grade = a_grade_of(day.question, statuses, score=0.5, band=Band.PARTIAL)
    day.club.answer(ADA, "Right and wrong.", grade)
    day.shares(ADA)
    assert quotes(day.told()) == [f"what I said about {right}"]


def test_the_best_answers_are_those_of_three_people_at_most(day: Day):
    people = [a_user(f"p{n}", display_name=f"P{n}") for n in range(5)]
    for n, user in enumerate(people):
        day.answer(user, f"Answer {n}.", score=0.6 + n / 20)
    day.shares(*people)
    told = text_of(day.told())
    assert [int(n) for n in re.findall(r"– P(\d), ", told)] == [4, 3, 2]


def test_the_teaser_is_about_the_question_that_is_then_posted(day: Day):
    day.club.host("set days mon, wed, thu")
    day.club.pass_by(DAY)
    (results,) = day.club.channels.results("drift")
    day.club.pass_by(DAY)
    *_, following = day.club.posts()
    topic = day.club.bank.topic(day.club.bank.get(following.question_id or "").topic)
    assert f"Next, Wed 25 Nov at 09:00: {topic.title.lower()}." in text_of(results.message)


def test_a_paused_channel_has_nothing_to_look_forward_to(day: Day):
    day.club.host("pause")
    assert day.results().teaser is None
    assert "Next," not in text_of(day.told())


def test_what_a_host_took_off_the_boards_is_not_quoted(day: Day):
    day.shares(ADA, GRACE)
    day.answer(ADA, "Ada says it well.", *day.points, score=0.9)
    day.answer(GRACE, "Grace says it too.", day.points[0])
    hosts = Exclusions(day.club.unit_of_work, day.club.clock).commands()
    typed(hosts, "exclude answer 1, copied", HEDY, HOSTED)

    told = text_of(day.told())

    assert "Ada says it well." not in told
    assert "Grace says it too." in told


@pytest.mark.parametrize("gone", [False, True])
def test_who_has_left_by_the_close_is_not_quoted(day: Day, gone: bool):
    day.answer(ADA, "My whole answer.", *day.points[:2])
    day.answer(GRACE, "Hers, which is longer.", *day.points[:2])
    day.shares(ADA, GRACE)
    day.club.registrar.gone = {ADA.external_id} if gone else set()

    day.club.pass_by(DAY)

    (told,) = (text_of(each.message) for each in day.club.channels.results("drift"))
    assert ("My whole answer." not in told) is gone
    assert "Hers, which is longer." in told
    assert day.club.registrar.asked
