"""Write what the documentation takes from the code: `python -m tools.docs`.

A page holds its text and, between `<!-- NAME -->` and `<!-- end of NAME -->`, what a function here
makes; `.env.example` is made whole. A test fails when a file is not as it would be written.
"""

import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WIDTH = 100
BAR = r"\|"

EXAMPLE = """\
# Copy this file to .env, in the folder where you start the coach, and remove the "# " in front of
# what you set. Keep it to yourself: chmod 600 .env
"""

Row = tuple[str, ...]


def written() -> dict[Path, str]:
    """Return each file that takes something from the code, as it should be."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    texts = {page: page.read_text(encoding="utf-8") for page in pages}
    filled = {page: _filled(text) for page, text in texts.items() if "<!-- end of " in text}
    return {**filled, ROOT / ".env.example": env_example()}


def settings() -> str:
    """Tell every setting: its variable, its default, its values and what it means."""
    rows = ((f"`{name}`", default, meaning) for name, default, meaning, _ in _settings())
    return _table(("variable", "default", "meaning"), rows)


def env_example() -> str:
    """Return a file of settings in which each stands as a comment, below what it means."""
    parts = [EXAMPLE]
    for name, _, meaning, value in _settings():
        told = textwrap.fill(meaning, WIDTH, initial_indent="# ", subsequent_indent="# ")
        parts.append(f"{told}\n# {name}={value}\n")
    return "\n".join(parts)


def commands() -> str:
    """Tell what learners can type."""
    typed = (row for row, hosts in _commands() if not hosts)
    return _table(("you type", "what it is for"), typed)


def host_commands() -> str:
    """Tell what hosts can type."""
    return _table(("a host types", "what it is for"), (row for row, hosts in _commands() if hosts))


def rights() -> str:
    """Tell which commands are for hosts, and of which only so many are carried out a minute."""
    from bot.bootstrap.application import application_of
    from bot.settings import Settings

    every = [e for e in application_of(Settings(_env_file=None)).features.commands if not e.hidden]
    groups = (
        ("hosts", [each for each in every if each.hosts]),
        ("everybody, for themselves", [each for each in every if not each.hosts]),
        ("of these, wholly or in part so many a minute", [each for each in every if each.costs]),
    )
    rows = ((who, ", ".join(f"`/{e.name}`" for e in found)) for who, found in groups)
    return _table(("who", "commands"), rows)


def command_line() -> str:
    """Tell every command of the command line with the options that not all of them have."""
    from typer.main import get_command

    from bot.cli import app

    head = ("command", "what it does", "options", "JSON")
    return _table(head, _programs(get_command(app), "coach"))


def kept() -> str:
    """Tell what is let go by itself, and after how many days."""
    from bot.core.privacy.model import Terms

    terms = Terms()
    rows = (
        ("what tied you to a community, after you left it or it removed the coach",
         terms.departure_days),
        ("copies of the database that the coach makes by itself", terms.backup_days),
        ("what you were told, such as news of an appeal", terms.notice_days),
        ("which events of a platform were handled", terms.event_days),
    )  # fmt: skip
    return _table(("what", "days"), ((what, str(days)) for what, days in rows))


def bands() -> str:
    """Tell from which score on an answer is called what."""
    from grading.calibration import BANDS

    return _table(("band", "from a score of"), ((band, f"{least:g}") for least, band in BANDS))


def bank() -> str:
    """Tell how many questions ship, and on what."""
    from bot.core.words.phrases import in_a_sentence, listed
    from knowledge.loader import load_bank

    shipped = load_bank()
    points = sum(len(question.key_points) for question in shipped)
    topics = listed(tuple(in_a_sentence(topic.title) for topic in shipped.topics))
    told = f"It comes with {len(shipped)} questions and {points:,} key points on {topics}."
    return textwrap.fill(told, WIDTH) + "\n"


PARTS: dict[str, Callable[[], str]] = {
    "settings": settings,
    "commands": commands,
    "commands for hosts": host_commands,
    "who may do what": rights,
    "command line": command_line,
    "how long things are kept": kept,
    "bands": bands,
    "questions": bank,
}


def _filled(text: str) -> str:
    for name, make in PARTS.items():
        begin, end = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
        if begin in text:
            before, rest = text.split(begin)
            _, after = rest.split(end)
            text = f"{before}{begin}\n{make()}\n{end}{after}"
    return text


def _table(head: Row, rows: Iterable[Row]) -> str:
    lines = ["|".join(("", *(f" {cell} " for cell in head), "")), "|---" * len(head) + "|"]
    for row in rows:
        cells = (f" {cell.replace('|', BAR)} " for cell in row)
        lines.append("|".join(("", *cells, "")))
    return "\n".join(lines) + "\n"


def _settings() -> Iterator[tuple[str, str, str, str]]:
    """Give the variable, its default in words, what it means, and its default as it is typed."""
    from bot.bootstrap.settings import settings_model

    schema = settings_model().model_json_schema()
    yield from _variables(schema, schema["$defs"], "COACH_")


def _variables(
    schema: dict[str, Any], shared: dict[str, Any], prefix: str
) -> Iterator[tuple[str, str, str, str]]:
    for name, field in schema["properties"].items():
        kind = _kind(field, shared)
        if "properties" in kind:
            yield from _variables(kind, shared, f"{prefix}{name.upper()}__")
            continue
        default = field.get("default")
        value = "" if default in {None, ""} else _figure(default) if _number(default) else default
        meaning = f"{' '.join(field['description'].split())} {_values(kind)}".strip()
        variable = f"{prefix}{name.upper()}"
        yield variable, f"`{value}`" if value else "", meaning, value
        if kind.get("writeOnly"):
            yield f"{variable}_FILE", "", f"A file that holds `{variable}` instead.", ""


def _kind(field: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """Return what a value must be: the way of it that is not nothing, wherever it is described."""
    (kind,) = [way for way in field.get("anyOf", [field]) if way.get("type") != "null"]
    return {**kind, **shared[kind["$ref"].rsplit("/", 1)[1]]} if "$ref" in kind else kind


def _number(value: object) -> bool:
    return isinstance(value, int | float)


def _values(kind: dict[str, Any]) -> str:
    """Tell in a sentence between which values one chooses, if there is a choice."""
    if "enum" in kind:
        *first, last = (f"`{value}`" for value in kind["enum"])
        return f"One of {', '.join(first)} and {last}."
    if "maximum" in kind:
        above = kind.get("exclusiveMinimum")
        least = "above {}, at most" if above is not None else "from {} to"
        lowest = _figure(kind["minimum"] if above is None else above, ",")
        return f"A number {least.format(lowest)} {_figure(kind['maximum'], ',')}."
    return ""


def _figure(value: float, grouped: str = "") -> str:
    """Return a number as people write it; a whole one to its last digit."""
    return format(int(value) if value == int(value) else value, grouped)


def _commands() -> Iterator[tuple[Row, bool]]:
    """Give what is typed and what it is for, and whether that is for hosts."""
    from bot.bootstrap.application import application_of
    from bot.core.coach.commands import with_help
    from bot.core.coach.words import AROUND
    from bot.core.command_refs import spoken
    from bot.core.text_commands import typed_as
    from bot.settings import Settings

    for each in with_help(application_of(Settings(_env_file=None)).features.commands):
        if not each.hidden:
            yield (f"`{spoken(typed_as(each))}`", each.summary), each.hosts
    for typed, told in AROUND:
        yield (f"`{typed}`" if typed.startswith("/") else typed, told), False


def _programs(command: Any, path: str) -> Iterator[Row]:  # typer's own kind of click
    for name, each in getattr(command, "commands", {}).items():
        yield from _programs(each, f"{path} {name}")
    if hasattr(command, "commands"):
        return
    options = [each for each in command.params if each.param_type_name == "option"]
    typed = " ".join([path, *(_argument(e) for e in command.params if e not in options)])
    told = (each for each in options if each.name not in {"home", "json"})
    json = "yes" if any(each.name == "json" for each in options) else ""
    summary = command.help.split("\n\n")[0].replace("\n", " ")
    yield f"`{typed}`", summary, "<br>".join(map(_option, told)), json


def _argument(argument: Any) -> str:
    name = (argument.metavar or argument.name).upper()
    return name if argument.required else f"[{name}]"


def _option(option: Any) -> str:
    return f"`{'`, `'.join([*option.opts, *option.secondary_opts])}`: {option.help}"


def main() -> None:
    """Write every file that is not as it should be, and name it."""
    for path, text in written().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{path.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
