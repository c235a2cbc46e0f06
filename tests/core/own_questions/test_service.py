"""Own questions on real databases: who may, how many, and what is told to whom."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
import yaml

from bot.core.accounts.model import PlatformUser
from bot.core.commands import Upload
from bot.core.communities.model import Place
from bot.core.errors import FileNotRead, GradingUnavailable, HostsOnly, OnlyInCommunity, UsageError
from bot.core.insights.service import Insights
from bot.core.notifications.service import Notices
from bot.core.own_questions import base, suggestions
from bot.core.own_questions.commands import own_question_commands
from bot.core.own_questions.errors import (
    SuggestedBefore,
    TooManyOwnQuestions,
    TooManySuggestions,
    UnknownSuggestion,
)
from bot.core.own_questions.service import OwnQuestions
from bot.core.own_questions.suggestions import SuggestedQuestions
from bot.core.questions.banks import Banks
from bot.core.questions.errors import UnknownOwnQuestion
from bot.core.text_commands import ordered, table_of
from grading.errors import ModelUnavailable
from knowledge.bank import QuestionBank
from knowledge.question import Question
from knowledge.uploads import TEMPLATES
from tests.builders import a_user
from tests.core.samples import DRIFT, text_of
from tests.databases import MakeUnitOfWork
from tests.drafts import POINTS, a_draft
from tests.fakes import FakeFinder, FixedClock

HOST = Place("guild", "channel", host=True)
GUEST = replace(HOST, host=False)
ELSEWHERE = Place("another guild", host=True)
ADA, BOB = a_user("ada"), a_user("bob")
SUGGESTION = "monitoring: Who waters the flowers? | " + " | ".join(POINTS)


class Nobody:
    """A cohort of nobody."""

    def everywhere(self, _most: int) -> tuple[()]:
        return ()

    def of_community(self, _community_id: int, _most: int) -> tuple[()]:
        return ()


class Desk:
    """The use cases over a database, with what was recorded and told."""

    def __init__(self, bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> None:
        self.unit_of_work = unit_of_work
        self.finder = FakeFinder()
        self.among: tuple[Question, ...] = ()
        self.files: dict[str, bytes] = {}
        parts = (bank, self.finder_among, unit_of_work, FixedClock())
        self.own, suggested = OwnQuestions(*parts), SuggestedQuestions(*parts)
        insights = Insights(bank, Banks(bank, self.finder), unit_of_work, Nobody)
        self.commands = own_question_commands(self.own, suggested, insights)

    def finder_among(self, more: Sequence[Question]) -> FakeFinder:
        self.among = tuple(more)
        return self.finder

    @property
    def recorded(self) -> list[tuple[str, str]]:
        """What the audit log says of the first community, the oldest first."""
        with self.unit_of_work() as uow:
            entries = uow.audit.of_community(1, 0, 100)
        return [(entry.act, entry.subject) for entry in reversed(entries)]

    def type(
        self, words: str, user: PlatformUser = ADA, place: Place | None = HOST, name: str = ""
    ) -> str:
        """Type a command; a file that it names comes along, and what it hands out is kept."""
        asked = ordered(table_of(self.commands), f"{name or 'questions'} {words}", user, place)
        assert asked is not None
        command, request = asked
        file = str(request.values.get("file"))
        brought = {"file": Upload(file, self.files[file])} if file in self.files else {}
        reply = command.run(replace(request, values={**request.values, **brought}))
        self.files |= {file.name: file.content for file in reply.files}
        return text_of(reply)

    def suggest(self, words: str = SUGGESTION, user: PlatformUser = BOB) -> str:
        return self.type(words, user, GUEST, "suggest")

    def upload(self, *drafts: dict[str, Any], place: Place = HOST, anyway: bool = False) -> str:
        data = yaml.safe_dump(list(drafts)).encode()
        return text_of(self.own.upload(ADA, place, "q.yaml", data, anyway=anyway))


def fields(slug: str = "label-delay", **changes: Any) -> dict[str, Any]:
    draft = a_draft(slug)
    return {"id": slug, "topic": draft.topic, "prompt": draft.prompt} | {
        "key_points": list(POINTS),
        **changes,
    }


@pytest.fixture
def desk(bank: QuestionBank, unit_of_work: MakeUnitOfWork) -> Desk:
    return Desk(bank, unit_of_work)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "2",
        "add q.csv",
        "edit q.csv",
        "edit x with q.csv",
        "retire x",
        "suggestions",
        "accept 1",
        "decline 1",
        "template csv",
        "stats",
    ],
)
def test_everything_about_questions_is_for_hosts(desk: Desk, words: str) -> None:
    for place, expected in ((GUEST, HostsOnly), (None, OnlyInCommunity)):
        with pytest.raises(expected):
            desk.type(words, place=place)


def test_files_are_for_hosts_too(desk: Desk) -> None:
    with pytest.raises(HostsOnly):
        desk.own.upload(ADA, GUEST, "q.yaml", b"")
    with pytest.raises(OnlyInCommunity):
        desk.type(SUGGESTION, place=None, name="suggest")


@pytest.mark.parametrize(
    "words",
    ["burn it", "retire", "accept", "accept x", "decline " + "9" * 40, "add", "template pdf"],
)
def test_an_unclear_order_is_told(desk: Desk, words: str) -> None:
    with pytest.raises(UsageError):
        desk.type(words)


@pytest.mark.parametrize("kind", TEMPLATES)
def test_the_file_that_is_handed_out_as_an_example_can_be_brought_back(
    desk: Desk, kind: str
) -> None:
    desk.type(f"template {kind}")
    (name,) = desk.files

    assert name.endswith(f".{kind}")
    assert "Added" in desk.type(f"add {name}")


def test_a_question_is_edited_under_its_name_whatever_the_file_calls_it(desk: Desk) -> None:
    desk.upload(fields())
    desk.files["new.yaml"] = yaml.safe_dump(
        fields("another", prompt="Why are labels late?")
    ).encode()
    two = [fields("one"), fields("two")]
    desk.files["two.yaml"] = yaml.safe_dump(two).encode()

    told = desk.type("edit label-delay with new.yaml anyway")
    assert "Replaced: 1 question" in told
    assert "label-delay: Why are labels late?" in told
    assert "label-delay: Why are labels late?" in desk.type("")
    assert "another" not in desk.type("")
    assert "2 questions cannot take the place of one" in desk.type("edit label-delay with two.yaml")
    with pytest.raises(UnknownOwnQuestion):
        desk.type("edit nothing with new.yaml")
    assert desk.recorded == [("add question", "label-delay"), ("edit question", "label-delay")]


def test_what_is_added_replaced_and_retired_is_recorded(desk: Desk) -> None:
    assert "Added: 2 questions" in desk.upload(fields(), fields("other"))
    assert "Replaced: 1 question" in desk.upload(fields(difficulty=5))
    desk.type("retire label-delay")
    with pytest.raises(UnknownOwnQuestion):
        desk.type("retire label-delay")
    assert "Replaced" in desk.upload(fields())

    assert desk.recorded == [
        ("add question", "label-delay"),
        ("add question", "other"),
        ("edit question", "label-delay"),
        ("retire question", "label-delay"),
        ("edit question", "label-delay"),
    ]
    assert "(monitoring)" in desk.type("")
    assert "no questions of its own" in desk.type("", place=ELSEWHERE)


def test_one_fault_keeps_the_whole_file_out(desk: Desk) -> None:
    told = desk.upload(fields(), fields("other", difficulty=7))

    assert "Nothing was added" in told
    assert "question 2" in told
    assert "no questions of its own" in desk.type("")
    assert desk.recorded == []


def test_names_lead_to_one_question(desk: Desk) -> None:
    desk.upload(fields(aliases=["lorries"]))

    told = desk.upload(
        fields("a", aliases=["Lorries"]),
        fields("b", aliases=["concept drift"], prompt="Is this another question of ours?"),
    )

    assert "'lorries' already names label-delay" in told
    assert f"'concept drift' already names {DRIFT}" in told


def test_a_question_keeps_its_topic_and_so_its_history(desk: Desk) -> None:
    desk.upload(fields())

    assert "belongs to monitoring" in desk.upload(fields(topic="deployment"))


def test_what_resembles_a_question_is_added_only_anyway(desk: Desk) -> None:
    desk.finder = FakeFinder((DRIFT, 0.81))

    assert "81 %" in desk.upload(fields())
    assert "no questions of its own" in desk.type("")
    assert "Added" in desk.upload(fields(), anyway=True)
    desk.finder = FakeFinder(("monitoring/own-1-label-delay", 1.0), (DRIFT, 0.79))
    assert "Replaced" in desk.upload(fields())
    assert [question.slug for question in desk.among] == ["label-delay"]
    assert "label-delay" in desk.upload(fields("other"))
    assert [question.slug for question in desk.among] == ["label-delay", "other"]


def test_questions_of_one_file_may_resemble_each_other(desk: Desk) -> None:
    desk.finder = FakeFinder(("monitoring/own-1-second", 0.9))

    told = desk.upload(fields("first"), fields("second"))

    assert "90 % like second" in told
    assert "like first" not in told


def test_points_without_wrong_versions_are_told_with_what_that_costs(desk: Desk) -> None:
    points = [{"statement": one, "wrong": [f"Never: {one}"]} for one in POINTS]

    assert "says the opposite" in desk.upload(fields())
    assert "says the opposite" in desk.upload(fields(key_points=[*points[:-1], POINTS[-1]]))
    assert "says the opposite" not in desk.upload(fields(key_points=points))


def test_without_the_model_nothing_is_added(desk: Desk) -> None:
    desk.finder = FakeFinder(problem=ModelUnavailable("tiny", "gone"))

    with pytest.raises(GradingUnavailable):
        desk.upload(fields())
    assert "no questions of its own" in desk.type("")


def test_files_are_named_behind_the_command(desk: Desk) -> None:
    desk.files["our file.yaml"] = yaml.safe_dump(fields()).encode()
    desk.finder = FakeFinder((DRIFT, 0.9))

    assert "anyway" in desk.type("add our file.yaml")
    assert "Added" in desk.type('add "our file.yaml" anyway')
    with pytest.raises(FileNotRead):
        desk.type("add absent.yaml")


def test_a_community_has_so_many_questions_at_most(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "MOST_OWN_QUESTIONS", 2)
    desk.upload(fields(), fields("other"))
    desk.type("retire other")
    desk.suggest()

    with pytest.raises(TooManyOwnQuestions):
        desk.upload(fields("third"))
    with pytest.raises(TooManyOwnQuestions):
        desk.type("accept 3")
    assert "Replaced" in desk.upload(fields("other"))


def test_a_suggestion_is_accepted_or_declined_once(desk: Desk) -> None:
    assert "hosts" in desk.suggest()
    assert "hosts" in desk.suggest(SUGGESTION.replace("flowers", "trees"))
    assert desk.type("suggestions").count("Suggestion ") == 2
    assert "No suggestion" in desk.type("suggestions", place=ELSEWHERE)
    with pytest.raises(UnknownSuggestion):
        desk.type("accept 1", place=ELSEWHERE)

    assert "Accepted" in desk.type("accept #1")
    assert "Declined" in desk.type("decline 2")

    assert [act for act, _ in desk.recorded] == ["accept question", "decline question"]
    for words in ("accept 1", "decline 2", "accept 9"):
        with pytest.raises(UnknownSuggestion):
            desk.type(words)
    with pytest.raises(SuggestedBefore):
        desk.suggest()


def test_who_suggested_hears_what_became_of_it(
    bank: QuestionBank, every_unit_of_work: MakeUnitOfWork
) -> None:
    desk = Desk(bank, every_unit_of_work)
    desk.suggest()
    desk.suggest(SUGGESTION.replace("flowers", "trees"))
    desk.type("decline 1")
    desk.type("accept 2")

    notices = Notices(every_unit_of_work, FixedClock())
    declined, accepted = map(text_of, notices.waiting(BOB))
    assert "declined" in declined
    assert "flowers" in declined
    assert "accepted" in accepted
    assert "trees" in accepted
    assert notices.waiting(ADA) == ()


def test_suggestions_are_bounded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        desk.suggest(SUGGESTION.replace("flowers", f"flower {number}"))
    with pytest.raises(TooManySuggestions) as mine:
        desk.suggest()
    assert mine.value.mine
    monkeypatch.setattr(suggestions, "MOST_SUGGESTIONS", 5)
    with pytest.raises(TooManySuggestions) as all_of_them:
        desk.suggest(user=a_user("carol"))
    assert not all_of_them.value.mine


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Who waters the flowers? | one | two", "topic"),
        ("cooking: Who waters the flowers? | " + " | ".join(POINTS), "cooking"),
        ("monitoring: Who waters the flowers? | It is the gardener.", "1 key points"),
    ],
)
def test_what_a_suggestion_lacks_is_told(desk: Desk, text: str, told: str) -> None:
    assert told in desk.suggest(text)
    assert "No suggestion" in desk.type("suggestions")


def test_nothing_suggested_is_met_with_what_to_type(desk: Desk) -> None:
    with pytest.raises(UsageError, match=r"TOPIC: QUESTION \| POINT"):
        desk.suggest("")


def test_lines_and_list_marks_are_read_too(desk: Desk) -> None:
    lines = "\n".join(f"- {point}" for point in POINTS)

    assert POINTS[0] in desk.suggest(f"Monitoring and drift: Who waters the flowers?\n{lines}\n")


def test_a_suggestion_like_a_question_needs_a_word_more(desk: Desk) -> None:
    desk.finder = FakeFinder((DRIFT, 0.9))

    assert "anyway" in desk.suggest()
    assert "hosts" in desk.suggest(f"anyway {SUGGESTION}")


def test_a_long_list_has_pages(desk: Desk) -> None:
    desk.upload(*(fields(f"q{number}") for number in range(30)), anyway=True)

    assert "page 1 of 2" in desk.type("")
    assert "q29:" in desk.type("")
    assert "q0:" in desk.type("2")
    assert "page 2 of 2" in desk.type("99999999999")


def test_what_was_brought_is_handed_out_to_be_changed(desk: Desk):
    desk.upload(fields("label-delay", difficulty=4), fields("other-one", prompt="Who is it then?"))

    assert "Here they are" in desk.type("get own/label-delay")

    changed = desk.files["label-delay.yaml"].replace(b"difficulty: 4", b"difficulty: 5")
    desk.files["changed.yaml"] = changed
    assert "Replaced: 1 question" in desk.type("edit changed.yaml anyway")
    desk.type("get")
    (first, second) = yaml.safe_load(desk.files["questions.yaml"])
    assert (first["id"], first["difficulty"]) == ("label-delay", 5)
    assert second["prompt"] == "Who is it then?"


def test_nothing_is_handed_out_of_what_is_not_there(desk: Desk):
    for words in ("get", "get nothing-of-it"):
        with pytest.raises(UnknownOwnQuestion):
            desk.type(words)
    with pytest.raises(HostsOnly):
        desk.type("get", place=GUEST)
    assert not desk.files
