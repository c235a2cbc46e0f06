"""`coach knowledge export` and `site`."""

import builtins
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import QUESTIONS, Coach


def test_a_site_is_written_and_its_first_page_named(coach: Coach, tmp_path: Path):
    outcome = coach("knowledge", "site", "public")

    assert outcome.out == f"public/index.html: {len(QUESTIONS)} questions\n"
    assert (tmp_path / "public" / "questions" / "interpretability" / "lime.html").exists()


def test_decks_and_booklets_are_written_at_once(coach: Coach, tmp_path: Path):
    outcome = coach(
        *("knowledge", "export", "--topic", "xai"),
        *("--anki", "d.apkg", "--html", "b.html", "--pdf", "b.pdf"),
    )

    assert outcome.out.splitlines() == [f"{name}: 1 question" for name in FILES]
    assert all((tmp_path / name).stat().st_size > 1000 for name in FILES)


FILES = ("d.apkg", "b.html", "b.pdf")


def test_it_must_be_said_what_to_write(coach: Coach):
    outcome = coach("knowledge", "export")

    assert outcome.status == 2
    assert "--anki FILE, --html FILE or --pdf FILE" in " ".join(outcome.err.split())


def test_an_unknown_topic_is_told(coach: Coach):
    outcome = coach("knowledge", "site", "public", "--topic", "cookery")

    assert (outcome.status, outcome.out) == (1, "")
    assert "'cookery' is no topic" in outcome.err


def test_a_folder_of_somebody_elses_is_left_alone(coach: Coach, tmp_path: Path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.tex").write_text("x")

    outcome = coach("knowledge", "site", "mine")
    assert outcome.status == 1
    assert outcome.err.startswith("coach: mine: it holds other files. Name a new or an empty")


def test_without_the_libraries_it_is_said_how_to_get_them(
    coach: Coach, monkeypatch: pytest.MonkeyPatch
):
    real = builtins.__import__

    def missing(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("knowledge.publishing"):
            raise ModuleNotFoundError("No module named 'jinja2'", name="jinja2")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)
    outcome = coach("knowledge", "site", "public")
    assert outcome.status == 1
    assert "pip install 'interview-coach[publish]'" in outcome.err
