"""Figures of a community on real databases: enough people, no names, nothing from elsewhere."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, event

from bot.clock import SystemClock
from bot.core.communities.model import Place, Role
from bot.core.communities.presence import register_presence
from bot.core.errors import HostsOnly, OnlyInCommunity
from bot.core.flags.model import FlagKind
from bot.core.insights.errors import GroupTooSmall
from bot.core.insights.service import Insights
from bot.core.own_questions.model import OwnState
from bot.core.practice.model import AskState
from bot.core.practice.ratings import Elo
from bot.core.questions.banks import BanksByPlace, CombinedBank
from bot.core.questions.errors import UnknownOwnQuestion
from bot.core.rate_limits.service import RateLimits
from bot.storage.repositories import SqlCohorts, SqlOwnQuestionSource
from grading.grade import Band, PointStatus
from knowledge.bank import QuestionBank
from knowledge.own import own_id
from knowledge.question import Question
from tests.builders import NOON, a_user
from tests.core.samples import DRIFT, a_grade_of, text_of, typed
from tests.databases import units_of
from tests.drafts import DRAFT
from tests.fakes import FakeFinder

HERE = Place("guild", "channel", host=True)
ELSEWHERE = Place("other", "channel", host=True)
LIME = "interpretability/lime"
ADA = a_user("host", display_name="Ada the host")


class Study:
    """A community whose members answer, and what its hosts are shown."""

    def __init__(self, bank: QuestionBank, engine: Engine) -> None:
        self.engine = engine
        self.unit_of_work = units_of(engine)
        self.bank = CombinedBank(bank, lambda: SqlOwnQuestionSource(engine))
        banks = BanksByPlace(
            self.bank, FakeFinder(), lambda _: FakeFinder(), RateLimits(SystemClock(), {})
        )
        self.insights = Insights(self.bank, banks, self.unit_of_work, lambda: SqlCohorts(engine))

    def flag(self, who: str, question_id: str) -> None:
        with self.unit_of_work() as uow:
            learner = uow.learners.register(a_user(who), NOON)
            uow.flags.put(learner.id, question_id, FlagKind.UNCLEAR, "What is meant?", NOON)
            uow.commit()

    def answer(
        self,
        who: str,
        question_id: str,
        score: float = 0.5,
        *,
        covered: int = 0,
        place: Place | None = HERE,
        assisted: bool = False,
    ) -> None:
        """Let somebody cover so many points of a question."""
        question = self.bank.get(question_id)
        statuses = {p.id: PointStatus.COVERED for p in question.key_points[:covered]}
        grade = a_grade_of(question, statuses, score=score, band=Band.PARTIAL)
        with self.unit_of_work() as uow:
            here = register_presence(uow, a_user(who, display_name=f"Name of {who}"), place, NOON)
            where = {"community_id": here.community_id, "channel_id": here.channel_id}
            ask = uow.asks.add(here.learner.id, question_id, NOON, **where)
            if assisted:
                uow.asks.update(ask.id, AskState.REVEALED, 0)
                ask = uow.asks.get(ask.id) or ask
            attempt = uow.attempts.add(ask, "words of mine", NOON)
            uow.attempts.record_grade(attempt.id, grade, NOON)
            uow.commit()

    def group(self, question_id: str, count: int = 5, **how: object) -> None:
        for number in range(count):
            self.answer(f"p{number}", question_id, **how)  # type: ignore[arg-type] as above

    def gaps(self, place: Place | None = HERE) -> str:
        return text_of(typed(self.insights.commands(), "gaps", ADA, place))

    def stats(self, name: str = "", place: Place | None = HERE) -> str:
        return text_of(self.insights.statistics(ADA, place, name))


@pytest.fixture
def study(bank: QuestionBank, every_engine: Engine) -> Study:
    return Study(bank, every_engine)


def first_point(study: Study, question_id: str = DRIFT) -> str:
    question: Question = study.bank.get(question_id)
    return question.key_points[0].statement


def test_a_group_sees_what_it_misses_and_nobodys_name(study: Study) -> None:
    study.group(DRIFT, covered=1)
    study.group(LIME, covered=0)

    told = study.gaps()

    assert "What this group covers" in told
    assert told.index("Missed most in interpretability") < told.index("Missed most in monitoring")
    assert first_point(study, LIME) in told
    assert first_point(study) not in told
    assert "0 % of 5" in told
    assert "Name of" not in told
    assert "words of mine" not in told


def test_four_are_too_few(study: Study) -> None:
    study.group(DRIFT, 4)
    study.answer("p0", LIME)
    for show in (study.gaps, study.stats):
        with pytest.raises(GroupTooSmall):
            show()
    study.answer("p4", DRIFT)
    assert "5 people" in study.gaps()
    with pytest.raises(GroupTooSmall):
        study.stats("lime")


def test_members_who_left_and_bots_do_not_count(study: Study) -> None:
    study.group(DRIFT)
    with study.unit_of_work() as uow:
        here = register_presence(uow, a_user("p0"), HERE, NOON)
        assert here.community_id
        uow.memberships.leave(here.community_id, here.learner.id, NOON)
        uow.commit()
    with pytest.raises(GroupTooSmall):
        study.gaps()
    study.answer("p5", DRIFT, place=Place("guild", "channel", role=Role.BOT))
    with pytest.raises(GroupTooSmall):
        study.gaps()
    study.answer("p6", DRIFT)
    assert "5 people" in study.gaps()


def test_only_what_was_answered_here_without_help_counts_and_once(study: Study) -> None:
    study.group(DRIFT, place=None)
    study.group(DRIFT, place=ELSEWHERE)
    study.group(DRIFT, assisted=True)
    with pytest.raises(GroupTooSmall):
        study.gaps()
    study.group(DRIFT, covered=0)
    study.group(DRIFT, covered=5)

    assert f"0 % of 5 cover it (concept-drift): {first_point(study)}" in study.gaps()


def test_own_questions_count_in_their_community_alone(study: Study) -> None:
    with study.unit_of_work() as uow:
        community = register_presence(uow, ADA, HERE, NOON).community_id
        assert community
        uow.contributions.put(community, DRAFT, OwnState.ACTIVE, None, NOON)
        uow.commit()
    own = own_id("monitoring", community, "label-delay")
    study.group(own)
    study.group(own, place=ELSEWHERE)

    assert "(label-delay)" in study.gaps()
    assert "label-delay:" in study.stats()
    assert DRAFT.prompt in study.stats("label-delay")
    with pytest.raises(GroupTooSmall):
        study.gaps(ELSEWHERE)
    with pytest.raises(UnknownOwnQuestion):
        study.stats("label-delay", ELSEWHERE)


def test_statistics_of_questions_the_doubtful_first(study: Study) -> None:
    study.group(DRIFT, score=0.5, covered=1)
    study.group(LIME, score=0.05)
    with study.unit_of_work() as uow:
        uow.elos.put_difficulty(LIME, Elo(1700, 70))
        uow.commit()
    study.flag("p0", LIME)
    study.flag("p1", LIME)

    told = study.stats()
    assert told.index("lime:") < told.index("concept-drift:")
    assert "lime: 5 answers, 5 %. In doubt: somebody flagged it and hardly anybody" in told
    assert "2 questions with enough answers, 1 in doubt" in told

    one = study.stats("lime")
    for part in ("5 people answered", "2 open flags", "loses 76 %", "missed by 100 %"):
        assert part in one
    assert "not rated yet" in study.stats("concept-drift")


def test_discrimination_is_told_where_there_is_one(study: Study) -> None:
    for number in range(12):
        study.answer(f"p{number}", DRIFT, number / 12)
        study.answer(f"p{number}", LIME, number / 12)

    assert "discrimination 1.00" in study.stats("concept-drift")


@pytest.mark.parametrize("name", ["gaps", "stats"])
def test_figures_are_for_hosts(study: Study, name: str) -> None:
    show: Callable[..., str] = getattr(study, name)
    with pytest.raises(HostsOnly):
        show(place=Place("guild", "channel"))
    with pytest.raises(OnlyInCommunity):
        show(place=None)


def test_figures_take_few_queries_however_many_answers(study: Study) -> None:
    study.group(DRIFT, 6)
    few = queries(study)
    study.group(LIME, 12)
    study.group("monitoring/data-drift-detection", 12)

    assert queries(study) == few <= 8


def queries(study: Study) -> int:
    seen: list[str] = []

    def note(*found: object) -> None:
        seen.append(str(found[2]))

    event.listen(study.engine, "before_cursor_execute", note)
    try:
        study.stats()
    finally:
        event.remove(study.engine, "before_cursor_execute", note)
    return sum(text.lstrip().upper().startswith("SELECT") for text in seen)


def test_the_operator_sees_all_of_it(study: Study) -> None:
    study.answer("p0", DRIFT, place=None)
    study.answer("p1", LIME, place=ELSEWHERE)

    assert [h.statistics.question_id for h in study.insights.everywhere()] == [LIME, DRIFT]
