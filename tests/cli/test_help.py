from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer
from typer.testing import CliRunner

from bot.cli import app
from tests.cli.conftest import Coach


def commands(group: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if not hasattr(group, "commands"):
        yield path
        return
    for name, command in group.commands.items():
        yield from commands(command, (*path, name))


EVERY = list(commands(typer.main.get_command(app)))


def test_the_command_line_has_all_its_commands():
    assert {" ".join(path) for path in EVERY} == {
        "chat",
        "daily",
        "progress",
        "topics",
        "ask",
        "grade",
        "bench",
        "simulate",
        "evaluate",
        "grader",
        "questions stats",
        "report drift",
        "appeals export",
        "knowledge check",
        "knowledge lint",
        "knowledge list",
        "knowledge show",
        "knowledge search",
        "knowledge accepted",
        "knowledge flags",
        "knowledge new",
        "knowledge test",
        "knowledge import",
        "knowledge export",
        "knowledge site",
        "config show",
        "doctor",
        "db upgrade",
        "db check",
        "db backup",
        "db copy",
        "db restore",
        "db tidy",
        "discord invite",
        "discord sync",
        "discord translations",
        "slack manifest",
        "run",
    }


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_every_command_explains_itself_with_an_example(path: tuple[str, ...]):
    result = CliRunner().invoke(app, [*path, "--help"])

    assert result.exit_code == 0
    assert "Example" in result.output
    assert f"coach {' '.join(path)}" in " ".join(result.output.split())


@pytest.mark.parametrize(
    "path",
    [(), ("appeals",), ("knowledge",), ("config",), ("db",), ("discord",), ("slack",)],
    ids=repr,
)
def test_every_group_lists_its_commands(path: tuple[str, ...]):
    result = CliRunner().invoke(app, [*path, "-h"])

    assert result.exit_code == 0
    assert all(name[-1] in result.output for name in EVERY if name[:-1] == path)


@pytest.mark.parametrize(
    "line",
    [
        "dance",
        "knowledge",
        "knowledge dance",
        "--wrong",
        "topics --wrong",
        "topics extra",
        "grade",
        "bench drift",
        "grade drift --answer a --answer-file b.txt",
        "knowledge show",
        "knowledge search",
        "knowledge search drift --top 0",
        "knowledge search drift --top many",
        "evaluate",
        "evaluate rows.jsonl --limit 0",
        "evaluate rows.jsonl --rubric mine",
        "evaluate rows.jsonl --bank",
        "evaluate rows.jsonl --half fit",
        "evaluate --bank --half third",
        "evaluate --bank --split test-uq",
        "evaluate --bank --limit 3",
        "evaluate --bank --rubric bank",
        "evaluate --bank --predictions out.jsonl",
        "evaluate --bank --baseline",
        "grader drift",
        "db backup",
        "db copy",
        "db restore",
        "appeals",
        "appeals export --since yesterday",
        "appeals export one two",
    ],
)
def test_wrong_usage_exits_2_and_touches_nothing(coach: Coach, home: Path, line: str):
    outcome = coach(*line.split())

    assert outcome.status == 2
    assert "Traceback" not in outcome.err
    assert not home.exists()
