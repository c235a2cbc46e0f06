"""The use cases about a person's accounts and settings."""

from collections.abc import Callable
from datetime import datetime
from typing import Unpack

from bot.core.accounts import model as accounts_model
from bot.core.accounts import words
from bot.core.accounts.errors import LinkToSelf, TooManyTries, UnknownCode
from bot.core.accounts.model import Learner, LearnerSettings, PlatformUser, SettingsChange, changed
from bot.core.ports import Clock
from bot.core.reply import Reply
from bot.core.streaks.timezone_changes import move_between
from bot.core.unit_of_work import UnitOfWork


class Accounts:
    """Link the accounts of one person, and keep what they chose."""

    def __init__(self, unit_of_work: Callable[[], UnitOfWork], clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock

    def link_code(self, user: PlatformUser) -> Reply:
        """Give a code by which another account joins this one; an earlier code ends."""
        code, now = accounts_model.new_code(), self._clock.now()
        with self._unit_of_work() as uow:
            learner = uow.learners.register(user, now)
            uow.link_codes.put(learner.id, accounts_model.digest(code), accounts_model.expiry(now))
            uow.commit()
        return words.link_code(code)

    def link(self, user: PlatformUser, code: str) -> Reply:
        """Join the learner who made the code: from now on both accounts lead to that one.

        Raises:
            UnknownCode: nobody has this code, or it has expired or was used; this counts as a try.
            TooManyTries: MOST_TRIES wrong codes were entered within the last hour.
            LinkToSelf: the code is the learner's own; it stays valid.
        """
        now = self._clock.now()
        with self._unit_of_work() as uow:
            learner = uow.learners.register(user, now)
            tries = uow.link_codes.tries(learner.id, now - accounts_model.TRIES_WITHIN)
            if len(tries) >= accounts_model.MOST_TRIES:
                raise TooManyTries(tries[-accounts_model.MOST_TRIES] + accounts_model.TRIES_WITHIN)
            kept_id = uow.link_codes.take(accounts_model.digest(code), now)
            if kept_id == learner.id:
                raise LinkToSelf
            if kept_id is None:
                uow.link_codes.add_try(learner.id, now)
            else:
                kept = uow.learners.get(kept_id)
                uow.learners.merge(learner.id, kept_id)
                _note_move(uow, kept, now)  # a zone may have come along
            uow.commit()
        if kept_id is None:
            raise UnknownCode
        return words.linked()

    def settings(self, user: PlatformUser) -> LearnerSettings:
        """Return what the learner chose, or the defaults for somebody new."""
        with self._unit_of_work() as uow:
            learner = uow.learners.find(user)
        return learner.settings if learner else LearnerSettings()

    def change_settings(
        self, user: PlatformUser, **change: Unpack[SettingsChange]
    ) -> LearnerSettings:
        """Store some of the settings, and return all.

        Raises:
            UnknownZone: the zone has no such name; nothing was changed.
            OutOfRange: a number is too small or too large; nothing was changed.
        """
        with self._unit_of_work() as uow:
            now = self._clock.now()
            learner = uow.learners.register(user, now)
            settings = changed(learner.settings, **change)
            uow.learners.set_settings(learner.id, settings)
            _note_move(uow, learner, now)
            uow.commit()
        return settings


def _note_move(uow: UnitOfWork, before: Learner | None, now: datetime) -> None:
    """Note, in the transaction that changed it, that a learner counts days in another way."""
    after = uow.learners.get(before.id) if before else None
    if before is None or after is None:
        return
    move = move_between(before.settings, after.settings, now)
    if move:
        uow.zone_moves.add(after.id, move)
