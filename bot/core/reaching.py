"""Do something for a person who may have several accounts on a platform."""

from collections.abc import Callable, Iterable

from bot.core.errors.base import Undeliverable

NO_ACCOUNT = "they have no account there"


def reach(accounts: Iterable[str], act: Callable[[str], None]) -> None:
    """Do it for every account; an account that is refused for good matters where no other is left.

    Raises:
        Undeliverable: it may go well for an account another time, or was refused for all for good.
    """
    reached, problems = False, [Undeliverable(NO_ACCOUNT, permanent=True)]
    for account in accounts:
        try:
            act(account)
        except Undeliverable as problem:
            problems.append(problem)
        else:
            reached = True
    passing = [problem for problem in problems if not problem.permanent]
    if passing or not reached:
        raise (passing or problems)[-1]
