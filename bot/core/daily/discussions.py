"""Let those who have answered a daily question into its discussion, each of them once.

Whom a platform does not let in, it is asked again after a while, and not for ever; who leaves the
discussion is not pulled in again.
"""

import logging
from collections.abc import Callable, Collection
from functools import partial

from bot.core.daily import words
from bot.core.daily.post import LEASE, DailyPost, PostState
from bot.core.daily.retries import Admitted, Candidate, after_admission_failure
from bot.core.errors import Undeliverable
from bot.core.notifications.service import for_each_account
from bot.core.ports import Address, Clock, Messenger
from bot.core.practice.model import Attempt
from bot.core.reply import Block
from bot.core.shared_faults import SharedFaults
from bot.core.unit_of_work import UnitOfWork

MOST_AT_ONCE = 20
"""People let in within one step; the next step takes the others."""

log = logging.getLogger(__name__)


class Admitting:
    """Let people into discussions."""

    def __init__(self, unit_of_work: Callable[[], UnitOfWork], clock: Clock) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._faults = SharedFaults("discussions")

    def let_in(self, post: DailyPost, to: Address, messenger: Messenger) -> None:
        """Let in who waits, some at a time; what fails for one concerns nobody else.

        It ends before the claim of the post does.
        """
        with self._unit_of_work() as uow:
            waiting = uow.admissions.waiting(post.id, self._clock.now(), MOST_AT_ONCE)
        later = False
        for each in waiting:
            if post.claimed_until is None or self._clock.now() > post.claimed_until - LEASE / 2:
                return
            with self._unit_of_work() as uow:
                accounts = uow.learners.accounts(each.learner_id, to.platform, to.community)
            admit = partial(messenger.admit, to, post.discussion_id)
            admitted = self._try(post, to, each, partial(for_each_account, accounts, admit))
            later = later or admitted.next_try_at is not None
            with self._unit_of_work() as uow:
                uow.admissions.put(post.id, each.learner_id, admitted)
                uow.commit()
        if not later:
            self._faults.well(post.id)

    def only(self, post_ids: Collection[int]) -> None:
        """Forget what was wrong with posts that are over."""
        self._faults.only(post_ids)

    def _try(
        self, post: DailyPost, to: Address, each: Candidate, act: Callable[[], None]
    ) -> Admitted:
        permanent = False
        try:
            act()
        except Undeliverable as problem:
            permanent = problem.permanent
            if permanent:  # it is about this person alone
                told = "post %d: learner %d was not let in: %s"
                log.warning(told, post.id, each.learner_id, problem.reason)
            else:
                self._faults.met(f"{to.platform}: {problem.reason}", post.id)
        except Exception as problem:  # noqa: BLE001 told, and tried again
            self._faults.met(f"an unexpected {type(problem).__name__}", post.id, problem)
        else:
            return Admitted(at=self._clock.now(), tries=each.tries)
        return after_admission_failure(each.tries, self._clock.now(), permanent=permanent)


def remark_on_discussion(uow: UnitOfWork, attempt: Attempt) -> tuple[Block, ...]:
    """Tell a learner with their first answer that the discussion opens to them; a Remark."""
    ask = uow.asks.get(attempt.ask_id)
    post = uow.posts.get(ask.post_id) if ask and ask.post_id else None
    if post is None or post.state is not PostState.SENT or not post.opens_to_answers:
        return ()
    first = next(iter(uow.attempts.of_post(post.id, attempt.learner_id)), None)
    return words.discussion_opens() if first and first.id == attempt.id else ()
