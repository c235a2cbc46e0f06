"""`coach run` as an operator starts it: set-up, the question of the day, grades, board, Home."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from grading.grader import Grader
from knowledge.loader import load_bank
from tests.platforms.slack.checks import faults_of_message
from tests.platforms.slack.conftest import Json, eventually, words_of
from tests.platforms.slack.emulator import Slack
from tests.platforms.slack.running import Running

PATIENCE = 300
"""For what nobody measures here: the question comes with the next poll."""


class Workspace:
    """People in a workspace before a running program."""

    def __init__(self, slack: Slack) -> None:
        self.slack = slack
        self.host = slack.user("grace", admin=True, zone="UTC")
        self.ada, self.bob = slack.user("ada"), slack.user("bob")
        self.channel = slack.channel("ml-interviews")

    def form(self, user: str) -> Json:
        """The form that somebody just opened."""
        views = self.slack.views.values()
        found: Json = eventually(lambda: [each for each in views if each["_user"] == user])[-1]
        return found

    def posted(self, words: str) -> Json:
        """The message in the channel that says this, once it is there."""
        messages = self.slack.messages[self.channel]
        found: Json = eventually(
            lambda: next((m for m in messages.values() if words in words_of(m["blocks"])), None),
            PATIENCE,
        )
        return found

    def command(self, user: str, text: str) -> Json:
        """What a command is answered with."""
        before = len(self.slack.responses)
        assert self.slack.slash(user, self.channel, "/coach", text).status == 200
        eventually(lambda: len(self.slack.responses) > before, PATIENCE)
        return self.slack.responses[-1]

    def answer(self, user: str, post: Json, text: str) -> str:
        """Answer a question by its button, and return what the form says in the end."""
        self.slack.click(user, post, "coach:answer")
        form = self.form(user)
        assert self.slack.submit(user, form, field=text).body["response_action"] == "update"
        eventually(lambda: "I'm grading" not in words_of(form["blocks"]), PATIENCE)
        return words_of(form["blocks"])


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["http", "socket"])
def test_a_workspace_is_set_up_and_practises(
    slack: Slack, grader: Grader, tmp_path: Path, vector_cache: Path, mode: str
) -> None:
    there = Workspace(slack)
    with Running(tmp_path, vector_cache, slack, mode) as running:
        _set_up(there)
        _begin_today(running)
        question = there.posted("Question of the day")
        grades = [
            there.answer(user, question, text)
            for user, text in zip((there.ada, there.bob), _said_of(question), strict=True)
        ]
        assert all("█" in grade or "░" in grade for grade in grades)
        with running.unit_of_work() as uow:
            assert uow.posts.answered(1) == 2

        board = there.command(there.ada, "leaderboard day")
        assert faults_of_message(board) == []
        there.command(there.ada, "progress picture")
        (picture,) = eventually(lambda: list(slack.files.values()), PATIENCE)
        assert picture["data"].startswith(b"\x89PNG")
        assert "Progress on " in picture["alt_txt"]
        assert "on average" in picture["alt_txt"]
        assert picture["channel"] == slack.dm(there.ada)

        slack.open_home(there.ada)
        home = words_of(eventually(lambda: slack.home.get(there.ada), PATIENCE)["blocks"])
        assert "You answered it" in home
        if mode == "http":  # the same engine counts for both, half a minute at the soonest
            there.posted("2 ")
        assert running.stop() == 0
    assert "Traceback" not in (tmp_path / "coach.log").read_text()


def _said_of(message: Json) -> tuple[str, str]:
    """Return two right answers to the question of a message, whichever it is today."""
    said = words_of(message["blocks"])
    question = next(each for each in load_bank() if each.prompt in said)
    points = question.key_points
    return " ".join(p.paraphrases[0] for p in points), " ".join(p.plain[0] for p in points)


def _begin_today(running: Running) -> None:
    """Let today count, though its time has passed: nobody waits for the next full minute."""
    with running.unit_of_work() as uow:
        plan = uow.plans.get(1)
        assert plan is not None
        uow.plans.put(replace(plan, after=plan.after - timedelta(days=1)))
        uow.commit()


def _set_up(there: Workspace) -> None:
    there.slack.slash(there.host, there.channel, "/coach", "setup")
    form = there.form(there.host)
    clocks = [datetime.now(ZoneInfo(zone)) for zone in ("Asia/Tokyo", "Europe/Berlin")]
    now = next(each for each in clocks if 2 <= each.hour < 22)  # far from midnight
    there.slack.submit(
        there.host,
        form,
        channel=there.channel,
        time=f"{now:%H:%M}",
        zone=str(now.tzinfo),
        days=[str(day) for day in range(7)],
        topics=["monitoring"],
        hours="12",
    )
    eventually(lambda: "what will happen" in words_of(form["blocks"]), PATIENCE)
