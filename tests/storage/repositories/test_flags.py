from datetime import timedelta

from bot.core.flags.model import FlagKind
from tests.builders import NOON, a_user
from tests.databases import MakeUnitOfWork

LATER = NOON + timedelta(minutes=5)


def test_a_flag_comes_back_as_it_was_kept(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON).id
        here = uow.communities.register("discord", "guild", "", NOON).id
        kept = uow.flags.put(learner, "a/b", FlagKind.UNCLEAR, "Why “so”?", NOON, here)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.flags.get(kept.id) == kept
        assert uow.flags.open_one(learner, "a/b") == kept
        assert uow.flags.open_one(learner, "a/c") is None
    assert (kept.kind, kept.words, kept.community_id) == (FlagKind.UNCLEAR, "Why “so”?", here)


def test_an_open_flag_is_changed_and_a_handled_one_is_followed(
    unit_of_work: MakeUnitOfWork,
) -> None:
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON).id
        first = uow.flags.put(learner, "a/b", FlagKind.WRONG, "", NOON)
        again = uow.flags.put(learner, "a/b", FlagKind.OUTDATED, "Since 2025.", LATER)
        assert (again.id, again.kind, again.created_at) == (first.id, FlagKind.OUTDATED, NOON)
        uow.flags.handle(first.id, learner, LATER)
        assert uow.flags.open_one(learner, "a/b") is None
        assert uow.flags.put(learner, "a/b", FlagKind.WRONG, "", LATER).id > first.id
        assert uow.flags.count(learner, NOON - timedelta(seconds=1)) == 2
        assert uow.flags.count(learner, NOON) == 1


def test_each_community_has_its_own(unit_of_work: MakeUnitOfWork) -> None:
    with unit_of_work() as uow:
        learner = uow.learners.register(a_user(), NOON).id
        here, there = (uow.communities.register("discord", each, "", NOON).id for each in "ab")
        flags = [
            uow.flags.put(learner, f"a/{place}", FlagKind.WRONG, "", NOON, place)
            for place in (here, here, there, None)
        ]
        assert uow.flags.open_in(here, 9) == (flags[1],)
        assert uow.flags.open_in(None, 9) == (flags[3],)
        uow.flags.put(learner, "a/more", FlagKind.WRONG, "", NOON, here)
        assert uow.flags.open_in(here, 1) == (flags[1],)


def test_two_learners_who_join_have_one_open_flag_on_a_question(
    unit_of_work: MakeUnitOfWork,
) -> None:
    with unit_of_work() as uow:
        kept, gone = (uow.learners.register(a_user(name), NOON).id for name in ("kept", "gone"))
        ours = uow.flags.put(kept, "a/both", FlagKind.WRONG, "ours", NOON)
        uow.flags.put(gone, "a/both", FlagKind.WRONG, "theirs", NOON)
        other = uow.flags.put(gone, "a/other", FlagKind.WRONG, "theirs", NOON)
        done = uow.flags.put(gone, "a/done", FlagKind.WRONG, "", NOON)
        uow.flags.handle(done.id, gone, NOON)
        uow.learners.merge(gone, kept)
        uow.commit()
    with unit_of_work() as uow:
        assert uow.flags.open_one(kept, "a/both") == ours
        moved = uow.flags.open_one(kept, "a/other")
        assert moved
        assert moved.id == other.id
        assert uow.flags.count(kept, NOON - timedelta(days=1)) == 3
