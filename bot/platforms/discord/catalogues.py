"""Translations of the slash commands: a YAML file a language, read strictly and checked whole.

A file is named after its language, as Discord calls it. What it leaves out stays English. An
operator's files take the place of those that come with the program; where the program has changed
since, a translation without its place is ignored, so that nobody's upgrade ends in silence.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path as File
from typing import Any

import yaml
from discord import Locale

from bot.platforms.discord import translation_words
from bot.platforms.discord.errors import TranslationsRejected
from bot.platforms.discord.terms import Kind, Path, Term
from knowledge.errors import Fault, InvalidBank
from knowledge.reading import parsed, read_text, yaml_fault

SHIPPED = File(__file__).parent / "locales"

KIN = {"es-419": "es-ES"}
"""Languages that are served by the file of another where they have none."""

Texts = Mapping[Path, Any]
"""What stands in a file, by path: texts, and whatever somebody wrote instead."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Catalogue:
    """The texts of one language."""

    locale: str
    texts: Mapping[Path, str]


def read_catalogues(folders: Iterable[File], terms: Sequence[Term]) -> tuple[Catalogue, ...]:
    """Return the catalogues in the folders; a file in a later one replaces one before it.

    Raises:
        TranslationsRejected: something is wrong with them; carries every fault of every file.
    """
    faults: list[Fault] = []
    found: dict[str, Catalogue] = {}
    for file in files_in(folders).values():
        texts = _read(file, faults)
        faults += _faults(file, texts, terms)
        found[file.stem] = Catalogue(file.stem, texts)
    if faults:
        raise TranslationsRejected(tuple(faults))
    kin = {name: Catalogue(name, found[near].texts) for name, near in KIN.items() if near in found}
    return tuple(catalogue for _, catalogue in sorted((kin | found).items()))


def files_in(folders: Iterable[File]) -> dict[str, File]:
    """Return the file of each language."""
    return {file.stem: file for folder in folders for file in sorted(folder.glob("*.yaml"))}


def texts_in(file: File) -> Texts:
    """Return what stands in a file, unchecked; places that are left empty are left out.

    Raises:
        InvalidBank: it cannot be read, or is no YAML.
    """
    name = file.name
    try:
        return _flat(read_text(file, name))
    except yaml.YAMLError as error:
        raise InvalidBank((yaml_fault(name, error),)) from error


def missing(terms: Iterable[Term], texts: Texts) -> tuple[Term, ...]:
    """Return the terms that have no translation."""
    return tuple(term for term in terms if term.path not in texts)


def unknown_language(name: str) -> Fault | None:
    """Return what is wrong with the name of a language, None where Discord knows it."""
    known = sorted(locale.value for locale in Locale)
    return None if name in known else translation_words.unknown_language(name, known)


def _read(file: File, faults: list[Fault]) -> Texts:
    try:
        return texts_in(file)
    except InvalidBank as error:
        faults += error.faults
        return {}


def _faults(file: File, texts: Texts, terms: Sequence[Term]) -> Iterator[Fault]:
    language = unknown_language(file.stem)
    if language is not None:
        yield language
    kinds = {term.path: term.kind for term in terms}
    for path, text in texts.items():
        place = ".".join(path)
        if path not in kinds:
            log.warning("%s", translation_words.unknown_place(file.name, place))
        elif not isinstance(text, str):
            yield translation_words.no_text(file.name, place, text)
        elif not kinds[path].takes(text):
            name = kinds[path] is Kind.NAME
            yield translation_words.unfit(file.name, place, text, kinds[path].longest, name=name)
    for term in _clashing(texts, terms):
        yield translation_words.name_taken(file.name, ".".join(term.path), str(texts[term.path]))


def _clashing(texts: Texts, terms: Iterable[Term]) -> Iterator[Term]:
    """Return the names that something else beside them has, in this language or in English."""
    names = sorted((term for term in terms if term.kind.names), key=_siblings)
    for _, group in groupby(names, _siblings):
        beside = tuple(group)
        for term in beside:
            taken = {
                name
                for other in beside
                if other is not term
                for name in (other.text, texts.get(other.path))
            }
            if term.path in texts and texts[term.path] in taken:
                yield term


def _siblings(term: Term) -> Path:
    return term.siblings


@lru_cache(64)
def _flat(text: str) -> Texts:
    """Return the texts of a file by path; parsing is slow, and a program may start many times."""
    return dict(_leaves(parsed(text, anchors=False), ()))


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, str(key)))
    elif value is not None:
        yield path, value
