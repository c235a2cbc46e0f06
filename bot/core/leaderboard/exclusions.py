"""The use cases of hosts: who and what is not ranked, and what hosts did."""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.core.accounts.model import PlatformUser
from bot.core.commands import Command
from bot.core.communities import words as communities_words
from bot.core.communities.model import PAGE_SIZE, Place, as_host
from bot.core.communities.presence import Presence, register_presence
from bot.core.leaderboard import host_words
from bot.core.leaderboard.errors import NobodyNamed, NoSuchAnswer
from bot.core.leaderboard.model import Scored, Unranked
from bot.core.leaderboard.ports import Named
from bot.core.ports import Clock
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork

MOST_LISTED = 20
"""Lines of one list; who excludes more people than that has another trouble."""

ANSWERS_LISTED = 10

_MENTION = re.compile(r"<@!?([A-Za-z0-9]+)(?:\|[^>]*)?>")
_ANSWER = re.compile(r"answer\s+#?([0-9]{1,9})\b[\s,:]*(.*)", re.IGNORECASE | re.DOTALL)
_ANSWERS = re.compile(r"answers(?:\s+of)?\s+(.+)", re.IGNORECASE | re.DOTALL)
_NUMBERLESS = re.compile(r"answer(?:\s+(\S*).*)?", re.IGNORECASE | re.DOTALL)


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
                "[NAME, reason | answer NUMBER, reason | answers NAME]",
                "for hosts: take a person or an answer off the leaderboards",
                self.exclude,
            ),
            Command(
                "include",
                "NAME | answer NUMBER",
                "for hosts: let a person or an answer back on the leaderboards",
                self.include,
            ),
            Command("audit", "[page]", "for hosts: see what hosts did here", self.audit),
        )

    def exclude(self, user: PlatformUser, place: Place | None, words: str) -> Reply:
        """Take a person or an answer off the boards; without words, list who and what is off.

        Raises:
            OnlyInCommunity: it was asked in private.
            HostsOnly: the person may not manage the community.
            NobodyNamed: nobody here has this name, or several have.
            NoSuchAnswer: no answer that earns points here has this number.
        """
        with self._unit_of_work() as uow:
            here = register_presence(uow, user, as_host(place), self._clock.now())
            reply = self._exclude(uow, here, user, words.strip())
            uow.commit()
        return reply

    def include(self, user: PlatformUser, place: Place | None, words: str) -> Reply:
        """Undo an exclusion.

        Raises:
            OnlyInCommunity: it was asked in private.
            HostsOnly: the person may not manage the community.
            NobodyNamed: nobody here has this name, or several have.
            NoSuchAnswer: no answer that earns points here has this number.
        """
        with self._unit_of_work() as uow:
            here = register_presence(uow, user, as_host(place), self._clock.now())
            reply = self._include(uow, here, user, words.strip())
            uow.commit()
        return reply

    def audit(self, user: PlatformUser, place: Place | None, words: str) -> Reply:
        """Show one page of what hosts did; a number beyond either end is the page at that end.

        Raises:
            OnlyInCommunity: it was asked in private.
            HostsOnly: the person may not manage the community.
        """
        typed = words.casefold().removeprefix("page").strip()
        number = int(typed) if re.fullmatch(r"[0-9]{1,6}", typed) else 1
        with self._unit_of_work() as uow:
            here = register_presence(uow, user, as_host(place), self._clock.now())
            of = uow.audit.count(_community(here))
            pages = max(1, -(-of // PAGE_SIZE))
            number = min(max(number, 1), pages)
            entries = uow.audit.of_community(_community(here), (number - 1) * PAGE_SIZE, PAGE_SIZE)
            uow.commit()
        return communities_words.audit(entries, number, pages)

    def _exclude(self, uow: UnitOfWork, here: Presence, user: PlatformUser, words: str) -> Reply:
        community = _community(here)
        if not words:
            people = uow.exclusions.of_community(community, MOST_LISTED)
            return host_words.not_ranked(people, uow.points.unranked(community, MOST_LISTED))
        if found := _ANSWERS.fullmatch(words):
            person = _person(uow, here, user, found.group(1))
            earned = uow.points.latest(community, person.learner_id, ANSWERS_LISTED)
            return host_words.answers_of(person.name, earned)
        if _NUMBERLESS.fullmatch(words):
            scored, reason = _answer(uow, here, words)
            self._rank(uow, here, scored, Unranked.HOST, reason)
            return host_words.answer_excluded(scored)
        # A name may have a comma in it; only behind a whole name it begins a reason.
        whole = bool(uow.exclusions.named(community, words, 1))
        name, _, reason = (words, "", "") if whole else words.partition(",")
        person = _person(uow, here, user, name)
        now = self._clock.now()
        uow.exclusions.put(community, person.learner_id, here.learner.id, reason.strip(), now)
        self._note(uow, here, "exclude", "", reason, person.learner_id)
        return host_words.excluded(person.name)

    def _include(self, uow: UnitOfWork, here: Presence, user: PlatformUser, words: str) -> Reply:
        if _NUMBERLESS.fullmatch(words):
            scored, reason = _answer(uow, here, words)
            self._rank(uow, here, scored, None, reason)
            return host_words.answer_included(scored)
        person = _person(uow, here, user, words)
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


def _answer(uow: UnitOfWork, here: Presence, words: str) -> tuple[Scored, str]:
    """Return the answer of this community that the words name, and the reason behind it."""
    found = _ANSWER.fullmatch(words)
    scored = uow.points.get(int(found.group(1))) if found else None
    if found is None or scored is None or scored.community_id != here.community_id:
        raise NoSuchAnswer(words.partition(" ")[2])
    return scored, found.group(2)


def _person(uow: UnitOfWork, here: Presence, user: PlatformUser, name: str) -> Named:
    """Return the member who is mentioned or named."""
    name = name.strip()
    mention = _MENTION.fullmatch(name)
    people: tuple[Named, ...] = ()
    if mention is None:
        people = uow.exclusions.named(_community(here), name, 2)
    elif learner := uow.learners.find(replace(user, external_id=mention.group(1))):
        member = uow.memberships.get(_community(here), learner.id)
        people = (Named(member.learner_id, member.display_name),) if member else ()
    if len(people) != 1:
        raise NobodyNamed(name, several=len(people) > 1)
    return people[0]
