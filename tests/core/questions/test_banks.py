"""Which questions are asked where, over real databases."""

import threading
from datetime import timedelta

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from bot.clock import SystemClock
from bot.core.communities.model import Place
from bot.core.communities.presence import register_presence
from bot.core.interviews.service import Interviews
from bot.core.own_questions.model import OwnState
from bot.core.practice.answering import Answering
from bot.core.practice.model import Ask
from bot.core.questions.banks import Banks, BanksByPlace, CombinedBank
from bot.core.rate_limits.service import RateLimits
from bot.core.reviews.model import review
from bot.core.reviews.service import Reviews
from bot.storage.repositories import SqlOwnQuestionSource
from knowledge.bank import QuestionBank
from knowledge.errors import UnknownQuestion
from knowledge.own import own_id
from tests.builders import NOON, a_user
from tests.core.samples import ANSWER, DRIFT, coach_of, screen_of, text_of
from tests.databases import units_of
from tests.drafts import DRAFT, a_draft
from tests.fakes import FakeFinder, FakeGrader, FixedClock

HERE, ELSEWHERE = Place("guild", "channel"), Place("other", "channel")
ADA = a_user()


class Library:
    """A bank over a database, with a community that brings questions along."""

    def __init__(self, bank: QuestionBank, engine: Engine) -> None:
        self.unit_of_work = units_of(engine)
        self.source = SqlOwnQuestionSource(engine)
        self.bank = CombinedBank(bank, lambda: self.source)
        self.banks = BanksByPlace(
            self.bank, FakeFinder(), lambda _: FakeFinder(), RateLimits(SystemClock(), {})
        )
        with self.unit_of_work() as uow:
            here = register_presence(uow, ADA, HERE, NOON)
            register_presence(uow, ADA, ELSEWHERE, NOON)
            uow.commit()
        assert here.community_id is not None
        self.community_id, self.learner_id = here.community_id, here.learner.id
        self.own = own_id("monitoring", self.community_id, "label-delay")

    def bring(self, slug: str = "label-delay", state: OwnState = OwnState.ACTIVE) -> None:
        with self.unit_of_work() as uow:
            uow.contributions.put(self.community_id, a_draft(slug), state, None, NOON)
            uow.commit()

    def bank_at(self, place: Place | None) -> QuestionBank:
        return self.banks.at(ADA, place).bank


@pytest.fixture
def library(bank: QuestionBank, every_engine: Engine) -> Library:
    return Library(bank, every_engine)


def test_own_questions_are_listed_in_their_community_alone(
    library: Library, bank: QuestionBank
) -> None:
    library.bring()

    here = library.bank_at(HERE)
    assert library.bank.asked_in(library.community_id) == tuple(here)
    assert library.bank.asked_in(library.community_id + 1) == tuple(bank)
    assert [q.id for q in here if q.id not in bank] == [library.own]
    assert here.named("label delay") == here.get(library.own)
    assert library.own in {q.id for q in here.by_topic("monitoring")}
    for place in (None, ELSEWHERE, Place("unknown", "x")):
        assert list(library.bank_at(place)) == list(bank)
        assert library.bank_at(place).named("label-delay") is None


def test_an_id_leads_to_its_question_everywhere(library: Library) -> None:
    library.bring()
    library.bring("retired", OwnState.RETIRED)
    retired = own_id("monitoring", library.community_id, "retired")

    for place in (None, HERE, ELSEWHERE):
        found = library.bank_at(place)
        assert found.get(library.own).prompt == DRAFT.prompt
        assert library.own in found
        assert retired in found
        assert found.asks(library.own)
        assert found.asks(DRIFT)
        assert not found.asks(retired)
        assert found.get(retired) not in list(found)


@pytest.mark.parametrize("state", [OwnState.SUGGESTED, OwnState.DECLINED])
def test_what_was_never_asked_is_unknown(library: Library, state: OwnState) -> None:
    library.bring(state=state)

    for found in (library.bank, library.bank_at(HERE)):
        assert library.own not in found
        assert not found.asks(library.own)
        with pytest.raises(UnknownQuestion):
            found.get(library.own)


@given(question_id=st.text(max_size=40) | st.from_regex(r"a/own-[0-9]{1,30}-x"))
def test_any_other_id_is_unknown(bank: QuestionBank, question_id: str) -> None:
    class Empty:
        def community_id(self, *_: str) -> None: ...

        def revision(self, _: int) -> int:
            return 0

        def questions(self, _: int) -> tuple[()]:
            return ()

    every = CombinedBank(bank, Empty)
    assert question_id not in every
    assert None not in every
    with pytest.raises(UnknownQuestion):
        every.get(question_id)


