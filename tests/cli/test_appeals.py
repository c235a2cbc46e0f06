"""Decided appeals are written as marked answers that training reads, and nobody is in them."""

import json
from pathlib import Path

import pytest

from bot.bootstrap.storage import storage_of
from bot.core.appeals.model import AppealState
from bot.core.communities.model import Place
from bot.core.communities.presence import register_presence
from bot.settings import Settings
from knowledge.bank import QuestionBank
from tests.application import move_in
from tests.builders import NOON, a_grade, a_user
from tests.cli.conftest import Coach
from tests.core.samples import DRIFT
from tools.train.documents import load_more

THERE = Place("guild-4711", "channel-4712", "Night School", "general")
ANSWERS = {
    "ada-account": "Ada Lovelace, ada@example.org: a siren howls when it sinks.\u2028Über <@4713>",
    "bob-account": "We teach it again when Grace (@grace) says so.",
    "cy-account": "We teach it again  when Grace (@grace) says so.",
}
SECRETS = ("Lovelace", "ada", "bob", "grace", "471", "Night", "general", "2026", "learner")


@pytest.fixture
def filled(home: Path) -> None:
    """One accepted appeal and two equal ones that were declined."""
    move_in(home / "coach.sqlite3")
    with storage_of(Settings(home=home)).unit_of_work() as uow:
        for who, answer in ANSWERS.items():
            user = a_user(who, display_name="Ada Lovelace" if who == "ada-account" else who)
            here = register_presence(uow, user, THERE, NOON)
            assert here.community_id
            ask = uow.asks.add(here.learner.id, DRIFT, NOON, community_id=here.community_id)
            attempt = uow.attempts.add(ask, answer, NOON)
            uow.attempts.record_grade(attempt.id, a_grade(DRIFT), NOON)
            state = AppealState.ACCEPTED if who == "ada-account" else AppealState.DECLINED
            made = uow.appeals.add(
                here.learner.id, attempt.id, here.community_id, DRIFT, "alert", answer[:40], NOON
            )
            uow.appeals.decide(made.id, state, NOON, here.learner.id, "a reason")
        uow.commit()


@pytest.mark.usefixtures("filled")
def test_decided_appeals_are_written_without_anybody_in_them(coach: Coach):
    out = coach("appeals", "export").out

    assert [json.loads(line) for line in out.rstrip("\n").split("\n")] == [
        {
            "question": DRIFT,
            "kind": "appeal",
            "answer": "[name], [address]: a siren howls when it sinks.\u2028Über [name]",
            "marks": {"alert": "c"},
            "complete": False,
        },
        {
            "question": DRIFT,
            "kind": "appeal",
            "answer": "We teach it again  when Grace ([name]) says so.",
            "marks": {"alert": "-"},
            "complete": False,
        },
    ]
    assert not [secret for secret in SECRETS if secret in out]


@pytest.mark.usefixtures("filled")
def test_a_file_is_written_once_for_this_account_alone(coach: Coach, tmp_path: Path):
    file = tmp_path / "appeals.jsonl"
    told = coach("appeals", "export", str(file))

    assert "2 marked answers" in told.out
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text(encoding="utf-8") == coach("appeals", "export").out
    again = coach("appeals", "export", str(file))
    assert again.status == 1
    assert "is not overwritten" in again.err


@pytest.mark.usefixtures("filled")
def test_decisions_before_a_day_are_left_out(coach: Coach):
    day = NOON.date().isoformat()
    assert coach("appeals", "export", "--since", day).out.count("\n") == 2
    assert coach("appeals", "export", "--since", "2999-01-01").out == ""


def test_without_decisions_there_is_nothing(coach: Coach):
    outcome = coach("appeals", "export")
    assert (outcome.status, outcome.out) == (0, "")


@pytest.mark.usefixtures("filled")
def test_training_reads_what_was_written(coach: Coach, tmp_path: Path, bank: QuestionBank):
    file = tmp_path / "appeals.jsonl"
    coach("appeals", "export", str(file))

    assert [one.marks for one in load_more([file], bank)] == [{"alert": "c"}, {"alert": "-"}]
