"""Nothing that somebody can ask for shows or changes what belongs to another community.

Every command of the table is tried with every id of a community that is full of rows, by a host of
another one, in their community and in private; so is every button and every form. What a table or a
command gains is tried too: both are read from where they are registered.
"""

from collections.abc import Callable, Iterator

import pytest

from bot.core.commands import Request
from bot.core.communities.model import Place
from bot.core.errors import CoachError
from bot.core.reply import Action, Reply
from bot.platforms.filling_in import Filling, FillingIn
from bot.platforms.front_desk import FrontDesk
from tests.platforms.foreign import ADA, ENTERED, MALLORY, MARK, OURS, THEIRS, World, leaks

CHANGES = {"ask", "interview", "privacy", "questions retire", "questions add", "questions edit"}
"""What is not tried by those whose community it is: it would change it, or need a model."""

SHOWN = {"questions", "questions get", "appeals", "flags", "exclude", "leaderboard", "daily status"}
"""Some of what shows them texts that nobody elsewhere may read."""

ANSWER = "The relationship between the inputs and the target changes with time."


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World.at(tmp_path_factory.mktemp("foreign"))


@pytest.fixture(scope="module")
def desk(world: World) -> FrontDesk:
    return FrontDesk(world.application.features)


@pytest.fixture(autouse=True)
def nothing_breaks(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """What ends in an apology was not tried."""
    yield
    assert "unexpected error" not in caplog.text


def reply_of(desk: FrontDesk, act: Callable[[], Reply]) -> Reply:
    return desk.outcome(act).reply


def test_the_world_is_full_and_its_people_see_it(world: World, desk: FrontDesk) -> None:
    assert [name for name, rows in world.rows().items() if not rows] == []
    shown = {
        command.name
        for command in desk.commands.values()
        for values in ({}, {"question": world.question}, {"number": 1}, {"member": ADA.external_id})
        if command.name not in CHANGES
        and leaks(reply_of(desk, lambda c=command, v=values: c.run(Request(ADA, THEIRS, v))))
    }
    assert shown >= SHOWN


@pytest.mark.parametrize("place", [OURS, None], ids=["in a community", "in private"])
def test_no_command_shows_or_changes_what_is_theirs(
    world: World, desk: FrontDesk, place: Place | None, capsys: pytest.CaptureFixture[str]
) -> None:
    before, tries = world.rows(), 0
    for command in desk.commands.values():
        for values in world.tries(command):
            request = Request(MALLORY, place, values)
            reply = reply_of(desk, lambda c=command, r=request: c.run(r))
            assert not leaks(reply), (command.name, values)
            tries += 1
        assert world.rows() == before, command.name
        for parameter in command.parameters:
            for typed in ("", "label", "a", world.question):
                offered = (
                    parameter.complete(MALLORY, place, typed, 25) if parameter.complete else ()
                )
                assert "zebra" not in repr(offered).casefold(), (command.name, parameter.name)
    with capsys.disabled():
        print(f" {len(desk.commands)} commands, {tries} tries ", end="")  # noqa: T201 asked for


@pytest.mark.parametrize("place", [OURS, None], ids=["in a community", "in private"])
def test_no_button_or_answer_shows_or_changes_what_is_theirs(
    world: World, desk: FrontDesk, place: Place | None, capsys: pytest.CaptureFixture[str]
) -> None:
    before, tries = world.rows(), 0
    for about in world.abouts():
        acts = [
            lambda a=action, b=about: desk.act(a, MALLORY, place, b)
            for action in Action
            if action.value in desk.commands or action in {Action.HINT, Action.REVEAL, Action.SKIP}
        ]
        acts += [
            lambda b=about: desk.take(MALLORY, place, b, ANSWER)(),
            lambda b=about: desk.hear(MALLORY, place, b, "hint")(),
            lambda b=about: desk.hear(MALLORY, place, b, ANSWER)(),
        ]
        for act in acts:
            assert not leaks(reply_of(desk, act)), about
            tries += 1
        assert world.rows() == before, about
    for number in range(1, world.numbers + 1):
        assert not leaks(reply_of(desk, lambda n=number: desk.coach.reply_owed(MALLORY, n)))
        tries += 1
    with capsys.disabled():
        print(f" {tries} tries ", end="")  # noqa: T201 asked for


@pytest.mark.parametrize("place", [OURS, None], ids=["in a community", "in private"])
def test_no_form_shows_or_changes_what_is_theirs(
    world: World, desk: FrontDesk, place: Place | None
) -> None:
    forms, before = FillingIn(desk), world.rows()
    every = [name for name, command in desk.commands.items() if command.form]
    numbered = {f"{name} answer {n}": n for name in every for n in range(1, world.numbers + 1)}
    assert forms.open(_meant(forms, "flag answer 1"), ADA, THEIRS)
    for line in (*every, *numbered):
        filling = forms.meant(line)
        if filling is None:
            continue
        try:
            _, form = forms.open(filling, MALLORY, place)
        except CoachError:
            pass
        else:
            assert numbered.get(line) in {None, world.own_answer}, line
            assert MARK not in repr(form).casefold(), line
        assert not leaks(forms.take(filling, MALLORY, place, ENTERED)), line
        assert world.rows() == before, line


def _meant(forms: FillingIn, line: str) -> Filling:
    filling = forms.meant(line)
    assert filling is not None
    return filling


def test_no_question_above_a_thread_of_theirs_is_found(world: World, desk: FrontDesk) -> None:
    for place in (OURS, None):
        for thread in range(world.numbers + 1):
            about = desk.about_thread("discord", place, str(thread))
            assert about.post_id is None
