"""What can be typed about plans."""

from bot.core.commands import Command, Group, Kind, Parameter, Request, Syntax
from bot.core.plans.model import LEVEL_CALLED
from bot.core.plans.parsing import read_plan
from bot.core.plans.service import PlanChange, StudyPlanning
from bot.core.plans.words import LEVEL_LABELS
from bot.core.reply import Reply
from knowledge.bank import QuestionBank


def plan_commands(planning: StudyPlanning, bank: QuestionBank) -> tuple[Command, ...]:
    """Return the entry for the command table; roles are the tracks of the bank."""

    def run(request: Request) -> Reply:
        """Show the plan, change it, or end it.

        Raises:
            PlanRejected: something does not fit; the earlier plan stays.
        """
        if request.flag("off"):
            return planning.end(request.user, request.place)
        named = {name: request.text(name) for name in ("level", "date")}
        change = PlanChange(request.text("role"), **named)
        if change != PlanChange():
            return planning.change(request.user, request.place, change)
        return planning.show(request.user, request.place)

    roles = {
        name.casefold(): track.id
        for track in bank.tracks
        for name in (track.id, track.title, *track.aliases)
    }
    levels = {name: level.name for name, level in LEVEL_CALLED.items()}
    titles = {track.id: track.title for track in bank.tracks}
    parameters = (
        *((Parameter("role", "The role you want", Kind.CHOICE, titles),) if titles else ()),
        Parameter("level", "How difficult it gets", Kind.CHOICE, LEVEL_LABELS),
        Parameter("off", "End the plan", Kind.FLAG),
        Parameter("date", "The day of your interview, such as 20 December, or none"),
    )
    choices = "".join(f"[{' | '.join(each)}] " for each in (titles, LEVEL_LABELS) if each)
    return (
        Command(
            "plan",
            "what to practise until your interview, and what is on today",
            run,
            parameters,
            Group.PRACTICE,
            syntax=Syntax(f"{choices}[DATE | off]", lambda typed: read_plan(typed, roles, levels)),
        ),
    )
