"""What somebody who translates the commands asks for: how far a language is, and its file."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from bot.platforms.discord.catalogues import files_in, missing, texts_in, unknown_language
from bot.platforms.discord.errors import TranslationsRejected
from bot.platforms.discord.template import template
from bot.platforms.discord.terms import Term
from knowledge.errors import InvalidBank


class Language(NamedTuple):
    """How many of its texts a language lacks."""

    name: str
    lacking: int
    every: int


@dataclass(frozen=True)
class Translating:
    """The terms to translate, and the folders with what was translated."""

    terms: tuple[Term, ...]
    folders: tuple[Path, ...]

    def languages(self) -> Iterator[Language]:
        """Return the languages that have a file.

        Raises:
            TranslationsRejected: a file cannot be read.
        """
        for name, file in sorted(files_in(self.folders).items()):
            lacking = len(missing(self.terms, _texts(file)))
            yield Language(name, lacking, len(self.terms))

    def file(self, language: str) -> str:
        """Return the file of a language: what is there in its place, and what is missing.

        Raises:
            TranslationsRejected: the file cannot be read, or Discord has no such language.
        """
        unknown = unknown_language(language)
        if unknown is not None:
            raise TranslationsRejected((unknown,))
        file = files_in(self.folders).get(language)
        return template(language, self.terms, _texts(file) if file else {})


def _texts(file: Path) -> dict[tuple[str, ...], object]:
    try:
        return dict(texts_in(file))
    except InvalidBank as error:
        raise TranslationsRejected(error.faults) from error