def test_changes_are_seen_by_every_program_at_once(library: Library, bank: QuestionBank) -> None:
    other = CombinedBank(bank, lambda: library.source)
    assert other.own(library.community_id) == ()
    library.bring()
    (first,) = other.own(library.community_id)
    with library.unit_of_work() as uow:
        harder = DRAFT.model_copy(update={"difficulty": 5})
        uow.contributions.put(library.community_id, harder, OwnState.ACTIVE, None, NOON)
        uow.commit()

    assert (first.difficulty, other.get(library.own).difficulty) == (3, 5)
    assert other.get(library.own) is other.get(library.own)


def test_a_bank_can_be_asked_inside_a_transaction(library: Library) -> None:
    library.bring()
    with library.unit_of_work() as uow:
        register_presence(uow, ADA, HERE, NOON)
        found: list[str] = []
        thread = threading.Thread(target=lambda: found.append(library.bank.get(library.own).id))
        thread.start()
        thread.join(timeout=60)
        assert library.own in library.bank
        uow.commit()
    assert found == [library.own]


def test_only_so_many_communities_are_kept(library: Library, bank: QuestionBank) -> None:
    library.bring()
    every = CombinedBank(bank, lambda: library.source, most=2)
    first = every.get(library.own)
    for community_id in range(50, 53):
        every.own(community_id)

    assert every.get(library.own) == first
    assert every.get(library.own) is not first


def test_a_question_of_a_topic_that_has_gone_is_passed_over(
    library: Library, bank: QuestionBank
) -> None:
    library.bring()
    topics = tuple(topic for topic in bank.topics if topic.id != "monitoring")
    fewer = QuestionBank(topics, [q for q in bank if q.topic != "monitoring"])

    every = CombinedBank(fewer, lambda: library.source)

    assert library.own not in every
    assert len(every.of_community(library.community_id)) == len(fewer)


def test_a_shipped_name_stays_with_its_question(library: Library) -> None:
    with library.unit_of_work() as uow:
        draft = a_draft(aliases=["concept drift"])
        uow.contributions.put(library.community_id, draft, OwnState.ACTIVE, None, NOON)
        uow.commit()

    found = library.bank_at(HERE).named("concept drift")

    assert found is not None
    assert found.id == DRIFT


def test_answers_hints_and_reviews_of_an_own_question(library: Library) -> None:
    library.bring()
    clock = FixedClock()
    answering = Answering(library.bank, FakeGrader(), library.unit_of_work, clock)
    coach = coach_of(library.bank, answering, library.unit_of_work, clock)
    reviews = Reviews(library.bank, library.unit_of_work, clock)
    ask = _ask(library)

    assert "Score" not in text_of(coach.hint(ADA))
    assert coach.submit_answer(ADA, ANSWER).question_id == library.own
    assert "What a good answer says" in text_of(coach.reveal(ADA))
    clock.pass_by(timedelta(days=2))
    assert DRAFT.prompt in text_of(reviews.next(ADA))
    with library.unit_of_work() as uow:
        (one,) = uow.contributions.of_community(library.community_id, OwnState.ACTIVE)
        uow.contributions.decide(one.id, OwnState.RETIRED, NOON)
        uow.commit()
    assert DRAFT.prompt not in text_of(reviews.next(ADA))
    assert f"of {len(tuple(library.bank)) + 1}" in text_of(coach.progress(ADA))
    assert ask.question_id == library.own


def _ask(library: Library) -> Ask:
    with library.unit_of_work() as uow:
        ask = uow.asks.add(library.learner_id, library.own, NOON)
        uow.cards.put(library.learner_id, review(None, library.own, Rating.Again, NOON))
        uow.commit()
    return ask


def test_an_interview_has_the_questions_of_its_place(library: Library, bank: QuestionBank) -> None:
    library.bring()
    few = [bank.get(DRIFT), bank.get("monitoring/data-drift-detection")]
    every = CombinedBank(QuestionBank(bank.topics, few), lambda: library.source)
    banks = BanksByPlace(every, FakeFinder(), lambda _: FakeFinder(), RateLimits(SystemClock(), {}))
    clock = FixedClock()
    answering = Answering(every, FakeGrader(), library.unit_of_work, clock)
    screen, reports = screen_of(every, answering, library.unit_of_work, clock)
    interviews = Interviews(every, library.unit_of_work, clock, screen, reports, banks)

    for place, expected in ((HERE, {library.own}), (ELSEWHERE, set()), (None, set())):
        interviews.start(ADA, "monitoring", 3, place)
        with library.unit_of_work() as uow:
            latest = uow.interviews.latest(library.learner_id)
        assert latest is not None
        assert set(latest.question_ids) - {each.id for each in few} == expected
        interviews.stop(ADA)


def test_without_communities_there_is_one_bank(bank: QuestionBank) -> None:
    one = Banks(bank, FakeFinder())

    assert one.at(ADA, HERE) is one.at(ADA, None)
