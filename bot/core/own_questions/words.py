"""Messages about a community's own questions: added, refused, suggested, retired."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.core.command_refs import ref
from bot.core.forms import MOST_OPTIONS, Field, Form, Option
from bot.core.own_questions.duplicates import Alike
from bot.core.own_questions.model import Contribution, OwnState
from bot.core.reply import (
    Action,
    Attachment,
    Block,
    Choice,
    Heading,
    Items,
    Paragraph,
    Quote,
    Reply,
)
from bot.core.safe_text import one_line
from bot.core.words.buttons import EDIT_FORM
from bot.core.words.phrases import counted, percent
from knowledge.errors import Fault
from knowledge.own import QuestionDraft
from knowledge.question import Topic

PAGE = 25
"""Questions of one page of the list."""

MOST_LETTERS = 2000
"""Characters of the points of a suggestion: some twenty sentences."""

MOST_FAULTS_SHOWN = 100
"""Faults listed at once; who has more has made the same mistake many times."""


def own_questions(found: Sequence[Contribution], waiting: int, page: int) -> Reply:
    """List a page of the community's own questions, and say how many suggestions wait."""
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(1, page), pages)
    blocks: list[Block] = []
    if found:
        title = "Own questions" if pages == 1 else f"Own questions, page {page} of {pages}"
        shown = found[(page - 1) * PAGE : page * PAGE]
        blocks += [Heading(title), Items(tuple(map(_listed, shown)))]
    else:
        blocks.append(Paragraph("This community has no questions of its own yet."))
    if waiting:
        text = f"{counted(waiting, 'suggestion')} to look at: {ref('questions suggestions')}"
        blocks.append(Paragraph(text))
    ways = (
        f"{ref('questions template')} shows what a file looks like, {ref('questions add FILE')} "
        "adds one."
    )
    if page < pages:
        ways = f"{ref(f'questions {page + 1}')} goes on. {ways}"
    return Reply((*blocks, Paragraph(ways, quiet=True)))


def question_template(name: str, text: str) -> Reply:
    """Hand out an example file."""
    return Reply(
        (
            Paragraph(
                "Here's a file to start from. Put your questions in place of mine, and send it "
                f"back with {ref('questions add')}."
            ),
            Paragraph(f"{ref('questions template')} has it as md, yaml or csv.", quiet=True),
        ),
        files=(Attachment(name, text.encode()),),
    )


def questions_to_change(file: Attachment) -> Reply:
    """Hand out a file with questions."""
    return Reply(
        (
            Paragraph("Here they are."),
            Paragraph(
                f"Change it and send it with {ref('questions edit')}. Names stay.", quiet=True
            ),
        ),
        files=(file,),
    )


WITHOUT_WRONG = (
    "Some key points have no wrong versions, so I may give credit to an answer that says the "
    "opposite. List a few under `wrong`, and I can tell them apart."
)


def uploaded(added: Sequence[QuestionDraft], replaced: Sequence[QuestionDraft]) -> Reply:
    """Say which questions are there now."""
    blocks: list[Block] = []
    for title, drafts in (("Added", added), ("Replaced", replaced)):
        if drafts:
            heading = Heading(f"{title}: {counted(len(drafts), 'question')}")
            blocks += [heading, Items(tuple(map(_named, drafts)))]
    bare = [draft for draft in (*added, *replaced) if not all(each.wrong for each in draft.points)]
    if bare:
        blocks.append(Paragraph(WITHOUT_WRONG))
    blocks.append(Paragraph("They're only asked here. Earlier grades stay.", quiet=True))
    return Reply(tuple(blocks), (Action.ASK,))


def upload_faults(faults: Sequence[Fault]) -> Reply:
    """List everything that is wrong with a file, and say that nothing was added."""
    shown = tuple(one_line(f"{fault}.".replace("?.", "?")) for fault in faults)
    more = len(shown) - MOST_FAULTS_SHOWN
    blocks: list[Block] = [
        Paragraph(f"Nothing was added. {counted(len(faults), 'thing')} to fix:"),
        Items(shown[:MOST_FAULTS_SHOWN]),
    ]
    if more > 0:
        blocks.append(Paragraph(f"And {counted(more, 'more fault')}.", quiet=True))
    return Reply(tuple(blocks))


