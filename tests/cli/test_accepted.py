"""What communities accept is listed and patched into question files; what was flagged is listed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from bot.bootstrap.storage import storage_of
from bot.core.communities.model import Place
from bot.core.communities.presence import register_presence
from bot.core.flags.model import FlagKind
from bot.settings import Settings
from tests.application import move_in
from tests.builders import NOON, a_user
from tests.cli.conftest import Coach
from tests.core.samples import DRIFT

SENTENCE = "A siren howls when quality sinks."


@pytest.fixture
def filled(home: Path) -> None:
    """Two communities that accept something, and a flag in private."""
    move_in(home / "coach.sqlite3")
    with storage_of(Settings(home=home)).unit_of_work() as uow:
        for name, question in (("Club", DRIFT), ("Guild", DRIFT), ("Guild", "gone/question")):
            here = register_presence(uow, a_user(), Place(name, community_name=name), NOON)
            assert here.community_id
            uow.accepted.add(here.community_id, question, "alert", SENTENCE, NOON)
        uow.accepted.add(here.community_id, DRIFT, "retrain", "Teach it again, then.", NOON)
        uow.flags.put(here.learner.id, DRIFT, FlagKind.OUTDATED, "Since 2025.", NOON)
        uow.commit()


@pytest.mark.usefixtures("filled")
def test_what_is_accepted_is_listed_for_all_or_one_community(coach: Coach):
    told = coach("knowledge", "accepted").out
    found = coach("knowledge", "accepted", "--community", "Guild", "--json").json

    assert told.count(SENTENCE) == 3
    assert [(each["community"], each["question"], each["point"]) for each in found] == [
        ("Guild", "gone/question", "alert"),
        ("Guild", DRIFT, "alert"),
        ("Guild", DRIFT, "retrain"),
    ]


@pytest.mark.usefixtures("filled")
@pytest.mark.skipif(shutil.which("patch") is None, reason="needs the program patch")
def test_the_patch_makes_a_folder_that_passes_the_check(
    coach: Coach, knowledge_folder: Path, tmp_path: Path
):
    folder = Path(shutil.copytree(knowledge_folder, tmp_path / "questions"))
    outcome = coach("knowledge", "accepted", "--patch")
    assert "gone/question.md is not there" in outcome.err

    command = [shutil.which("patch") or "", "-p1", "-d", str(folder)]
    subprocess.run(command, input=outcome.out.encode(), check=True, capture_output=True)

    assert coach("knowledge", "check", "--folder", str(folder)).status == 0
    shown = coach("knowledge", "show", DRIFT, "--json", COACH_KNOWLEDGE=str(folder)).json
    accepted = {point["id"]: point["accepted"] for point in shown["key_points"]}
    assert accepted["alert"] == [SENTENCE]
    assert accepted["retrain"] == ["Teach it again, then."]
    assert coach("knowledge", "accepted", "--patch", COACH_KNOWLEDGE=str(folder)).out == ""


@pytest.mark.usefixtures("filled")
def test_flags_of_private_practice_are_listed_and_closed(coach: Coach):
    (flag,) = coach("knowledge", "flags", "--json").json
    assert (flag["question"], flag["kind"], flag["words"]) == (DRIFT, "outdated", "Since 2025.")

    assert "Since 2025." in coach("knowledge", "flags").out
    assert coach("knowledge", "flags", "--done", str(flag["number"])).status == 0
    assert coach("knowledge", "flags", "--json").json == []
    again = coach("knowledge", "flags", "--done", str(flag["number"]))
    assert again.status != 0
    assert "No open flag" in again.err
