"""The command line, for what it does on platforms."""

from tests.cli.conftest import coach, environment, home, knowledge_folder

__all__ = ["coach", "environment", "home", "knowledge_folder"]
