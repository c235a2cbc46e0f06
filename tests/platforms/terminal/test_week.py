"""A week at the terminal, with the commands as the application puts them together."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.core.practice.model import Purpose
from bot.platforms.front_desk import FrontDesk
from bot.platforms.terminal.conversation import Conversation
from grading.errors import GraderBusy
from grading.grade import Band, Grade, PointStatus
from knowledge.question import Question
from tests.application import an_application
from tests.builders import a_user
from tests.core.samples import DRIFT, a_grade_of
from tests.fakes import FixedClock
from tests.platforms.terminal.conftest import Screen

KNOWS = "I know all of it: the data, the model, how it is trained, and what is measured."
SOMETHING = "Something in the world of the model has changed by now."


class Examiner:
    """Believes what an answer says of itself; now and then it is busy."""

    busy = False

    def grade(self, question: Question, answer: str) -> Grade:
        if self.busy:
            raise GraderBusy(128)
        knows = KNOWS in answer
        points = question.key_points if knows else question.key_points[:1]
        return a_grade_of(
            question,
            {point.id: PointStatus.COVERED for point in points},
            score=1.0 if knows else 0.2,
            band=Band.STRONG if knows else Band.WEAK,
        )


class Terminal:
    """A terminal over a home folder; each day it is started anew."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.clock = FixedClock()
        self.examiner = Examiner()
        self.start()

    def start(self) -> None:
        self.features = an_application(self.home, clock=self.clock, grader=self.examiner).features
        self.screen = Screen()
        self.conversation = Conversation(
            FrontDesk(self.features),
            a_user(platform="terminal"),
            self.screen.show,
            self.screen.warm_up,
            own_views=self.features.own_views,
        )
        self.conversation.begin()

    def next_day(self) -> None:
        self.clock.pass_by(timedelta(days=1))
        self.start()

    def type(self, line: str) -> str:
        self.screen.shown.clear()
        assert self.conversation.handle(line)
        return self.screen.text

    def of_store(self, read: Any) -> Any:
        with self.features.unit_of_work() as uow:
            return read(uow)

    @property
    def prompt(self) -> str:
        question_id = self.screen.shown[-1].question_id
        assert question_id is not None
        return self.features.bank.get(question_id).prompt


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "home")


def test_a_week_of_reviews(terminal: Terminal):
    terminal.type("/settings zone Berlin")
    assert "nothing to review yet" in terminal.type("/review")

    # Monday: two questions are learnt, one of them badly.
    terminal.type("/ask drift")
    terminal.type(SOMETHING)
    terminal.type("/ask lime")
    terminal.type(KNOWS)
    assert "Nothing is due today: you are up to date. The next review is due tomorrow." in (
        terminal.type("/review")
    )

    # Tuesday: what was answered badly is due, and comes by /ask too.
    terminal.next_day()
    told = terminal.type("/review")
    assert terminal.features.bank.get(DRIFT).prompt in told
    assert "Due for review." in told
    assert "The last one for today." in told
    assert "Score: 100 %" in terminal.type(KNOWS)
    assert "That was the last one for today: you are up to date." in terminal.type("/review")

    # Wednesday: nothing is due, but practice ahead moves nothing.
    terminal.next_day()
    before = terminal.of_store(lambda uow: uow.cards.of_learner(1))
    assert "Nothing is due today" in terminal.type("/review")
    assert "Ahead of schedule" in terminal.type("/review ahead")
    terminal.type(SOMETHING)
    assert terminal.of_store(lambda uow: uow.cards.of_learner(1)) == before
    assert "/review [ahead]" in terminal.type("/review lime")

    # Until what is known comes back, a day looked at is a day without reviews.
    days = 0
    while "Nothing is due today" in terminal.type("/review"):
        terminal.next_day()
        days += 1
    assert 1 <= days <= 10
    assert "Due for review." in terminal.screen.text
    purposes = terminal.of_store(lambda uow: uow.asks.latest(1).purpose)
    assert purposes is Purpose.REVIEW


def test_a_week_in_which_everything_is_answered_badly_fills_the_days(terminal: Terminal):
    terminal.type("/settings reviews 2")
    for about in ("drift", "lime", "fine-tuning"):
        terminal.type(f"/ask {about}")
        terminal.type(SOMETHING)
    seen = []
    for _ in range(6):
        terminal.next_day()
        for _ in range(2):
            assert "Due for review." in terminal.type("/review")
            seen.append(terminal.prompt)
            terminal.type(SOMETHING)
        assert "1 more is due and waits until tomorrow" in terminal.type("/review")

    assert len(set(seen)) == 3
    assert all(seen.count(prompt) >= 3 for prompt in set(seen))


