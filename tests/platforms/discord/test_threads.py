"""The desk's threads on Discord: people take turns at the grader, and at everything else."""

import asyncio
import threading
from typing import Any

from bot.core.reply import Paragraph, Reply
from bot.platforms.discord.threads import GRADE_THREADS, THREADS, DeskThreads
from bot.platforms.front_desk import Act, Outcome

SECONDS = 20


class Desk:
    """A desk that only does what it is told."""

    def outcome(self, act: Act, answer: str | None = None) -> Outcome:
        return Outcome(act(), answer)


def said(text: str) -> Reply:
    return Reply((Paragraph(text),))


def test_sixty_answers_of_one_person_leave_the_next_place_to_another():
    desk: Any = Desk()
    threads, gate, order = DeskThreads(desk), threading.Event(), list[str]()

    def grade(name: str) -> Act:
        def act() -> Reply:
            assert gate.wait(SECONDS)
            order.append(name)
            return said(name)

        return act

    async def rush() -> None:
        names = ["ada"] * 60 + ["bob"]
        waiting = [asyncio.ensure_future(threads.graded(grade(name), "", name)) for name in names]
        await asyncio.sleep(0)
        gate.set()
        await asyncio.wait_for(asyncio.gather(*waiting), SECONDS)

    asyncio.run(rush())
    threads.close()

    assert order.index("bob") <= GRADE_THREADS
    assert order.count("ada") == 60


def test_a_cluster_is_given_as_many_answers_as_it_has_work_for():
    desk: Any = Desk()
    threads = DeskThreads(desk, 4 * GRADE_THREADS)
    together = threading.Barrier(4 * GRADE_THREADS)

    def grade() -> Reply:
        together.wait(SECONDS)
        return said("graded")

    async def rush() -> None:
        people = map(str, range(4 * GRADE_THREADS))
        waiting = [asyncio.ensure_future(threads.graded(grade, "", each)) for each in people]
        await asyncio.wait_for(asyncio.gather(*waiting), SECONDS)

    asyncio.run(rush())
    threads.close()
    assert not together.broken


def test_one_persons_searches_keep_nobody_from_help():
    desk: Any = Desk()
    threads, gate = DeskThreads(desk), threading.Event()

    def search() -> Reply:
        assert gate.wait(SECONDS)
        return said("found")

    async def rush() -> str:
        searches = [
            asyncio.ensure_future(threads.outcome(search, "ada")) for _ in range(4 * THREADS)
        ]
        await asyncio.sleep(0)
        helped = await asyncio.wait_for(threads.outcome(lambda: said("help"), "bob"), SECONDS)
        gate.set()
        await asyncio.wait_for(asyncio.gather(*searches), SECONDS)
        (block,) = helped.reply.blocks
        assert isinstance(block, Paragraph)
        return block.text

    assert asyncio.run(rush()) == "help"
    threads.close()
