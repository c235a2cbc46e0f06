"""What a person can type about the daily question, on every platform."""

from bot.core.commands import WORDS, Command, Request, words_behind
from bot.core.daily.answering import DailyPractice
from bot.core.daily.errors import unknown_plan_choice
from bot.core.daily.parsing import parse_plan_change, parse_setup
from bot.core.daily.setup import DailyPlans
from bot.core.reply import Reply
from knowledge.bank import QuestionBank


class DailyCommands:
    """/daily, for those who answer and for those who run the channel."""

    def __init__(self, bank: QuestionBank, practice: DailyPractice, plans: DailyPlans) -> None:
        self._bank = bank
        self._practice = practice
        self._plans = plans
        self._acts = {
            "results": practice.results,
            "status": plans.status,
            "preview": plans.preview,
            "pause": plans.pause,
            "stop": plans.pause,
            "resume": plans.resume,
        }

    def commands(self) -> tuple[Command, ...]:
        """Return the entry for the command table."""
        return (
            Command(
                "daily",
                "the question of the day; who manages the channel sets it up",
                self.run,
                words_behind(
                    "[results | setup TIME CITY | set WHAT VALUE | status | preview | pause | "
                    "resume]"
                ),
                asks=True,
            ),
        )

    def run(self, request: Request) -> Reply:
        """Ask the question of the day, or do what a host types behind the name.

        Raises:
            CoachError: as the use case behind the word does.
        """
        user, place, words = request.user, request.place, request.text(WORDS)
        step, rest = (*words.split(maxsplit=1), "", "")[:2]
        match step.casefold():
            case "":
                return self._practice.today(user, place)
            case "setup" | "start":
                return self._plans.set_up(user, place, **parse_setup(rest))
            case "set":
                return self._plans.change(user, place, **parse_plan_change(rest, self._bank))
        act = self._acts.get(step.casefold())
        if act is None or rest:
            raise unknown_plan_choice(words)
        return act(user, place)
