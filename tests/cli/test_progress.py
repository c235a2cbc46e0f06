"""`coach progress`, and the commands about a person at the prompt, as the real program has them."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Coach

PNG = b"\x89PNG\r\n\x1a\n"


def test_progress_is_told_to_somebody_new(coach: Coach):
    assert "/ask for your first question" in coach("progress").out


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_picture_is_written_and_described(coach: Coach, tmp_path: Path, theme: str):
    outcome = coach("progress", "--picture", f"{theme}.png", "--theme", theme)

    assert outcome.status == 0
    assert (tmp_path / f"{theme}.png").read_bytes().startswith(PNG)
    assert "Progress on" in outcome.out


def test_one_topic_is_told_and_drawn(coach: Coach, tmp_path: Path):
    assert "Type /ask monitoring for the first." in coach("progress", "observability").out
    outcome = coach("progress", "monitoring", "--picture", "topic.png")

    assert (tmp_path / "topic.png").read_bytes().startswith(PNG)
    assert "Progress in Monitoring and drift on" in outcome.out
    refused = coach("progress", "knitting")
    assert refused.status == 1
    assert "interpretability" in " ".join(refused.err.split())


def test_the_picture_goes_over_no_other_file(coach: Coach, tmp_path: Path):
    (tmp_path / "precious").write_text("mine", encoding="utf-8")

    outcome = coach("progress", "--picture", "precious")

    assert outcome.status == 1
    assert "exists already" in outcome.err
    assert (tmp_path / "precious").read_text(encoding="utf-8") == "mine"


def test_settings_export_and_deletion_in_one_conversation(coach: Coach, tmp_path: Path, home: Path):
    lines = ["/settings zone Berlin", "/privacy", "/privacy export me.json", "/privacy delete"]
    outcome = coach("chat", stdin="\n".join((*lines, "/help")).encode())

    document = json.loads((home / "files" / "me.json").read_text(encoding="utf-8"))
    (learner,) = document["tables"]["learners"]
    assert learner["zone"] == "Europe/Berlin"
    assert (home / "files" / "me.json").stat().st_mode & 0o077 == 0
    assert "What I store about you" in outcome.out
    assert outcome.out.count("/progress") == 1
    assert f"Saved as {home / 'files' / 'me.json'}." in outcome.out
    assert list(tmp_path.glob("*.json")) == []

    (code,) = re.findall(r"/privacy delete (\w+) within", outcome.out)
    (home / "history").write_text("/ask drift\n", encoding="utf-8")
    second = coach("chat", stdin=f"/privacy delete {code}\n/privacy export gone.json".encode())

    assert "is deleted" in second.out
    assert json.loads((home / "files" / "gone.json").read_text(encoding="utf-8"))["tables"] == {}
    assert not (home / "history").exists()


def test_a_file_that_exists_is_not_overwritten_by_an_export(coach: Coach, home: Path):
    (home / "files").mkdir(parents=True)
    (home / "files" / "me.json").write_text("mine", encoding="utf-8")

    outcome = coach("chat", stdin=b"/privacy export me.json\n/privacy export no/such/folder.json")

    assert "could not write me.json: it exists already" in outcome.out
    assert "could not write no/such/folder.json" in outcome.out
    assert (home / "files" / "me.json").read_text(encoding="utf-8") == "mine"


def test_a_file_that_is_named_with_its_folder_goes_there(coach: Coach, tmp_path: Path):
    outcome = coach("chat", stdin=f"/privacy export {tmp_path / 'mine.json'}".encode())

    assert f"Saved as {tmp_path / 'mine.json'}." in outcome.out
    assert (tmp_path / "mine.json").is_file()


def test_a_picture_from_the_conversation_goes_to_the_home(coach: Coach, tmp_path: Path, home: Path):
    outcome = coach("chat", stdin=b"/progress picture")

    (picture,) = (home / "files").glob("*.png")
    assert f"Saved as {picture}." in outcome.out
    assert list(tmp_path.glob("*.png")) == []