def test_an_interview_from_order_to_picture(terminal: Terminal, monkeypatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    told = terminal.type("/interview monitoring 2")
    assert "A mock interview of 2 questions." in told
    assert "No hints or answers during an interview" in terminal.type("/hint")
    assert "No hints or answers during an interview" in terminal.type("/reveal")
    assert "in progress" in terminal.type("/ask lime")
    assert "in progress" in terminal.type("/review")

    followed_up = terminal.type(SOMETHING)
    assert "Noted." in followed_up
    assert "followed up" in followed_up
    assert "Score" not in followed_up

    # The next day a new program goes on where the old one stopped.
    terminal.next_day()
    assert "You have an interview in progress" in terminal.screen.text
    assert "Question 1 of 2, followed up" in terminal.type("/interview resume")
    assert "Question 2 of 2" in terminal.type(KNOWS)
    terminal.type("/interview pause")
    assert "Your interview is paused" in terminal.type("This is lost, or is it?")
    assert terminal.conversation.rejected == "This is lost, or is it?"
    assert "Score: 100 %" in terminal.type("/ask lime") + terminal.type(KNOWS)
    assert "Question 2 of 2" in terminal.type("/interview resume")

    terminal.examiner.busy = True
    assert "Your report waits for 1 grade" in terminal.type(KNOWS)
    assert "Your report waits for 1 grade" in terminal.type("/interview report")
    terminal.examiner.busy = False
    report = terminal.type("/interview report")
    assert "Your report card" in report
    assert "100 % overall in 2 questions" in report
    assert "(after the follow-up)" in report

    assert "report.png" in terminal.type("/interview report picture report.png")
    assert (tmp_path / "report.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("/interview pizza", "'pizza'"),
        ("/interview 21", "from 1 to 20"),
        ("/interview 0 monitoring", "from 1 to 20"),
        ("/interview pause", "You have no interview"),
        ("/interview report", "You have no interview"),
        ("/review yesterday", "'yesterday'"),
    ],
)
def test_what_does_not_fit_is_a_sentence(terminal: Terminal, line: str, words: str):
    assert words in terminal.type(line)


def test_somebody_alone_says_what_they_did_say_and_it_counts_nowhere(terminal: Terminal):
    terminal.type("/ask drift")
    graded = terminal.type(SOMETHING)
    hint = graded.partition("[1] ")[2].partition("\n")[0]
    asked = terminal.features.bank.get(DRIFT)
    (missed,) = (point for point in asked.key_points if point.hint == hint)
    before = terminal.of_store(lambda uow: (uow.history.lines(1), uow.cards.of_learner(1)))

    said = terminal.type("1")

    assert f"Kept as your own view: you did make “{hint}”." in said
    (line,) = terminal.of_store(lambda uow: uow.history.lines(1))
    assert (line.own, line.score) == (1, before[0][0].score)
    assert terminal.of_store(lambda uow: uow.cards.of_learner(1)) == before[1]
    told = terminal.type("/progress monitoring")
    assert "concept-drift" in told
    assert "20 %, +1 point by your own view" in told
    assert "20 % on average, +1 point by your own view" not in told
    everything = terminal.type("/progress")
    assert "+1 point by your own view. It counts in no score, board or streak." in everything
    rows = terminal.of_store(lambda uow: uow.records.export(1))["own_views"]
    assert [(row["attempt_id"], row["point_id"]) for row in rows] == [(1, missed.id)]


def test_an_own_view_is_taken_back_by_the_same_key_and_ends_with_the_next_line(terminal: Terminal):
    terminal.type("/ask drift")
    terminal.type(SOMETHING)
    terminal.type("1")

    assert "Taken back" in terminal.type("1")
    assert terminal.of_store(lambda uow: uow.history.lines(1))[0].own == 0
    terminal.type("/topics")
    assert terminal.conversation.keys == frozenset()
    assert "own view" not in terminal.type("1")


def test_help_names_both(terminal: Terminal):
    told = terminal.type("/help")

    assert "/review [ahead]" in told
    assert "/interview [topics] [number]" in told


def test_progress_shows_what_is_due(terminal: Terminal):
    terminal.type("/ask drift")
    terminal.type(SOMETHING)
    terminal.next_day()

    told = terminal.type("/progress")

    assert "Reviews due, next 14 days" in told


def test_a_plan_leads_through_the_weeks(terminal: Terminal):
    said = terminal.type("/plan data scientist in 2 weeks")
    assert "Data scientist, difficulty 2 to 4" in said
    assert "Your interview is in 14 days" in said

    for left in range(14, 0, -1):
        said = terminal.type("/plan")
        when = "tomorrow" if left == 1 else f"in {left} days"
        assert f"Your interview is {when}" in said
        if "new question" in said:
            terminal.type("/ask")
            asked = terminal.features.bank.get(terminal.screen.shown[-1].question_id)
            title = terminal.features.bank.topic(asked.topic).title
            assert title in said or "review" in said, (title, said)
            terminal.type(KNOWS)
        terminal.next_day()
    assert "Today is the day." in terminal.type("/plan")
    terminal.next_day()
    assert "Your interview was on" in terminal.type("/plan")
    assert "No date yet" in terminal.type("/plan ml engineer")
    assert "in 12 days" in terminal.type("/plan in 12 days for a senior mlops engineer")
    assert "Your plan has ended." in terminal.type("/plan off")
