"""The use cases of a community's own questions: hosts add and retire them, members suggest them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.core import wording
from bot.core.community import Place
from bot.core.contribution import (
    MOST_OWN_QUESTIONS,
    MOST_SUGGESTIONS,
    MOST_SUGGESTIONS_EACH,
    Contribution,
    OwnState,
)
from bot.core.errors import (
    SuggestedBefore,
    TooManyOwnQuestions,
    TooManySuggestions,
    UnknownOwnQuestion,
    UnknownSuggestion,
)
from bot.core.hosting import as_host, in_community
from bot.core.learner import PlatformUser
from bot.core.notice import SuggestionAccepted, SuggestionDeclined
from bot.core.notices import tell
from bot.core.ports import Clock, QuestionFinder, UnitOfWork
from bot.core.presence import Presence, arrive
from bot.core.reply import Reply
from bot.core.resemblance import Alike, alike, clashes
from knowledge.bank import QuestionBank
from knowledge.errors import Fault, InvalidBank
from knowledge.own import QuestionDraft
from knowledge.question import Question
from knowledge.uploads import read_lines, read_upload, written


def _tell_author(uow: UnitOfWork, learner_id: int, decided: Contribution, at: datetime) -> None:
    """Let a member know what became of their suggestion."""
    accepted = decided.state is OwnState.ACTIVE
    kind = SuggestionAccepted if accepted else SuggestionDeclined
    tell(uow, learner_id, kind(question=decided.draft.prompt), at, decided.community_id)


class OwnQuestions:
    """Add, edit, retire and suggest questions of a community."""

    def __init__(
        self,
        bank: QuestionBank,
        finder_among: Callable[[Sequence[Question]], QuestionFinder],
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
    ) -> None:
        """Wire the use cases.

        Args:
            bank: the shipped questions.
            finder_among: makes a search over the shipped questions and some more.
            unit_of_work: makes a transaction.
            clock: the time.
        """
        self._bank = bank
        self._finder_among = finder_among
        self._unit_of_work = unit_of_work
        self._clock = clock

    def list(self, user: PlatformUser, place: Place | None, page: int = 1) -> Reply:
        """List the community's own questions, the newest first.

        Raises:
            HostsOnly, OnlyInCommunity: it is for hosts, where they are.
        """
        found = self._of_community(user, as_host(place), OwnState.ACTIVE, OwnState.RETIRED)
        waiting = len(self._of_community(user, as_host(place), OwnState.SUGGESTED))
        return wording.own_questions(tuple(reversed(found)), waiting, page)

    def upload(
        self,
        user: PlatformUser,
        place: Place | None,
        filename: str,
        data: bytes,
        *,
        anyway: bool = False,
        instead_of: str = "",
    ) -> Reply:
        """Add the questions of a file, or put them in place of those with the same names.

        All or none. What resembles a question that is there is shown first, and added only
        `anyway`. Grades that were given stay. The one question of a file may come `instead_of` an
        own question, whose name it takes.

        Raises:
            HostsOnly, OnlyInCommunity: it is for hosts, where they are.
            UnknownOwnQuestion: no own question has the name to be replaced.
            TooManyOwnQuestions: the community would have more than MOST_OWN_QUESTIONS.
            GradingUnavailable: resemblance needs the model, and it cannot be loaded or is busy.
        """
        place = as_host(place)
        try:
            drafts = read_upload(filename, data, self._bank.topics)
            community_id, present = self._present(user, place)
            if instead_of:
                drafts = (_in_place_of(instead_of, filename, drafts, present),)
            _check_names(filename, drafts, self._bank, present)
        except InvalidBank as error:
            return wording.upload_faults(error.faults)
        near = () if anyway else self._alike(community_id, drafts, present)
        if near:
            return wording.upload_resembles(near, filename)
        return self._add(user, place, drafts)

    def file(self, user: PlatformUser, place: Place | None, name: str = "") -> tuple[str, bytes]:
        """Return the name and the content of a file with one own question, or with all.

        Sent again, it puts them in their own places.

        Raises:
            HostsOnly, OnlyInCommunity: it is for hosts, where they are.
            UnknownOwnQuestion: no own question has this name, or there is none at all.
        """
        slug = name.removeprefix("own/")
        every = self._of_community(user, as_host(place), OwnState.ACTIVE, OwnState.RETIRED)
        drafts = [each.draft for each in every if not name or each.slug == slug]
        if not drafts:
            raise UnknownOwnQuestion(name)
        return f"{slug or 'questions'}.yaml", written(drafts).encode()

    def retire(self, user: PlatformUser, place: Place | None, name: str) -> Reply:
        """Ask a question no more; whoever answered it keeps their grade.

        Raises:
            HostsOnly, OnlyInCommunity: it is for hosts, where they are.
            UnknownOwnQuestion: no active own question has this name.
        """
        now = self._clock.now()
        with self._unit_of_work() as uow:
            here, community_id = self._here(uow, user, as_host(place), now)
            found = uow.contributions.get(community_id, name.removeprefix("own/"))
            if found is None or found.state is not OwnState.ACTIVE:
                raise UnknownOwnQuestion(name)
            uow.contributions.decide(found.id, OwnState.RETIRED, now)
            uow.audit.add(community_id, here.learner.id, "retire question", found.slug, now)
            uow.commit()
        return wording.retired(found)

    def suggest(
        self, user: PlatformUser, place: Place | None, text: str, *, anyway: bool = False
    ) -> Reply:
        """Pass a question on to the hosts, written in a few lines.

        Raises:
            OnlyInCommunity: it was suggested in private.
            SuggestedBefore: the community has it already, or declined it.
            TooManySuggestions: too many wait, of this member or of all.
            GradingUnavailable: resemblance needs the model, and it cannot be loaded or is busy.
        """
        place = in_community(place)
        try:
            draft = read_lines(text, self._bank.topics)
        except InvalidBank as error:
            return wording.upload_faults(error.faults)
        community_id, present = self._present(user, place)
        if any(each.slug == draft.slug for each in present):
            raise SuggestedBefore(draft.prompt)
        near = () if anyway else self._alike(community_id, (draft,), present)
        if near:
            return wording.suggestion_resembles(near)
        self._keep_suggestion(user, place, draft)
        return wording.suggested(draft)

    def suggestions(self, user: PlatformUser, place: Place | None) -> Reply:
        """List what members suggested.

        Raises:
            HostsOnly, OnlyInCommunity: it is for hosts, where they are.
        """
        return wording.suggestions(self._of_community(user, as_host(place), OwnState.SUGGESTED))

    def decide(
        self, user: PlatformUser, place: Place | None, number: str, *, accept: bool
    ) -> Reply:
        """Accept a suggestion, which is asked from now on, or decline it.

        Raises:
            HostsOnly, OnlyInCommunity: it is for hosts, where they are.
            UnknownSuggestion: no suggestion with this number waits.
            TooManyOwnQuestions: the community has MOST_OWN_QUESTIONS already.
        """
        now = self._clock.now()
        state = OwnState.ACTIVE if accept else OwnState.DECLINED
        with self._unit_of_work() as uow:
            here, community_id = self._here(uow, user, as_host(place), now)
            found = _waiting(uow, community_id, number)
            if accept:
                _check_room(uow, community_id, 1)
            uow.contributions.decide(found.id, state, now)
            decided = replace(found, state=state, decided_at=now)
            act = "accept question" if accept else "decline question"
            uow.audit.add(community_id, here.learner.id, act, found.slug, now)
            if found.author_id is not None:
                _tell_author(uow, found.author_id, decided, now)
            uow.commit()
        return wording.suggestion_decided(decided)

    def _add(self, user: PlatformUser, place: Place, drafts: Sequence[QuestionDraft]) -> Reply:
        now = self._clock.now()
        with self._unit_of_work() as uow:
            here, community_id = self._here(uow, user, place, now)
            present = {each.slug for each in uow.contributions.of_community(community_id, *_ASKED)}
            added = [draft for draft in drafts if draft.slug not in present]
            _check_room(uow, community_id, len(added))
            for draft in drafts:
                author = here.learner.id
                uow.contributions.put(community_id, draft, OwnState.ACTIVE, author, now)
                act = "edit question" if draft.slug in present else "add question"
                uow.audit.add(community_id, author, act, draft.slug, now)
            uow.commit()
        return wording.uploaded(added, [draft for draft in drafts if draft.slug in present])

    def _keep_suggestion(self, user: PlatformUser, place: Place, draft: QuestionDraft) -> None:
        now = self._clock.now()
        with self._unit_of_work() as uow:
            here, community_id = self._here(uow, user, place, now)
            waiting = uow.contributions.of_community(community_id, OwnState.SUGGESTED)
            mine = [each for each in waiting if each.author_id == here.learner.id]
            if len(mine) >= MOST_SUGGESTIONS_EACH:
                raise TooManySuggestions(MOST_SUGGESTIONS_EACH, mine=True)
            if len(waiting) >= MOST_SUGGESTIONS:
                raise TooManySuggestions(MOST_SUGGESTIONS, mine=False)
            if uow.contributions.get(community_id, draft.slug) is not None:
                raise SuggestedBefore(draft.prompt)
            uow.contributions.put(community_id, draft, OwnState.SUGGESTED, here.learner.id, now)
            uow.commit()

    def _alike(
        self,
        community_id: int,
        drafts: Sequence[QuestionDraft],
        present: Sequence[Contribution],
    ) -> tuple[Alike, ...]:
        asked = [each.question for each in present if each.state is OwnState.ACTIVE]
        questions = [draft.question(community_id) for draft in drafts]
        return alike(questions, self._bank, asked, self._finder_among)

    def _present(self, user: PlatformUser, place: Place) -> tuple[int, tuple[Contribution, ...]]:
        """Return the community and all that was ever brought there."""
        with self._unit_of_work() as uow:
            _, community_id = self._here(uow, user, place, self._clock.now())
            present = uow.contributions.of_community(community_id, *OwnState)
            uow.commit()
        return community_id, present

    def _of_community(
        self, user: PlatformUser, place: Place, *states: OwnState
    ) -> tuple[Contribution, ...]:
        with self._unit_of_work() as uow:
            community = uow.communities.find(user.platform, place.community)
            return uow.contributions.of_community(community.id, *states) if community else ()

    def _here(
        self, uow: UnitOfWork, user: PlatformUser, place: Place, now: datetime
    ) -> tuple[Presence, int]:
        here = arrive(uow, user, place, now)
        assert here.community_id is not None  # noqa: S101 a place is in a community
        return here, here.community_id


_ASKED = (OwnState.ACTIVE, OwnState.RETIRED)


def _check_names(
    filename: str,
    drafts: Sequence[QuestionDraft],
    bank: QuestionBank,
    present: Sequence[Contribution],
) -> None:
    """Let pass questions whose names lead to them alone, and whose topics are as before.

    Raises:
        InvalidBank: a name is taken, or a question that was asked would change its topic.
    """
    faults = [
        Fault(
            filename,
            f"{draft.slug}: topic",
            f"the question belongs to {before.draft.topic}, and so do the answers to it",
            "Keep the topic, or give the question another id",
        )
        for draft in drafts
        for before in present
        if before.slug == draft.slug and before.state in _ASKED
        if before.draft.topic != draft.topic
    ]
    faults += clashes(filename, drafts, bank, [one for one in present if one.state in _ASKED])
    if faults:
        raise InvalidBank(tuple(faults))


def _in_place_of(
    name: str, filename: str, drafts: Sequence[QuestionDraft], present: Sequence[Contribution]
) -> QuestionDraft:
    """Return the one question of a file under the name of an own question.

    Raises:
        UnknownOwnQuestion: there is none of this name.
        InvalidBank: the file has several questions.
    """
    slug = name.removeprefix("own/")
    if not any(each.slug == slug and each.state in _ASKED for each in present):
        raise UnknownOwnQuestion(name)
    if len(drafts) != 1:
        what = f"{len(drafts)} questions cannot take the place of one"
        raise InvalidBank((Fault(filename, "questions", what, "Send one question"),))
    return drafts[0].model_copy(update={"id": slug})


def _check_room(uow: UnitOfWork, community_id: int, more: int) -> None:
    if len(uow.contributions.of_community(community_id, *_ASKED)) + more > MOST_OWN_QUESTIONS:
        raise TooManyOwnQuestions(MOST_OWN_QUESTIONS)


def _waiting(uow: UnitOfWork, community_id: int, number: str) -> Contribution:
    """Return the suggestion with this number.

    Raises:
        UnknownSuggestion: there is none, or it is decided.
    """
    digits = number.strip().removeprefix("#")
    sound = digits.isascii() and digits.isdigit() and len(digits) < 10  # noqa: PLR2004 fits a row id
    found = uow.contributions.numbered(community_id, int(digits)) if sound else None
    if found is None or found.state is not OwnState.SUGGESTED:
        raise UnknownSuggestion(number)
    return found
