"""What discord.py asks for the translations of names, descriptions, options and choices."""

from collections.abc import Iterable, Sequence
from typing import Any

from discord import Locale, app_commands
from discord.app_commands import TranslationContextLocation as Where

from bot.platforms.discord.catalogues import Catalogue
from bot.platforms.discord.terms import (
    DESCRIPTION,
    NAME,
    Listed,
    Path,
    every,
    options_of,
    path_of,
    path_of_choice,
    path_of_menu,
    path_of_option,
)

FIELDS = {
    Where.command_name: NAME,
    Where.command_description: DESCRIPTION,
    Where.group_name: NAME,
    Where.group_description: DESCRIPTION,
    Where.parameter_name: NAME,
    Where.parameter_description: DESCRIPTION,
}


class CatalogueTranslator(app_commands.Translator):
    """Translates by where a text stands, so that equal texts may have unequal translations."""

    def __init__(self, catalogues: Iterable[Catalogue], commands: Sequence[Listed]) -> None:
        """Wire the translator.

        Args:
            catalogues: one for each language; a language without one stays English.
            commands: all there are, for a choice does not know what it belongs to.
        """
        self._texts = {each.locale: each.texts for each in catalogues}
        self._choices = {
            id(choice): (choice, path_of_choice(option, choice))
            for command in every(commands)
            for option in options_of(command)
            for choice in option.choices
        }

    async def translate(
        self,
        string: app_commands.locale_str,  # noqa: ARG002 what it says does not matter, but where
        locale: Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """Return the translation of what stands there, None where there is none."""
        texts = self._texts.get(locale.value)
        path = self._path(context.location, context.data) if texts else None
        return texts.get(path) if texts and path else None

    def _path(self, where: Where, data: Any) -> Path | None:
        if where is Where.choice_name:
            known, path = self._choices.get(id(data), (None, None))
            return path if known is data else None
        if where not in FIELDS:
            return None
        if isinstance(data, app_commands.ContextMenu):
            return path_of_menu(data)
        is_option = isinstance(data, app_commands.Parameter)
        return (*(path_of_option(data) if is_option else path_of(data)), FIELDS[where])
