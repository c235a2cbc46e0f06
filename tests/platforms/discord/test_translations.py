"""Names and descriptions of the slash commands in other languages, from file to payload."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.core.words.errors import sentence_of
from bot.platforms.discord.catalogues import SHIPPED, missing, read_catalogues, texts_in
from bot.platforms.discord.errors import TranslationsRejected
from bot.platforms.discord.template import template
from bot.platforms.discord.terms import Kind, Term, terms_of
from bot.platforms.discord.translator import CatalogueTranslator
from tests.platforms.discord.stage import House, Play, Stage, platform_on
from tests.platforms.discord.wired import Wire, wired

LANGUAGES = sorted(file.stem for file in SHIPPED.glob("*.yaml"))
MOST_CHARACTERS = 8_000
"""What Discord takes of a command with all that is in it; of each field, the longest language."""

Json = dict[str, Any]


@pytest.fixture
def terms(house: House) -> tuple[Term, ...]:
    """Everything that can be translated of the program's own commands."""
    return platform_on(house.application()).translating().terms


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Make a folder of catalogues, by language."""

    def make(**files: str) -> Path:
        made = tmp_path / "translations"
        made.mkdir(exist_ok=True)
        for name, text in files.items():
            (made / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
        return made

    return make


def test_every_language_is_complete(terms: tuple[Term, ...]):
    lacking = {
        language: [
            f"  {'.'.join(term.path)}: {term.text}"
            for term in missing(terms, texts_in(SHIPPED / f"{language}.yaml"))
        ]
        for language in LANGUAGES
    }
    told = "\n".join(
        line
        for language, places in lacking.items()
        if places
        for line in (f"locales/{language}.yaml lacks {len(places)} texts:", *places)
    )

    assert not told, (
        f"{told}\n`coach discord translations LANGUAGE` prints the file with a place for each."
    )


def test_what_comes_with_the_program_has_no_faults(
    terms: tuple[Term, ...], caplog: pytest.LogCaptureFixture
):
    catalogues = read_catalogues((SHIPPED,), terms)

    assert not caplog.messages
    assert [each.locale for each in catalogues] == ["de", "es-419", "es-ES", "fr"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_printed_for_translators_can_be_used_as_it_is(
    language: str, terms: tuple[Term, ...], folder: Callable[..., Path]
):
    texts = texts_in(SHIPPED / f"{language}.yaml")
    printed = template(language, terms, texts)

    assert texts_in(folder(it=printed) / "it.yaml") == texts
    assert "Missing" not in printed


def test_discord_is_told_every_language_and_takes_it(house: House):
    async def whole() -> list[Json]:
        async with wired(house) as wire:
            return wire.discord.people.commands

    told = {each["name"]: each for each in asyncio.run(whole())}

    assert told["ask"]["name_localizations"]["de"] == "frage"
    assert told["ask"]["description_localizations"]["fr"].startswith("une question")
    assert told["ask"]["options"][0]["name_localizations"]["es-ES"] == "sobre"
    period, *_ = told["leaderboard"]["options"]
    assert period["choices"][1]["name_localizations"]["de"] == "Diese Woche"
    assert told["coach"]["description_localizations"]["es-419"].startswith("Gestiona")
    setup = next(each for each in told["coach"]["options"] if each["name"] == "setup")
    assert setup["name_localizations"]["de"] == "einrichten"
    every = len(LANGUAGES) + 1  # Spanish twice
    assert all(len(each["name_localizations"]) == every for each in told.values())
    menu = told["Grade this as my answer"]["name_localizations"]
    assert menu["de"] == "Als meine Antwort bewerten"
    heavy = {name: weight(each) for name, each in told.items() if weight(each) > MOST_CHARACTERS}
    assert not heavy, f"shorten the longest texts of these commands: {heavy}"


def weight(part: Json) -> int:
    """Return the characters that Discord counts."""
    own = sum(
        max(map(len, (str(part[field]), *(part.get(f"{field}_localizations") or {}).values())))
        for field in ("name", "description", "value")
        if field in part
    )
    inner = (*part.get("options", ()), *part.get("choices", ()))
    return own + sum(map(weight, inner))


def test_of_each_text_the_longest_language_weighs():
    part = {
        "name": "ask",
        "name_localizations": {"de": "frage", "fr": "question"},
        "description": "a question",
        "options": [
            {"name": "a", "description": "bc", "choices": [{"name": "One", "value": "1"}]},
        ],
    }

    assert weight(part) == len("question") + len("a question") + len("abc") + len("One1")


def test_another_translation_is_told_anew(house: House, folder: Callable[..., Path]):
    async def whole() -> None:
        async with wired(house) as wire:
            assert wire.discord.synced == 1
            await again(wire, folder(de="ask: {name: frag-mich}"))
            assert wire.discord.synced == 2
            told = {each["name"]: each for each in wire.discord.people.commands}
            assert told["ask"]["name_localizations"]["de"] == "frag-mich"
            assert "de" not in told["hint"]["name_localizations"]
            assert told["hint"]["name_localizations"]["fr"] == "indice"

    asyncio.run(whole())


async def again(wire: Wire, own: Path) -> None:
    """Start another run, with translations of the operator's own."""
    wire.more["translations"] = own
    await wire.restart()


def test_faults_of_an_operators_files_keep_discord_from_starting(
    house: House, folder: Callable[..., Path]
):
    async def whole() -> None:
        async with wired(house) as wire:
            with pytest.raises(TranslationsRejected) as rejected:
                await again(wire, folder(de="ask: {name: Frage}"))
            assert "de.yaml: ask.name: 'Frage' does not do" in sentence_of(rejected.value)
            assert wire.discord.synced == 1
            wire.running = None

    asyncio.run(whole())


