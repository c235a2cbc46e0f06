from datetime import timedelta

from sqlalchemy import Engine

from bot.core.own_questions.model import Contribution, OwnState
from bot.storage.repositories import SqlOwnQuestionSource
from tests.builders import NOON, a_user
from tests.databases import MakeUnitOfWork, units_of
from tests.drafts import DRAFT, a_draft

LATER = NOON + timedelta(days=1)


def communities(unit_of_work: MakeUnitOfWork) -> tuple[int, int]:
    with unit_of_work() as uow:
        ours = uow.communities.register("discord", "ours", "Ours", NOON).id
        theirs = uow.communities.register("discord", "theirs", "Theirs", NOON).id
        uow.commit()
    return ours, theirs


def test_a_question_comes_back_as_it_was_written(every_unit_of_work: MakeUnitOfWork) -> None:
    ours, theirs = communities(every_unit_of_work)
    with every_unit_of_work() as uow:
        author = uow.learners.register(a_user(), NOON).id
        added = uow.contributions.put(ours, DRAFT, OwnState.ACTIVE, author, NOON)
        uow.commit()
    expected = Contribution(added.id, ours, DRAFT, OwnState.ACTIVE, author, NOON, NOON)
    with every_unit_of_work() as uow:
        assert added == expected
        assert uow.contributions.get(ours, "label-delay") == expected
        assert uow.contributions.numbered(ours, added.id) == expected
        assert uow.contributions.get(theirs, "label-delay") is None
        assert uow.contributions.numbered(theirs, added.id) is None
        assert uow.contributions.of_community(ours, *OwnState) == (expected,)
        assert uow.contributions.of_community(theirs, *OwnState) == ()


def test_an_edit_keeps_number_author_and_age(every_unit_of_work: MakeUnitOfWork) -> None:
    ours, _ = communities(every_unit_of_work)
    with every_unit_of_work() as uow:
        ada, bob = (uow.learners.register(a_user(name), NOON).id for name in ("ada", "bob"))
        first = uow.contributions.put(ours, DRAFT, OwnState.RETIRED, ada, NOON)
        harder = DRAFT.model_copy(update={"difficulty": 5})
        edited = uow.contributions.put(ours, harder, OwnState.ACTIVE, bob, LATER)
        uow.commit()
    assert (edited.id, edited.author_id, edited.created_at) == (first.id, ada, NOON)
    assert (edited.draft, edited.state, edited.updated_at) == (harder, OwnState.ACTIVE, LATER)


def test_decisions_are_noted(every_unit_of_work: MakeUnitOfWork) -> None:
    ours, _ = communities(every_unit_of_work)
    with every_unit_of_work() as uow:
        number = uow.contributions.put(ours, DRAFT, OwnState.SUGGESTED, None, NOON).id
        uow.contributions.put(ours, a_draft("other"), OwnState.SUGGESTED, None, NOON)
        uow.contributions.decide(number, OwnState.DECLINED, LATER)
        uow.commit()
    with every_unit_of_work() as uow:
        (declined,) = uow.contributions.of_community(ours, OwnState.DECLINED)
        (waiting,) = uow.contributions.of_community(ours, OwnState.SUGGESTED)
    assert (declined.id, declined.decided_at) == (number, LATER)
    assert (waiting.slug, waiting.decided_at) == ("other", None)


def test_the_source_reads_beside_a_transaction_and_tells_changes(every_engine: Engine) -> None:
    source, unit_of_work = SqlOwnQuestionSource(every_engine), units_of(every_engine)
    ours, theirs = communities(unit_of_work)
    assert source.community_id("discord", "ours") == ours
    assert source.community_id("slack", "ours") is None
    assert (source.revision(ours), source.questions(ours)) == (0, ())
    with unit_of_work() as uow:
        number = uow.contributions.put(ours, DRAFT, OwnState.ACTIVE, None, NOON).id
        uow.contributions.put(ours, a_draft("waits"), OwnState.SUGGESTED, None, NOON)
        assert source.revision(ours) == 0
        uow.commit()
    before = source.revision(ours)
    with unit_of_work() as uow:
        uow.contributions.decide(number, OwnState.RETIRED, NOON)
        assert [each.state for each in source.questions(ours)] == [OwnState.ACTIVE]
        uow.commit()
    assert [(each.slug, each.state) for each in source.questions(ours)] == [
        ("label-delay", OwnState.RETIRED)
    ]
    assert source.revision(ours) > before > 0
    assert source.revision(theirs) == 0


def test_an_author_who_links_or_goes(every_unit_of_work: MakeUnitOfWork) -> None:
    ours, _ = communities(every_unit_of_work)
    with every_unit_of_work() as uow:
        kept, gone = (uow.learners.register(a_user(name), NOON).id for name in ("kept", "gone"))
        uow.contributions.put(ours, DRAFT, OwnState.ACTIVE, gone, NOON)
        uow.learners.merge(gone, kept)
        uow.commit()
    with every_unit_of_work() as uow:
        (one,) = uow.contributions.of_community(ours, OwnState.ACTIVE)
        assert one.author_id == kept
        uow.records.delete(kept)
        uow.commit()
    with every_unit_of_work() as uow:
        (one,) = uow.contributions.of_community(ours, OwnState.ACTIVE)
        assert one.author_id is None
