"""The use cases of suggested questions: members bring them, hosts decide on them."""

from dataclasses import replace
from datetime import datetime

from bot.core.accounts.model import PlatformUser
from bot.core.commands import Request
from bot.core.communities.model import Place, as_host, in_community
from bot.core.forms import YES, Entered, Form
from bot.core.notifications.model import SuggestionAccepted, SuggestionDeclined
from bot.core.notifications.service import tell
from bot.core.own_questions import words
from bot.core.own_questions.base import CommunityQuestions, check_room
from bot.core.own_questions.errors import SuggestedBefore, TooManySuggestions, UnknownSuggestion
from bot.core.own_questions.model import (
    MOST_SUGGESTIONS,
    MOST_SUGGESTIONS_EACH,
    Contribution,
    OwnState,
)
from bot.core.reply import Reply
from bot.core.unit_of_work import UnitOfWork
from knowledge.errors import InvalidBank
from knowledge.own import QuestionDraft
from knowledge.uploads import read_lines


class SuggestedQuestions(CommunityQuestions):
    """Suggest questions to hosts, and accept or decline them."""

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
            return words.suggestion_faults(error.faults)
        community_id, present = self._present(user, place)
        if any(each.slug == draft.slug for each in present):
            raise SuggestedBefore(draft.prompt)
        near = () if anyway else self._alike(community_id, (draft,), present)
        if near:
            return words.suggestion_resembles(near, text)
        self._keep_suggestion(user, place, draft)
        return words.suggested(draft)

    def form(self, request: Request) -> Form:
        """Return what is filled in to suggest a question.

        Raises:
            OnlyInCommunity: it is asked in private.
        """
        in_community(request.place)
        return words.suggestion_form(self._bank.topics)

    def take_form(self, request: Request, entered: Entered) -> Reply:
        """Suggest what was entered; raises what `suggest` does."""
        first = f"{entered.get('topic', '')}: {_on_one_line(entered.get('question', ''))}"
        points = entered.get("points", "").replace("|", "/")
        anyway = entered.get("anyway") == YES
        return self.suggest(request.user, request.place, f"{first}\n{points}", anyway=anyway)

    def suggestions(self, user: PlatformUser, place: Place | None) -> Reply:
        """List what members suggested.

        Raises:
            HostsOnly, OnlyInCommunity: it is for hosts, where they are.
        """
        return words.suggestions(self._of_community(user, as_host(place), OwnState.SUGGESTED))

    def decide(
        self, user: PlatformUser, place: Place | None, number: int, *, accept: bool
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
                check_room(uow, community_id, 1)
            uow.contributions.decide(found.id, state, now)
            decided = replace(found, state=state, decided_at=now)
            act = "accept question" if accept else "decline question"
            uow.audit.add(community_id, here.learner.id, act, found.slug, now)
            if found.author_id is not None:
                _tell_author(uow, found.author_id, decided, now)
            uow.commit()
        return words.suggestion_decided(decided)

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


def _on_one_line(typed: str) -> str:
    """Return what was typed without what ends a line of a suggestion."""
    return " ".join(typed.replace("|", "/").split())


def _waiting(uow: UnitOfWork, community_id: int, number: int) -> Contribution:
    """Return the suggestion with this number.

    Raises:
        UnknownSuggestion: there is none, or it is decided.
    """
    found = uow.contributions.numbered(community_id, number)
    if found is None or found.state is not OwnState.SUGGESTED:
        raise UnknownSuggestion(str(number))
    return found


def _tell_author(uow: UnitOfWork, learner_id: int, decided: Contribution, at: datetime) -> None:
    """Let a member know what became of their suggestion."""
    accepted = decided.state is OwnState.ACTIVE
    kind = SuggestionAccepted if accepted else SuggestionDeclined
    tell(uow, learner_id, kind(question=decided.draft.prompt), at, decided.community_id)
