"""People with several accounts, some of which are refused."""

import pytest

from bot.core.errors.base import Undeliverable
from bot.core.reaching import NO_ACCOUNT, reach

GONE, BUSY = Undeliverable("gone", permanent=True), Undeliverable("busy")


def reached(**accounts: Undeliverable | None) -> list[str]:
    done = []

    def act(account: str) -> None:
        if (problem := accounts[account]) is not None:
            raise problem
        done.append(account)

    reach(accounts, act)
    return done


def test_every_account_is_reached_though_another_is_refused_for_good():
    assert reached(a=None, b=GONE, c=None) == ["a", "c"]


@pytest.mark.parametrize(
    ("accounts", "problem"),
    [
        ({"a": GONE}, GONE),
        ({"a": BUSY, "b": None}, BUSY),
        ({"a": BUSY, "b": GONE}, BUSY),
    ],
)
def test_what_may_go_well_another_time_is_told_apart(
    accounts: dict[str, Undeliverable | None], problem: Undeliverable
):
    with pytest.raises(Undeliverable) as caught:
        reached(**accounts)
    assert caught.value is problem


def test_nobody_can_be_reached_without_an_account():
    with pytest.raises(Undeliverable, match=NO_ACCOUNT) as caught:
        reached()
    assert caught.value.permanent
