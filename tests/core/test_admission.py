"""How it goes to let somebody in, and when it is tried again."""

from datetime import timedelta

from bot.core.admission import MOST_TRIES, Admitted, after_failure
from bot.core.daily import RETRY_AFTER
from tests.builders import NOON


def test_it_is_tried_again_after_longer_and_longer_waits_and_not_for_ever():
    waits, tries = [], 0
    while True:
        admitted = after_failure(tries, NOON, permanent=False)
        assert admitted.at is None
        assert admitted.tries == tries + 1
        if admitted.next_try_at is None:
            break
        waits.append((admitted.next_try_at - NOON) / timedelta(seconds=1))
        tries = admitted.tries
    assert len(waits) == MOST_TRIES - 1
    assert waits[: len(RETRY_AFTER)] == list(RETRY_AFTER)
    assert set(waits[len(RETRY_AFTER) :]) == {RETRY_AFTER[-1]}


def test_who_is_refused_for_good_is_not_asked_for_again():
    assert after_failure(0, NOON, permanent=True) == Admitted(tries=1)
