"""Messages about plans."""

from datetime import date

from bot.core.command_refs import ref
from bot.core.plans.model import LEVELS, StudyPlan
from bot.core.plans.today import Today
from bot.core.reply import Action, Block, Choice, Heading, Items, Paragraph, Reply
from bot.core.words.captions import full_date, short_date
from bot.core.words.phrases import counted
from knowledge.bank import QuestionBank

INTERVIEW_DAY = "Today is the day. Nothing new now: read over what you are proud of. Good luck."

AGAIN = "everything once more"

MOST_NAMED = 4
"""Topics of a day that are named: where little time is left, it may have all of them."""


def no_plan(bank: QuestionBank) -> Reply:
    """Say what a plan is, and how to make one."""
    blocks: list[Block] = [
        Paragraph(
            "You have no plan yet. Tell me the role you want and the day of your interview, and "
            "I spread what you will be asked over the days until then."
        )
    ]
    if bank.tracks:
        blocks += [Heading("Roles"), Items(tuple(f"{t.title}: {t.summary}" for t in bank.tracks))]
        example = ref(f"plan {bank.tracks[0].id} in 4 weeks")
    else:
        example = ref("plan in 4 weeks")
    blocks.append(Paragraph(f"For instance: {example}", quiet=True))
    return Reply(tuple(blocks))


def plan_is(plan: StudyPlan, today: Today, due: int, bank: QuestionBank, *, changed: bool) -> Reply:
    """Say what is on today, what comes, and how far the learner is."""
    blocks: list[Block] = [Paragraph("Your plan is set.")] if changed else []
    blocks.append(Heading(_headline(plan, bank)))
    blocks.append(Paragraph(_countdown(today)))
    if today.day.day != plan.interview_on:
        blocks.append(Paragraph(_on_today(today, due, bank)))
    if today.coming:
        lines = (f"{short_date(each.day)}: {_areas(each.areas, bank)}" for each in today.coming)
        blocks += [Heading("Next"), Items(tuple(lines))]
    share = f"{today.answered} of {counted(today.questions, 'question')} answered so far."
    blocks.append(Paragraph(share, quiet=True))
    blocks.append(
        Paragraph(
            f"{ref('ask')} follows the plan, {ref('plan off')} ends it. To change it, name another "
            f"role, level or date.",
            quiet=True,
        )
    )
    reviews = (Choice("Review what is due", "review"),) if due else ()
    return Reply(tuple(blocks), (Action.ASK,), choices=reviews)


def is_past(plan: StudyPlan, day: date, bank: QuestionBank) -> Reply:
    """Say that the day of the interview is over."""
    told = (
        f"Your interview was on {full_date(day)}. I hope it went well. Name a new date with "
        f"{ref('plan in 3 weeks')}, or end the plan with {ref('plan off')}."
    )
    return Reply((Heading(_headline(plan, bank)), Paragraph(told)))


def is_empty(plan: StudyPlan, bank: QuestionBank) -> Reply:
    """Say that no question of the plan is left in the bank."""
    told = (
        f"I no longer have questions for it. Name another role or level, or end the plan with "
        f"{ref('plan off')}."
    )
    return Reply((Heading(_headline(plan, bank)), Paragraph(told)))


def ended(*, was_there: bool) -> Reply:
    """Say that the plan has gone."""
    told = (
        "Your plan has ended. Your answers and reviews stay." if was_there else "There is no plan."
    )
    return Reply((Paragraph(f"{told} {ref('plan')} makes a new one."),))


def _headline(plan: StudyPlan, bank: QuestionBank) -> str:
    track = bank.track_named(plan.track) if plan.track else None
    role = track.title if track else "Every topic"
    return f"{role}, difficulty {plan.easiest} to {plan.hardest}"


def _countdown(today: Today) -> str:
    day = today.plan.interview_on
    if day is None:
        return "No date yet, so every topic comes round within four weeks."
    left = (day - today.day.day).days
    if left == 0:
        return INTERVIEW_DAY
    when = "tomorrow" if left == 1 else f"in {left} days"
    return f"Your interview is {when}, on {full_date(day)}."


def _on_today(today: Today, due: int, bank: QuestionBank) -> str:
    reviews = counted(due, "review")
    if today.day.revision:
        rehearsal = f"{ref('interview')} as a rehearsal"
        return f"Today: {AGAIN}. {f'{reviews} due, then {rehearsal}' if due else rehearsal}."
    on = f"Today: {_areas(today.day.areas, bank)}."
    if today.new:
        new = counted(today.new, f"{'more ' if today.done else ''}new question")
        return f"{on} {new}{f' and {reviews} due' if due else ''}."
    seen = "You have done what was on" if today.done else "You have seen all of it"
    return f"{on} {seen}{f'; {reviews} due' if due else ''}."


def _areas(areas: tuple[str, ...], bank: QuestionBank) -> str:
    if not areas:
        return AGAIN
    titles = [bank.topic(area).title for area in areas]
    if len(titles) > MOST_NAMED:
        titles[MOST_NAMED - 1 :] = [f"{len(titles) - MOST_NAMED + 1} more"]
    return " · ".join(titles)


LEVEL_LABELS = {level.name: level.label for level in LEVELS}
"""The levels that can be chosen, by what is typed."""
