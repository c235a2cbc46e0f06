"""Whether answers of a community or of all have changed: only with many people, and by month."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.core.communities.model import Place, Role
from bot.core.communities.presence import register_presence
from bot.core.drift.errors import TooEarly
from bot.core.drift.model import LEAST_ANSWERS, LEAST_PEOPLE, MOST_OF_ONE, Month
from bot.core.drift.service import DriftReports
from bot.core.drift.words import aside, lines
from bot.core.errors import HostsOnly, OnlyInCommunity
from bot.storage.repositories.answers_in_time import SqlAnswersInTime
from grading.drift import Period, Shift, Verdict, compare
from knowledge.bank import QuestionBank
from tests.builders import a_grade, a_user
from tests.core.samples import text_of, typed
from tests.databases import units_of
from tests.fakes import FixedClock

HERE, OTHER = Place("guild", "channel", host=True), Place("other", "channel", host=True)
BASE, LAST = datetime(2026, 3, 10, tzinfo=UTC), datetime(2026, 10, 20, tzinfo=UTC)
NOW = datetime(2026, 11, 30, tzinfo=UTC)
WORDS = "nobody else may read these words"
SHIFTS = (
    Shift("scores", 0.31, 0.4, 0.0001, 0.0002),
    Shift("answers 1", 0.02, 0.05, 0.4, 0.8),
    Shift("answers 2", 0.12, 0.2, 0.001, 0.009),
)


class Observatory:
    """Communities whose people answer, and what is found out about them."""

    def __init__(self, bank: QuestionBank, engine: Engine) -> None:
        self.engine = engine
        self.unit_of_work = units_of(engine)
        self.names = [each.id for each in bank] + [f"a/{number}" for number in range(30)]
        self.compared: list[tuple[Period, Period]] = []
        self.clock = FixedClock(NOW)
        answers = SqlAnswersInTime(engine)
        parts = (self.unit_of_work, self.clock, lambda: answers)
        self.reports = DriftReports(bank, *parts, self._compare)

    def _compare(self, before: Period, now: Period) -> tuple[Shift, ...]:
        self.compared.append((before, now))
        return SHIFTS if now.texts else compare(before, now)

    def answers(
        self,
        at: datetime,
        people: Sequence[int],
        *,
        score: float = 0.5,
        place: Place = HERE,
        questions: int = 1,
        text: str = WORDS,
        role: Role | None = None,
    ) -> None:
        with self.unit_of_work() as uow:
            for number in people:
                user = a_user(f"{place.community}-{at.month}-{number}")
                here = register_presence(uow, user, place, at)
                if role is not None and here.community_id:
                    uow.memberships.join(here.community_id, here.learner.id, "", role, at)
                for question in range(questions):
                    name = self.names[question]
                    ask = uow.asks.add(here.learner.id, name, at, community_id=here.community_id)
                    attempt = uow.attempts.add(ask, text, at)
                    uow.attempts.record_grade(attempt.id, a_grade(name, score=score), at)
            uow.commit()

    def enough(self, at: datetime, **how: Any) -> None:
        self.answers(at, range(LEAST_PEOPLE), questions=MOST_OF_ONE, **how)

    def changes(self, place: Place | None = HERE) -> str:
        user = a_user("host")
        return text_of(typed(self.reports.commands(), "changes", user, place))


@pytest.fixture
def there(bank: QuestionBank, engine: Engine) -> Observatory:
    return Observatory(bank, engine)


def test_the_last_month_is_compared_with_the_first_three(there: Observatory):
    there.enough(BASE)
    there.answers(BASE + timedelta(days=80), range(60, 62), questions=10)
    there.answers(BASE + timedelta(days=120), range(5))
    there.answers(LAST, range(11), score=0.9, questions=10)
    there.answers(NOW, range(4))

    report = there.reports.report()

    assert (str(report.before.first), str(report.before.last)) == ("2026-03", "2026-05")
    assert (str(report.now.first), report.now.answers, report.now.people) == ("2026-10", 110, 11)
    assert report.before.answers == 120
    ((before, now),) = there.compared
    assert set(now.scores) == {0.9}
    assert (len(before.texts), len(now.texts)) == (120, 110)
    assert there.reports.report() is report


def test_hosts_see_their_own_community_in_words_with_all_tests_named(there: Observatory):
    for at in (BASE, LAST):
        there.enough(at)
        there.answers(at, range(1000, 1003), place=OTHER)

    told = there.changes()

    assert "2026-10 (100 answers by 10 people) beside 2026-03 to 2026-05" in told
    assert "Scores: a large change (PSI 0.31, KS 0.40, p below 0.001)" in told
    assert "How answers are put: a clear change (PSI 0.12, KS 0.20, p 0.009)" in told
    assert "3 tests, adjusted together by Holm's method" in told
    assert "not why" in told
    assert WORDS not in told


def test_too_few_answers_are_said_to_be_too_few_and_nothing_is_compared(there: Observatory):
    there.enough(BASE)
    there.answers(LAST, range(LEAST_ANSWERS // 5), questions=4)

    told = there.changes()

    assert "Too few to say anything" in told
    assert "PSI" not in told
    assert there.compared == []


def test_many_answers_of_few_people_are_too_few_and_not_counted_out(there: Observatory):
    there.enough(BASE)
    there.answers(LAST, range(LEAST_PEOPLE - 1), questions=2 * MOST_OF_ONE)

    told = there.changes()

    assert f"2026-10 (fewer than {LEAST_PEOPLE} people)" in told
    assert there.compared == []


def test_of_one_person_a_few_answers_count(there: Observatory):
    there.enough(BASE)
    there.answers(LAST, range(LEAST_PEOPLE), questions=MOST_OF_ONE + 5)

    assert there.reports.report().now.answers == LEAST_PEOPLE * MOST_OF_ONE


def test_texts_that_are_no_longer_kept_are_not_compared_and_that_is_said(there: Observatory):
    there.enough(BASE, text="")
    there.enough(LAST)

    told = there.changes()

    assert "too few of their texts are still kept" in told
    assert "Scores: no change that chance wouldn't explain" in told
    assert all(not side.texts for side in there.compared[0])


def test_bots_and_who_left_do_not_count_for_hosts(there: Observatory):
    for at in (BASE, LAST):
        there.enough(at)
    there.answers(LAST, range(500, 505), role=Role.BOT)

    with there.unit_of_work() as uow:
        community = uow.communities.find("discord", "guild")
        assert community is not None
    assert there.reports.report(community_id=community.id).now.answers == LEAST_ANSWERS
    assert there.reports.report().now.answers == LEAST_ANSWERS + 5


def test_what_is_not_over_or_belongs_to_the_baseline_is_too_early(there: Observatory):
    with pytest.raises(TooEarly) as nothing:
        there.reports.report()
    assert "no graded answers yet" in nothing.value.sentence

    there.answers(datetime(2026, 9, 2, tzinfo=UTC), range(3))
    with pytest.raises(TooEarly) as early:
        there.reports.report()
    assert "from 2026-09 on" in early.value.sentence
    assert "2026-12 is the first" in early.value.sentence
    with pytest.raises(TooEarly):
        there.reports.report(Month(2026, 11), Month(2026, 3))


def test_an_operator_chooses_month_and_baseline(there: Observatory):
    for month in (3, 6, 9):
        there.enough(datetime(2026, month, 5, tzinfo=UTC))

    report = there.reports.report(Month(2026, 9), Month(2026, 6))

    assert (str(report.before.first), str(report.before.last)) == ("2026-06", "2026-08")
    assert (report.before.answers, report.now.answers) == (LEAST_ANSWERS, LEAST_ANSWERS)


def test_it_is_for_hosts_where_they_are(there: Observatory):
    with pytest.raises(OnlyInCommunity):
        there.changes(None)
    with pytest.raises(HostsOnly):
        there.changes(Place("guild", "channel"))
    with pytest.raises(TooEarly):
        there.changes(OTHER)


def test_a_grader_that_changed_is_named(there: Observatory):
    there.enough(BASE)
    there.enough(LAST)
    report = there.reports.report()
    assert report.same_grader
    assert "grader has changed" not in aside(report)

    other = report.now._replace(graders=("2",))
    assert "grader has changed" in aside(type(report)(report.before, other, SHIFTS))
    assert lines(report)[1].startswith("Scores: ")
    assert {each.verdict for each in SHIFTS} == {
        Verdict.LARGE,
        Verdict.STEADY,
        Verdict.MODERATE,
    }