def test_every_fault_of_every_file_is_told_at_once(
    terms: tuple[Term, ...], folder: Callable[..., Path]
):
    own = folder(
        de="ask: {name: Meine Frage, description: ''}\n"
        "answer: {name: hinweis}\nhint: {name: hinweis}",
        fr="ask:\n  name: hint\nskip: {name: no}",
        es_ES="ask: [one",
        it="ask: {name: a}\nask: {name: b}",
        xx=f"ask: {{description: {'x' * 101}}}",
    )

    with pytest.raises(TranslationsRejected) as rejected:
        read_catalogues((own,), terms)

    told = sentence_of(rejected.value)
    for words in (
        "de.yaml: ask.name: 'Meine Frage' does not do as a name",
        "de.yaml: ask.description: '' does not do as a text",
        "de.yaml: answer.name: the name 'hinweis' is taken",
        "de.yaml: hint.name: the name 'hinweis' is taken",
        "fr.yaml: ask.name: the name 'hint' is taken",
        "fr.yaml: skip.name: False is no text",
        "es-ES.yaml: line 1",
        "it.yaml: line 2: the key 'ask' stands here twice",
        "xx.yaml: Discord has no language 'xx'",
        "(101 characters)",
    ):
        assert words in told
    assert len(rejected.value.faults) == 10


def test_a_translation_that_has_lost_its_place_keeps_nobody_from_starting(
    terms: tuple[Term, ...], folder: Callable[..., Path], caplog: pytest.LogCaptureFixture
):
    own = folder(fr="ask: {name: demander}\nknit: {name: tricoter}")

    (french,) = read_catalogues((own,), terms)

    assert french.texts["ask", "name"] == "demander"
    (warning,) = caplog.messages
    assert "fr.yaml: knit.name: there is no such command" in warning


@pytest.mark.parametrize(
    ("kind", "text", "fits"),
    [
        (Kind.NAME, "question-du-jour", True),
        (Kind.NAME, "aujourd'hui", True),
        (Kind.NAME, "मदद", True),
        (Kind.NAME, "ช่วยเหลือ", True),
        (Kind.NAME, "質問", True),
        (Kind.NAME, "two words", False),
        (Kind.NAME, "Frage", False),
        (Kind.NAME, "n" * 33, False),
        (Kind.NAME, "", False),
        (Kind.DESCRIPTION, "d" * 100, True),
        (Kind.DESCRIPTION, "d" * 101, False),
        (Kind.CHOICE, " spaced ", False),
    ],
)
def test_a_text_is_what_discord_takes(kind: Kind, text: str, fits: bool):
    assert kind.takes(text) is fits


def commands() -> Iterator[app_commands.Command[Any, ..., Any] | app_commands.Group]:
    """Return two commands with choices of the same words, one of them in a group."""
    choice = app_commands.Choice(name="All", value="all")

    def made(name: str) -> app_commands.Command[Any, ..., Any]:
        @app_commands.command(name=name, description="d")
        @app_commands.choices(which=[app_commands.Choice(name="All", value=choice.value)])
        async def run(_: discord.Interaction, which: str = "") -> None: ...

        return run

    yield made("list")
    group = app_commands.Group(name="coach", description="d")
    group.add_command(made("list"))
    yield group


def test_equal_texts_are_translated_by_where_they_stand(folder: Callable[..., Path]):
    every = list(commands())
    own = folder(
        de="list: {options: {which: {choices: {all: Alles}}}}\n"
        "coach: {commands: {list: {name: auflisten, options: {which: {choices: {all: Jede}}}}}}"
    )
    terms = tuple(terms_of(every))
    translator = CatalogueTranslator(read_catalogues((own,), terms), every)
    tree = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))

    async def payloads() -> list[Json]:
        return [await each.get_translated_payload(tree, translator) for each in every]

    alone, group = asyncio.run(payloads())
    grouped = group["options"][0]

    assert alone["options"][0]["choices"][0]["name_localizations"] == {"de": "Alles"}
    assert grouped["options"][0]["choices"][0]["name_localizations"] == {"de": "Jede"}
    assert (alone["name_localizations"], grouped["name_localizations"]) == ({}, {"de": "auflisten"})


def test_a_translation_moves_along_with_its_command(folder: Callable[..., Path]):
    own = folder(de="list: {name: auflisten}\nknit: {name: stricken}")
    _, group = commands()

    printed = template("de", terms_of([group]), texts_in(own / "de.yaml"))

    assert "    list:\n      name: auflisten\n      description:  # d\n" in printed
    assert "# No longer there: knit.name: stricken\n" in printed
    assert "# Missing: 6 of 7 texts.\n" in printed
    (own / "it.yaml").write_text(printed, encoding="utf-8")
    assert list(texts_in(own / "it.yaml").values()) == ["auflisten"]


def test_words_that_yaml_reads_otherwise_are_printed_in_quotes():
    @app_commands.command(name="rank", description="d")
    @app_commands.choices(staff=[app_commands.Choice(name="Yes", value="on")])
    async def rank(_: discord.Interaction, staff: str = "") -> None: ...

    printed = template("es-ES", terms_of([rank]), {("rank", "name"): "no"})

    assert "  name: 'no'\n" in printed
    assert "        'on':  # Yes\n" in printed


def test_what_somebody_types_is_offered_as_it_is(play: Callable[[Play], None]):
    async def scene(on: Stage) -> None:
        offered = await on.ada.autocomplete(on.channel, "ask", "about", "all")
        assert {"name": "all", "value": "all"} in offered

    play(scene)
