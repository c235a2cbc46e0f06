"""The terminal among the platforms: nothing configures it, and nobody is served there."""

from bot.platforms.registration import Registration
from bot.platforms.terminal.person import PLATFORM

REGISTRATION = Registration(PLATFORM, local=True)
