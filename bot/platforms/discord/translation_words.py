"""What is said about translations of Discord's commands, to operators and translators."""

from collections.abc import Iterator, Sequence

from bot.core.words.phrases import counted
from knowledge.errors import Fault


def unknown_language(name: str, known: Sequence[str]) -> Fault:
    """Say that Discord has no such language."""
    return Fault(
        f"{name}.yaml",
        "",
        f"Discord has no language {name!r}",
        f"Name the file after one of {', '.join(known)}",
    )


def unknown_place(file: str, place: str) -> Fault:
    """Say that nothing stands there."""
    return Fault(
        file,
        place,
        "there is no such command, option or choice",
        f"coach discord translations {file.removesuffix('.yaml')} prints the places there are",
    )


def no_text(file: str, place: str, found: object) -> Fault:
    """Say that YAML reads what stands there as something else."""
    problem = f"{found!r} is no text"
    return Fault(file, place, problem, "Write one text, in quotes if it is a number, yes or no")


def unfit(file: str, place: str, text: str, longest: int, *, name: bool) -> Fault:
    """Say that Discord would not take the text."""
    kind = "a name" if name else "a text"
    remedy = (
        f"Use 1 to {longest} small letters, digits, hyphens and underscores, without spaces"
        if name
        else f"Use 1 to {longest} characters, without spaces around them"
    )
    return Fault(file, place, f"{text!r} does not do as {kind} ({len(text)} characters)", remedy)


def name_taken(file: str, place: str, text: str) -> Fault:
    """Say that something beside it has this name."""
    return Fault(file, place, f"the name {text!r} is taken beside it", "Choose another one")


def template_head(language: str, lacking: int, every: int) -> Iterator[str]:
    """Return the first lines of a catalogue."""
    yield f"# The names and descriptions of Discord's slash commands in {language}."
    yield "# An empty place is shown in English; the English stands behind it."
    if lacking:
        yield f"# Missing: {lacking} of {counted(every, 'text')}."


def left_over(place: str, text: str) -> str:
    """Return the line of a translation that belongs nowhere any more."""
    return f"# No longer there: {place}: {text}"


def how_complete(language: str, lacking: int, every: int) -> str:
    """Return the line of a language in the list of all."""
    return f"{language}: {'complete' if not lacking else f'{lacking} of {every} texts are missing'}"