def upload_resembles(near: Sequence[Alike], filename: str) -> Reply:
    """Show what resembles questions that are there, and how to add it all the same."""
    return Reply(
        (
            Paragraph("Nothing was added yet: I already have very similar questions."),
            Items(tuple(map(_resemblance, near))),
            Paragraph(
                f"To add them all the same: {ref(f'questions add {one_line(filename)} anyway')}",
                quiet=True,
            ),
        )
    )


def retired(one: Contribution) -> Reply:
    """Confirm that a question is asked no more."""
    return Reply(
        (
            Paragraph(
                f"{one.slug} won't be asked any more. Answers to it keep their grades; sending it "
                f"again with {ref('questions add')} brings it back."
            ),
        )
    )


def suggested(draft: QuestionDraft) -> Reply:
    """Thank for a suggestion."""
    return Reply(
        (
            Paragraph("Thanks! The hosts will decide about your question:"),
            Quote(draft.prompt),
            Items(tuple(point.statement for point in draft.points)),
        )
    )


def suggestion_form(topics: Sequence[Topic]) -> Form:
    """Ask in a form for a question with its points."""
    titles = tuple(Option(topic.title, topic.title) for topic in topics[:MOST_OPTIONS])
    points = "Three or more. Write each as one whole sentence, on a line of its own."
    similar = "Suggest it even if there is a similar one"
    return Form(
        "Suggest a question",
        (
            Field("topic", "Topic", options=titles),
            Field("question", "The question"),
            Field("points", "What a good answer says", points, most=MOST_LETTERS),
            Field("anyway", similar, ticks=True, optional=True),
        ),
    )


def suggestion_faults(faults: Sequence[Fault]) -> Reply:
    """List what is wrong with a suggestion, and offer to write it again."""
    named = tuple(replace(fault, file=_place_of(fault), field="") for fault in faults)
    return replace(upload_faults(named), choices=(Choice(EDIT_FORM, "suggest"),))


def _place_of(fault: Fault) -> str:
    """Name a place in a suggestion as its author knows it."""
    if number := re.match(r"key_points\[(\d+)\]", fault.field):
        return f"Point {number[1]}"
    named = {"prompt": "The question", "topic": "The topic", "key_points": "The points"}
    return named.get(fault.field, "Your question")


def suggestion_resembles(near: Sequence[Alike], text: str) -> Reply:
    """Show what a suggestion resembles, and how to send its text all the same."""
    line = " | ".join(part.strip() for part in text.splitlines() if part.strip())
    return Reply(
        (
            Paragraph("I haven't passed this on yet: I already have a very similar question."),
            Items(tuple(map(_resemblance, near))),
            Paragraph("If yours is different, start it with the word anyway.", quiet=True),
        ),
        choices=(
            Choice("Suggest it anyway", f"suggest anyway {line}"),
            Choice(EDIT_FORM, "suggest"),
        ),
    )


def suggestions(found: Sequence[Contribution]) -> Reply:
    """List what members suggested, with what a host can do."""
    if not found:
        return Reply((Paragraph("No suggestions to look at."),))
    blocks: list[Block] = []
    for each in found:
        blocks += [
            Heading(f"Suggestion {each.id} ({each.draft.topic})"),
            Quote(each.draft.prompt),
            Items(tuple(one_line(point.statement) for point in each.draft.points)),
        ]
    first = found[0].id
    ways = (
        f"{ref(f'questions accept {first}')} adds it, {ref(f'questions decline {first}')} "
        "turns it down."
    )
    return Reply((*blocks, Paragraph(ways, quiet=True)))


def suggestion_decided(one: Contribution) -> Reply:
    """Confirm what a host decided."""
    if one.state is OwnState.ACTIVE:
        return Reply((Paragraph(f"Accepted: {one.slug} is asked here from now on."),))
    return Reply((Paragraph(f"Declined: {one.slug} won't be asked."),))


def _listed(one: Contribution) -> str:
    state = ", retired" if one.state is OwnState.RETIRED else ""
    return f"{_named(one.draft)} ({one.draft.topic}{state})"


def _named(draft: QuestionDraft) -> str:
    return f"{draft.slug}: {one_line(draft.prompt)}"


def _resemblance(near: Alike) -> str:
    alike = percent(near.score)
    return (
        f"“{one_line(near.question.prompt)}” is {alike} like {near.other.slug}: "
        f"“{one_line(near.other.prompt)}”"
    )
