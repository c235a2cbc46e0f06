"""The documentation says what the code does, and leads where it says."""

import re
import shlex

import pytest
from typer.main import get_command

from bot.bootstrap.settings import settings_model
from bot.cli import app
from knowledge.question import KeyPoint, Question
from tests.repository.checkout import ROOT, text
from tools.docs import written

PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "grading/card.md")
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
SHELL = re.compile(r"^ *```sh\n(.*?)^ *```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def expected():
    return {path.relative_to(ROOT).as_posix(): content for path, content in written().items()}


def anchors(page):
    """The anchors of a page's headings, as they are made from their words."""
    heads = re.findall(r"^#+ (.+)$", text(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.casefold()).replace(" ", "-") for head in heads}


def commands_in(page):
    """The commands of a page's shell blocks as words, without variables in front of them."""
    lines = "".join(SHELL.findall(text(page))).replace("$", r"\$").splitlines()
    for line in lines:
        for part in re.split(r" \|\|? | && ", line):
            words = shlex.split(part, comments=True)
            while words and re.match(r"[A-Z_]+=", words[0]):
                words.pop(0)
            if words:
                yield words


def rows(page):
    """The rows of a page's tables, by the code in their first cell."""
    return dict(re.findall(r"^\| `([\w.]+)` \| ([^|]*) \|", text(page), re.MULTILINE))


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "<!-- end of " in text(page)] + [".env.example"]
)
def test_what_comes_from_the_code_is_up_to_date(page, expected):
    assert text(page) == expected[page], "python -m tools.docs writes it"


def test_some_pages_take_something_from_the_code(expected):
    assert {"README.md", "docs/commands.md", "docs/configuration.md"} <= expected.keys()


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page):
    folder = (ROOT / page).parent
    for link in LINK.findall(text(page)):
        if not link.startswith("http"):
            path, _, anchor = link.partition("#")
            target = (folder / path).resolve() if path else ROOT / page
            assert target.exists(), link
            if anchor:
                assert anchor in anchors(target.relative_to(ROOT)), link


def test_every_page_and_every_picture_is_shown_somewhere():
    linked = {
        (ROOT / page).parent.joinpath(link.partition("#")[0]).resolve()
        for page in PAGES
        for link in LINK.findall(text(page))
    }
    assert {*ROOT.glob("docs/*.md"), *ROOT.glob("docs/pictures/*")} - linked == set()


@pytest.mark.parametrize(("page", "lines"), [("README.md", 150), ("CONTRIBUTING.md", 120)])
def test_what_is_read_first_is_short(page, lines):
    assert len(text(page).splitlines()) <= lines


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_is_shown_exists(page):
    targets = re.findall(r"^(\w+):", text("Makefile"), re.MULTILINE)
    for program, *words in commands_in(page):
        if program == "make":
            assert not words or words[0] in targets, words
        elif program.endswith("coach"):
            found = get_command(app)
            for word in words:
                if not (commands := getattr(found, "commands", None)):
                    break
                assert word in commands, words
                found = commands[word]


def test_the_example_of_the_environment_is_made_of_settings_that_hold(monkeypatch, tmp_path):
    lines = re.findall(r"^# (COACH_\w+)=(.*)$", text(".env.example"), re.MULTILINE)
    for name, _ in lines:
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "env").write_text("".join(f"{name}={value}\n" for name, value in lines))

    made = settings_model()
    assert made(_env_file=tmp_path / "env") == made(_env_file=None)


@pytest.mark.parametrize("model", [Question, KeyPoint])
def test_the_question_format_names_every_field_with_its_limits(model):
    told = rows("docs/authoring.md")
    written = {name.partition(".")[0] for name in told}
    assert set(model.model_fields) - written <= {"id", "explanation"}
    for name, field in model.model_json_schema()["properties"].items():
        least, most = (field.get(key) for key in ("minItems", "maxItems"))
        if least and most:
            assert told[name].startswith(f"{least}–{most}"), name


def test_the_map_of_the_house_names_every_folder():
    parents = (ROOT / name for name in ("bot", "bot/core", "bot/platforms", "bot/storage"))
    folders = {each.parent for parent in parents for each in parent.glob("*/__init__.py")}
    named = set(re.findall(r"^ *(\w+)/ ", text("CONTRIBUTING.md"), re.MULTILINE))

    assert {folder.name for folder in folders} - named == set()
