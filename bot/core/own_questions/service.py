"""The use cases of a community's own questions: hosts add, edit and retire them."""

from collections.abc import Sequence

from bot.core.accounts.model import PlatformUser
from bot.core.communities.model import Place, as_host
from bot.core.own_questions import words
from bot.core.own_questions.base import ASKED, CommunityQuestions, check_room
from bot.core.own_questions.duplicates import clashes
from bot.core.own_questions.model import Contribution, OwnState
from bot.core.questions.errors import UnknownOwnQuestion
from bot.core.reply import Reply
from knowledge.bank import QuestionBank
from knowledge.errors import Fault, InvalidBank
from knowledge.own import QuestionDraft
from knowledge.uploads import read_upload, written


class OwnQuestions(CommunityQuestions):
    """Add, edit, hand out and retire questions of a community."""

    def named_like(
        self, user: PlatformUser, place: Place | None, typed: str, most: int
    ) -> tuple[tuple[str, str], ...]:
        """Return labels and names of own questions that hold what a host types."""
        if place is None or not place.host:
            return ()
        words = typed.strip().casefold()
        own = self._of_community(user, place, OwnState.ACTIVE)
        fitting = [
            each for each in own if words in each.slug or words in each.draft.prompt.casefold()
        ]
        return tuple((f"{each.slug}: {each.draft.prompt}", each.slug) for each in fitting[:most])

    def list(self, user: PlatformUser, place: Place | None, page: int = 1) -> Reply:
        """List the community's own questions, the newest first.

        Raises:
            HostsOnly, OnlyInCommunity: it is for hosts, where they are.
        """
        found = self._of_community(user, as_host(place), OwnState.ACTIVE, OwnState.RETIRED)
        waiting = len(self._of_community(user, as_host(place), OwnState.SUGGESTED))
        return words.own_questions(tuple(reversed(found)), waiting, page)

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
            return words.upload_faults(error.faults)
        near = () if anyway else self._alike(community_id, drafts, present)
        if near:
            return words.upload_resembles(near, filename)
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
        return words.retired(found)

    def _add(self, user: PlatformUser, place: Place, drafts: Sequence[QuestionDraft]) -> Reply:
        now = self._clock.now()
        with self._unit_of_work() as uow:
            here, community_id = self._here(uow, user, place, now)
            present = {each.slug for each in uow.contributions.of_community(community_id, *ASKED)}
            added = [draft for draft in drafts if draft.slug not in present]
            check_room(uow, community_id, len(added))
            for draft in drafts:
                author = here.learner.id
                uow.contributions.put(community_id, draft, OwnState.ACTIVE, author, now)
                act = "edit question" if draft.slug in present else "add question"
                uow.audit.add(community_id, author, act, draft.slug, now)
            uow.commit()
        return words.uploaded(added, [draft for draft in drafts if draft.slug in present])


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
        if before.slug == draft.slug and before.state in ASKED
        if before.draft.topic != draft.topic
    ]
    faults += clashes(filename, drafts, bank, [one for one in present if one.state in ASKED])
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
    if not any(each.slug == slug and each.state in ASKED for each in present):
        raise UnknownOwnQuestion(name)
    if len(drafts) != 1:
        what = f"{len(drafts)} questions cannot take the place of one"
        raise InvalidBank((Fault(filename, "questions", what, "Send one question"),))
    return drafts[0].model_copy(update={"id": slug})
