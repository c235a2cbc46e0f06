"""The use case of what others see of a learner: on leaderboards, and quoted at the close."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.core.accounts.model import PlatformUser
from bot.core.commands import Command, Group, Kind, Parameter, Request
from bot.core.communities.model import Membership, Place, Visibility
from bot.core.communities.presence import Presence, register_presence
from bot.core.leaderboard import words as leaderboard_words
from bot.core.ports import Clock
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork

PARAMETERS: Final = (
    Parameter(
        "shown",
        "How leaderboards show you",
        Kind.CHOICE,
        {
            Visibility.NAMED.value: "With my name",
            Visibility.ANONYMOUS.value: "Without my name",
            Visibility.HIDDEN.value: "Not at all",
        },
        {
            "name": Visibility.NAMED.value,
            "anon": Visibility.ANONYMOUS.value,
            "hide": Visibility.HIDDEN.value,
        },
    ),
    Parameter(
        "quotes",
        "Whether your answers may be quoted when a question closes",
        Kind.SWITCH,
        aliases=("quote",),
    ),
    Parameter("community", "The number of a community", Kind.INTEGER, named=True, hidden=True),
)


class VisibilitySettings:
    """Show and change what others see of a learner."""

    def __init__(self, unit_of_work: Callable[[], UnitOfWork], clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    def commands(self) -> tuple[Command, ...]:
        """Return the entry for the command table."""
        return (
            Command(
                "visibility",
                "choose how leaderboards show you, and whether your answers may be quoted",
                self.run,
                PARAMETERS,
                Group.TOGETHER,
            ),
        )

    def run(self, request: Request) -> Reply:
        """Show what others see, or change it."""
        shown, quotes = request.text("shown"), request.switch("quotes")
        if not shown and quotes is None:
            return self.show(request.user, request.place)

        def chosen(member: Membership) -> Membership:
            visibility = Visibility(shown) if shown else member.visibility
            shares = member.shares_answers if quotes is None else quotes
            return replace(member, visibility=visibility, shares_answers=shares)

        return self._change(request.user, request.place, chosen, request.number("community"))

    def show(self, user: PlatformUser, place: Place | None) -> Reply:
        """Tell what others see of somebody: here, or in private in all communities."""
        if place is not None:
            return leaderboard_words.visibility(self.seen(user, place), 1)
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            found = _present(uow, learner.id) if learner else ()
        return leaderboard_words.visibility(found[0] if found else None, len(found))

    def seen(self, user: PlatformUser, place: Place) -> Membership:
        """Return what others see of somebody in a community; who only looks is not registered."""
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
            community = uow.communities.find(user.platform, place.community)
            known = uow.memberships.get(community.id, learner.id) if learner and community else None
        return known or Membership(0, 0, user.display_name, self._clock.now())

    def show_as(self, user: PlatformUser, place: Place | None, choice: Visibility) -> Reply:
        """Let others see the learner so: here, or when asked in private in all communities."""
        return self._change(user, place, lambda member: replace(member, visibility=choice))

    def share_answers(self, user: PlatformUser, place: Place | None, *, share: bool) -> Reply:
        """Let answers be quoted at the close or not: here, or in private in all communities."""
        return self._change(user, place, lambda member: replace(member, shares_answers=share))

    def _change(
        self,
        user: PlatformUser,
        place: Place | None,
        change: Callable[[Membership], Membership],
        community_id: int | None = None,
    ) -> Reply:
        """Change it in the community that is named, else here, or in private in all."""
        with self._unit_of_work() as uow:
            here = register_presence(uow, user, place, self._clock.now())
            before = _memberships(uow, here)
            if community_id is not None:
                named = uow.memberships.get(community_id, here.learner.id)
                before = (named,) if named is not None else ()
            after = tuple(map(change, before))
            for member in after:
                uow.memberships.update(member)
            uow.commit()
        return leaderboard_words.visibility(
            after[0] if after else None, len(after), saved=after != before
        )


def _memberships(uow: UnitOfWork, here: Presence) -> tuple[Membership, ...]:
    if here.membership is not None:
        return (here.membership,)
    return _present(uow, here.learner.id)


def _present(uow: UnitOfWork, learner_id: int) -> tuple[Membership, ...]:
    theirs = uow.memberships.of_learner(learner_id)
    return tuple(member for member in theirs if member.left_at is None)
