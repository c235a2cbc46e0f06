"""The audit log on real databases."""

from datetime import timedelta

from bot.core.communities.model import MOST_DETAIL, Place
from bot.core.communities.presence import register_presence
from bot.storage.unit_of_work import SqlUnitOfWork
from tests.builders import NOON, a_user
from tests.databases import MakeUnitOfWork

LATER = NOON + timedelta(hours=1)


def somebody(uow: SqlUnitOfWork, name: str, guild: str = "guild") -> tuple[int, int]:
    """Return the community and the learner."""
    here = register_presence(uow, a_user(name, display_name=name), Place(guild), NOON)
    assert here.community_id is not None
    return here.community_id, here.learner.id


def test_acts_come_newest_first_with_the_names_of_people(unit_of_work: MakeUnitOfWork):
    with unit_of_work() as uow:
        guild, ada = somebody(uow, "Ada")
        _, bob = somebody(uow, "Bob")
        uow.audit.add(guild, ada, "exclude", "", NOON, "copied", about_id=bob)
        uow.audit.add(guild, bob, "exclude", "answer 7", LATER)
        uow.commit()
    with unit_of_work() as uow:
        newest, oldest = uow.audit.of_community(guild, 0, 10)
        assert uow.audit.count(guild) == 2
    assert (newest.actor, newest.act, newest.subject, newest.at) == (
        "Bob",
        "exclude",
        "answer 7",
        LATER,
    )
    assert (newest.about_id, newest.about, newest.detail) == (None, "", "")
    assert (oldest.actor_id, oldest.actor, oldest.about_id, oldest.about) == (
        ada,
        "Ada",
        bob,
        "Bob",
    )
    assert oldest.detail == "copied"


def test_a_page_is_cut_and_another_community_has_its_own(unit_of_work: MakeUnitOfWork):
    with unit_of_work() as uow:
        guild, ada = somebody(uow, "Ada")
        other, _ = somebody(uow, "Ada", "other")
        for number in range(5):
            uow.audit.add(guild, ada, "exclude", f"answer {number}", NOON)
        uow.audit.add(other, ada, "exclude", "answer 9", NOON)
        page = uow.audit.of_community(guild, 1, 2)
        assert [entry.subject for entry in page] == ["answer 3", "answer 2"]
        assert uow.audit.count(other) == 1


def test_a_reason_is_cut_and_can_be_stored_whatever_it_is(unit_of_work: MakeUnitOfWork):
    with unit_of_work() as uow:
        guild, ada = somebody(uow, "Ada")
        uow.audit.add(guild, ada, "exclude", "answer 1", NOON, "\x00é\ud800" + "x" * 1000)
        (entry,) = uow.audit.of_community(guild, 0, 10)
    assert entry.detail == "é" + "x" * (MOST_DETAIL - 1)


def test_a_host_who_is_gone_leaves_the_act_and_a_person_who_is_gone_takes_it(
    unit_of_work: MakeUnitOfWork,
):
    with unit_of_work() as uow:
        guild, ada = somebody(uow, "Ada")
        _, bob = somebody(uow, "Bob")
        uow.audit.add(guild, ada, "exclude", "answer 7", NOON)
        uow.audit.add(guild, bob, "exclude", "", NOON, "Ada copies", about_id=ada)
        uow.records.delete(ada)
        uow.commit()
    with unit_of_work() as uow:
        (entry,) = uow.audit.of_community(guild, 0, 10)
    assert (entry.subject, entry.actor_id, entry.actor) == ("answer 7", None, "")


def test_linked_accounts_share_what_was_noted(unit_of_work: MakeUnitOfWork):
    with unit_of_work() as uow:
        guild, ada = somebody(uow, "Ada")
        _, bob = somebody(uow, "Bob")
        uow.audit.add(guild, ada, "exclude", "", NOON, about_id=ada)
        uow.learners.merge(ada, bob)
        uow.commit()
    with unit_of_work() as uow:
        (entry,) = uow.audit.of_community(guild, 0, 10)
    assert (entry.actor_id, entry.about_id) == (bob, bob)
