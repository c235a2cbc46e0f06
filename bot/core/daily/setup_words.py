"""Messages for those who run a channel's daily question."""

from bot.core.command_refs import ref
from bot.core.daily.errors import HOW_TO_CHANGE
from bot.core.daily.plan import Coming, Discussion, Outlook, Plan
from bot.core.daily.post import PostState
from bot.core.daily.schedule import EVERY_DAY
from bot.core.daily.words import moment
from bot.core.reply import Action, Block, Heading, Items, Paragraph, Reply
from bot.core.words.captions import WEEKDAYS
from bot.core.words.phrases import counted, in_a_sentence, listed
from knowledge.bank import QuestionBank

NOTHING_FITS = "No question matches these topics and levels any more, so I draw from all of them."

DISCUSSIONS = {
    Discussion.NONE: "none",
    Discussion.OPEN: "below each question, for everybody",
    Discussion.ANSWERED: "private, for those who have answered",
}

NO_PRIVATE_DISCUSSIONS = "there are no private discussions here"

WHAT_BECAME = {
    PostState.SENT: "is open",
    PostState.CLOSED: "was posted and has closed",
    PostState.SKIPPED: "was skipped",
    PostState.FAILED: "could not be posted",
}


def plan_is(
    outlook: Outlook,
    bank: QuestionBank,
    *,
    changed: bool = False,
    how: str = HOW_TO_CHANGE,
    role: str = "",
) -> Reply:
    """Tell what is set up and what comes, and how to change it.

    `role` is the name of the role to mention; without it, its id is told.
    """
    plan = outlook.plan
    blocks: list[Block] = [
        Heading("The daily question is set" if changed else "The daily question"),
        Items(_settings(plan, bank, role)),
    ]
    if plan.schedule.paused:
        why = f" {_sentence(plan.pause_reason)}" if plan.pause_reason else ""
        blocks.append(Paragraph(f"It's paused.{why} {ref('daily resume')} starts it again."))
    if outlook.note:
        blocks.append(Paragraph(outlook.note))
    if not outlook.fits:
        blocks.append(Paragraph(NOTHING_FITS))
    if outlook.coming:
        times = listed(tuple(moment(coming.at) for coming in outlook.coming))
        blocks.append(Paragraph(f"The next ones come {times}."))
    if not changed and outlook.last is not None:
        became = WHAT_BECAME[outlook.last.state]
        why = f": {outlook.last.reason}" if outlook.last.reason else ""
        blocks.append(Paragraph(f"The last one, of {outlook.last.day}, {became}{why}."))
    blocks.append(Paragraph(f"{_left(outlook)} {how}".strip(), quiet=True))
    return Reply(tuple(blocks))


def plan_preview(outlook: Outlook, bank: QuestionBank) -> Reply:
    """Show a host the questions that come, as far as nothing is changed."""
    if not outlook.coming:
        return Reply(
            (
                Paragraph(
                    f"Nothing is coming while it's paused. {ref('daily resume')} starts it again."
                ),
            )
        )
    warning = () if outlook.fits else (Paragraph(NOTHING_FITS),)
    return Reply(
        (
            Heading("What comes"),
            *warning,
            Items(tuple(_coming(each, bank) for each in outlook.coming)),
            Paragraph(_left(outlook), quiet=True),
        )
    )


def plan_paused() -> Reply:
    """Say that nothing is posted any more for now."""
    return Reply(
        (
            Paragraph(
                f"Paused. Nothing gets posted until {ref('daily resume')}, and no streak suffers. "
                "What's open now still closes as planned."
            ),
        ),
        (Action.ASK,),
    )


def _coming(coming: Coming, bank: QuestionBank) -> str:
    topic = bank.topic(coming.question.topic).title
    return f"{moment(coming.at)}: {coming.question.prompt} ({topic})"


def _left(outlook: Outlook) -> str:
    return f"{counted(outlook.unseen, 'question')} this channel hasn't seen yet."


def _settings(plan: Plan, bank: QuestionBank, role: str) -> tuple[str, ...]:
    schedule = plan.schedule
    titles = {topic.id: in_a_sentence(topic.title) for topic in bank.topics}
    topics = " · ".join(titles.get(topic, topic) for topic in plan.topics)
    return (
        f"When: {schedule.at:%H:%M} in {schedule.zone}, {_days(schedule.weekdays)}",
        f"Open for {counted(schedule.open_hours, 'hour')}",
        f"Topics: {topics or 'all'}; {_level(plan)}",
        f"Discussion: {DISCUSSIONS[plan.discussion]}",
        f"Role to mention: {role or plan.ping_role or 'none'}",
    )


def _days(weekdays: frozenset[int]) -> str:
    if weekdays == EVERY_DAY:
        return "every day"
    return listed(tuple(WEEKDAYS[day] for day in sorted(weekdays)))


def _level(plan: Plan) -> str:
    if plan.easiest == plan.hardest:
        return f"difficulty {plan.easiest} of 5"
    return f"difficulty {plan.easiest} to {plan.hardest} of 5"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
