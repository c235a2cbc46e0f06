"""A catalogue as a translator gets it: what is there, and every empty place with its English. Pure.

What was translated before a command moved into a group, or out of one, comes along.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

from bot.platforms.discord import translation_words
from bot.platforms.discord.catalogues import Texts, missing
from bot.platforms.discord.terms import COMMANDS, Path, Term

INDENT = "  "


def template(language: str, terms: Iterable[Term], texts: Texts) -> str:
    """Return the whole file of a language, in the order of the commands."""
    terms = tuple(terms)
    known = {**_moved(terms, texts), **texts}
    paths = {term.path for term in terms}
    head = translation_words.template_head(language, len(missing(terms, known)), len(terms))
    left_over = [
        translation_words.left_over(".".join(path), str(text))
        for path, text in texts.items()
        if path not in paths and _tail(path) not in {_tail(each) for each in paths}
    ]
    lines = (*head, *_lines(_tree(terms), known, 0), *left_over)
    return "".join(f"{line}\n" for line in lines)


def _tree(terms: Iterable[Term]) -> dict[str, Any]:
    """Return the terms by the steps of their paths."""
    tree: dict[str, Any] = {}
    for term in terms:
        node = tree
        for step in term.path[:-1]:
            node = node.setdefault(step, {})
        node[term.path[-1]] = term
    return tree


def _lines(tree: Mapping[str, Any], known: Texts, depth: int) -> Iterator[str]:
    for step, inner in tree.items():
        place = f"{INDENT * depth}{_scalar(step)}:"
        if not isinstance(inner, Term):
            yield place
            yield from _lines(inner, known, depth + 1)
        elif inner.path in known:
            yield f"{place} {_scalar(str(known[inner.path]))}"
        else:
            yield f"{place}  # {inner.text}"


def _scalar(text: str) -> str:
    """Return a text as YAML has it on one line, in quotes where it would read as something else."""
    return str(yaml.safe_dump(text, allow_unicode=True, width=float("inf"))).splitlines()[0]


def _moved(terms: Iterable[Term], texts: Texts) -> Texts:
    """Return the texts of commands that were elsewhere, by where they are now."""
    before = {_tail(path): text for path, text in texts.items()}
    return {term.path: before[_tail(term.path)] for term in terms if _tail(term.path) in before}


def _tail(path: Path) -> Path:
    """Return the path from the name of the command on."""
    groups = [at for at, step in enumerate(path) if step == COMMANDS]
    return path[groups[-1] + 1 :] if groups else path
