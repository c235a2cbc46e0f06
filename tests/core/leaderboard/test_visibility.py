"""What others see of a learner: chosen, changed, reversible."""

from dataclasses import replace

import pytest

from bot.core.communities.model import Place, Visibility
from bot.core.errors import UsageError
from knowledge.bank import QuestionBank
from tests.core import samples
from tests.core.leaderboard.fixtures import HERE, Room
from tests.core.samples import text_of
from tests.databases import MakeUnitOfWork

OTHER = replace(HERE, community="other")


@pytest.fixture
def room(bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> Room:
    return Room(bank, unit_of_work)


def typed(room: Room, words: str, place: Place | None = HERE) -> str:
    commands = room.seeing.commands()
    return text_of(samples.typed(commands, f"visibility {words}", room.person("Ada"), place))


def chosen(room: Room) -> list[tuple[Visibility, bool]]:
    with room.unit_of_work() as uow:
        learner = uow.learners.find(room.person("Ada"))
        assert learner is not None
        found = uow.memberships.of_learner(learner.id)
    return [(member.visibility, member.shares_answers) for member in found]


def test_somebody_new_is_told_that_nobody_sees_them(room: Room):
    told = typed(room, "")

    assert "not at all until you choose" in told
    assert "not quoted" in told
    with room.unit_of_work() as uow:
        assert uow.learners.find(room.person("Ada")) is None, "who only looks is not registered"


@pytest.mark.parametrize("choice", [Visibility.NAMED, Visibility.ANONYMOUS, Visibility.HIDDEN])
def test_each_choice_is_kept_and_shown(room: Room, choice: Visibility):
    told = typed(room, choice.value.upper())

    assert "Saved" in told
    assert chosen(room) == [(choice, False)]
    assert "Saved" not in typed(room, choice.value)


def test_quotes_are_a_choice_of_their_own(room: Room):
    typed(room, "named")
    assert "may be quoted" in typed(room, "quotes on")
    assert chosen(room) == [(Visibility.NAMED, True)]
    assert "not quoted" in typed(room, "quotes off")
    assert chosen(room) == [(Visibility.NAMED, False)]


def test_buttons_show_the_choice_that_holds_and_act_on_their_community(room: Room):
    typed(room, "named")
    typed(room, "named", OTHER)
    reply = samples.typed(room.seeing.commands(), "visibility", room.person("Ada"), HERE)
    assert [each.label for each in reply.choices] == [
        "✓ Show my name",
        "Show a made-up name",
        "Show nothing",
        "Quote my answers",
        "✓ Don't quote me",
    ]
    hide, quote = reply.choices[2].words, reply.choices[3].words
    typed(room, hide.removeprefix("visibility "), None)
    typed(room, quote.removeprefix("visibility "), OTHER)
    assert chosen(room) == [(Visibility.HIDDEN, True), (Visibility.NAMED, False)]


def test_a_choice_holds_in_its_community_and_in_private_in_all(room: Room):
    typed(room, "named")
    typed(room, "anonymous", OTHER)
    assert chosen(room) == [(Visibility.NAMED, False), (Visibility.ANONYMOUS, False)]

    assert "in 2 communities" in typed(room, "hidden", None)
    assert chosen(room) == [(Visibility.HIDDEN, False)] * 2


def test_who_is_nowhere_is_told_so(room: Room):
    assert "you are in no community yet" in typed(room, "named", None)


@pytest.mark.parametrize("words", ["everybody", "quotes", "quotes maybe", "named please"])
def test_other_words_change_nothing(room: Room, words: str):
    typed(room, "anonymous")
    with pytest.raises(UsageError):
        typed(room, words)

    assert chosen(room) == [(Visibility.ANONYMOUS, False)]
