"""The page about the export tells of every table that is exported."""

from pathlib import Path

from bot.core.privacy.service import EXPORT_FORMAT, EXPORT_VERSION
from bot.storage.repositories.records import EXPORTED

PAGE = (Path(__file__).parents[2] / "docs" / "export.md").read_text(encoding="utf-8")


def test_every_exported_table_is_described():
    assert [name for name in EXPORTED if f"`{name}`" not in PAGE] == []


def test_format_and_version_are_those_of_the_export():
    assert f"| `format` | always `{EXPORT_FORMAT}` |" in PAGE
    assert f"| `version` | `{EXPORT_VERSION}`;" in PAGE
