"""Slack on 127.0.0.1: what the real bolt and the real client talk to in the tests."""

from tests.platforms.slack.emulator.server import Delivery, Slack

__all__ = ["Delivery", "Slack"]
