"""The composition root: settings in, wired objects out. Nothing else constructs.

Each class adds parts to those of the one before; `Application` has them all. Nothing here loads a
model: the encoder does that when the first text is embedded, and the second opinion when it is
first asked.
"""

from bot.bootstrap.application import Application, CommandTable

__all__ = ["Application", "CommandTable"]
