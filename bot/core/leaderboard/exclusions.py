"""The use cases of hosts: who and what is not ranked, and what hosts did."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.core.commands import Command, Kind, Parameter, Request, Syntax
from bot.core.communities import words as communities_words
from bot.core.communities.model import PAGE_SIZE, as_host
from bot.core.communities.presence import Presence, register_presence
from bot.core.leaderboard import host_words
from bot.core.leaderboard.errors import NobodyNamed, NoSuchAnswer
from bot.core.leaderboard.model import Scored, Unranked
from bot.core.leaderboard.parsing import read_exclusion
from bot.core.leaderboard.ports import Named
from bot.core.ports import Clock
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork

MOST_LISTED = 20
"""Lines of one list; who excludes more people than that has another trouble."""

ANSWERS_LISTED = 10

WHO: Final = (
    Parameter("member", "A member of this community", Kind.MEMBER),
    Parameter("name", "A name as leaderboards show it, where the member has left"),
    Parameter("answer", "The number of an answer", Kind.INTEGER),
)


class Exclusions:
    """Take people and answers off the boards, let them back, and show who did what."""

    def __init__(self, unit_of_work: Callable[[], UnitOfWork], clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    def commands(self) -> tuple[Command, ...]:
        """Return the entries for the command table."""
        return (
            Command(
                "exclude",
                "take a person or an answer off the leaderboards, or list who and what is off",
                self.exclude,
                (
                    *WHO,
                    Parameter("reason", "Why, in a few words"),
                    Parameter("answers", "List the numbers of their answers instead", Kind.FLAG),
                ),
                hosts=True,
                syntax=Syntax(
                    "[NAME, reason | answer NUMBER, reason | answers NAME]", read_exclusion
                ),
            ),
            Command(
                "include",
                "let a person or an answer back on the leaderboards",
                self.include,
                WHO,
                hosts=True,
                syntax=Syntax("NAME | answer NUMBER", read_exclusion),
            ),
            Command(
                "audit",
                "see which host did what here",
                self.audit,
                (
                    Parameter(
                        "page",
                        "Which page; the first, unless you say one",
                        Kind.INTEGER,
                    ),
                ),
                hosts=True,
            ),
        )

    def exclude(self, request: Request) -> Reply:
        """Take a person or an answer off the boards; without any, list who and what is off.

        Raises:
            OnlyInCommunity: it was asked in private.
            HostsOnly: the person may not manage the community.
            NobodyNamed: nobody here has this name, or several have.
            NoSuchAnswer: no answer that earns points here has this number.
        """
        return self._act(request, self._exclude)

    def include(self, request: Request) -> Reply:
        """Undo an exclusion.

        Raises:
            OnlyInCommunity: it was asked in private.
            HostsOnly: the person may not manage the community.
            NobodyNamed: nobody here has this name, or several have.
            NoSuchAnswer: no answer that earns points here has this number.
        """
        return self._act(request, self._include)

    def audit(self, request: Request) -> Reply:
        """Show one page of what hosts did; a number beyond either end is the page at that end.

        Raises:
            OnlyInCommunity: it was asked in private.
            HostsOnly: the person may not manage the community.
        """
        return self._act(request, self._audit)

    def _act(
        self, request: Request, act: Callable[[UnitOfWork, Presence, Request], Reply]
    ) -> Reply:
        """Do something as a host of the community, in one transaction."""
        now, place = self._clock.now(), as_host(request.place)
        with self._unit_of_work() as uow:
            reply = act(uow, register_presence(uow, request.user, place, now), request)
            uow.commit()
        return reply

    def _audit(self, uow: UnitOfWork, here: Presence, request: Request) -> Reply:
        community = _community(here)
        pages = max(1, -(-uow.audit.count(community) // PAGE_SIZE))
        number = min(max(request.number("page") or 1, 1), pages)
        entries = uow.audit.of_community(community, (number - 1) * PAGE_SIZE, PAGE_SIZE)
        return communities_words.audit(entries, number, pages)

    def _exclude(self, uow: UnitOfWork, here: Presence, request: Request) -> Reply:
        community, reason = _community(here), request.text("reason")
        if not request.values:
            people = uow.exclusions.of_community(community, MOST_LISTED)
            return host_words.not_ranked(people, uow.points.unranked(community, MOST_LISTED))
        if (number := request.number("answer")) is not None:
            scored = _answer(uow, here, number)
            self._rank(uow, here, scored, Unranked.HOST, reason)
            return host_words.answer_excluded(scored)
        name = request.text("name").strip()
        if request.flag("answers"):
            person = _person(uow, here, request, name)
            earned = uow.points.latest(community, person.learner_id, ANSWERS_LISTED)
            return host_words.answers_of(person.name, earned)
        if not reason and not uow.exclusions.named(community, name, 1):
            # A name may have a comma in it; only behind a whole name it begins a reason.
            name, _, reason = name.partition(",")
        person = _person(uow, here, request, name)
        now = self._clock.now()
        uow.exclusions.put(community, person.learner_id, here.learner.id, reason.strip(), now)
        self._note(uow, here, "exclude", "", reason, person.learner_id)
        return host_words.excluded(person.name)

    def _include(self, uow: UnitOfWork, here: Presence, request: Request) -> Reply:
        if (number := request.number("answer")) is not None:
            scored = _answer(uow, here, number)
            self._rank(uow, here, scored, None, request.text("reason"))
            return host_words.answer_included(scored)
        person = _person(uow, here, request, request.text("name"))
        changed = uow.exclusions.remove(_community(here), person.learner_id)
        if changed:
            self._note(uow, here, "include", "", "", person.learner_id)
        return host_words.included(person.name, changed=changed)

    def _rank(
        self,
        uow: UnitOfWork,
        here: Presence,
        scored: Scored,
        unranked: Unranked | None,
        reason: str,
    ) -> None:
        """Change whether an answer is ranked, and note it unless it is so already."""
        if (scored.unranked is None) != (unranked is None):
            uow.points.update(replace(scored, unranked=unranked))
            act = "include" if unranked is None else "exclude"
            self._note(uow, here, act, f"answer {scored.attempt_id}", reason, None)

    def _note(
        self,
        uow: UnitOfWork,
        here: Presence,
        act: str,
        subject: str,
        reason: str,
        about_id: int | None,
    ) -> None:
        now, community = self._clock.now(), _community(here)
        uow.audit.add(community, here.learner.id, act, subject, now, reason.strip(), about_id)


def _community(here: Presence) -> int:
    assert here.community_id is not None  # noqa: S101 whoever is a host is in a community
    return here.community_id


def _answer(uow: UnitOfWork, here: Presence, number: int) -> Scored:
    """Return the answer of this community with that number."""
    scored = uow.points.get(number)
    if scored is None or scored.community_id != here.community_id:
        raise NoSuchAnswer(str(number))
    return scored


def _person(uow: UnitOfWork, here: Presence, request: Request, name: str) -> Named:
    """Return the member who is meant, else the one who is named."""
    name, member_id = name.strip(), request.text("member")
    people: tuple[Named, ...] = ()
    if not member_id:
        people = uow.exclusions.named(_community(here), name, 2)
    elif learner := uow.learners.find(replace(request.user, external_id=member_id)):
        member = uow.memberships.get(_community(here), learner.id)
        people = (Named(member.learner_id, member.display_name),) if member else ()
    if len(people) != 1:
        raise NobodyNamed(name or f"<@{member_id}>", several=len(people) > 1)
    return people[0]
