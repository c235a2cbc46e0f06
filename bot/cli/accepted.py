"""`coach knowledge accepted` and `flags`: what communities accept, what learners flagged."""

from collections import defaultdict
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import Home, Json, application_for, print_json, started_with
from bot.cli.table import print_table

if TYPE_CHECKING:
    from bot.core.appeals.model import AcceptedWording
    from bot.settings import Settings

Community = Annotated[
    str | None, typer.Option(metavar="NAME", help="Only what this community accepts.")
]


def accepted(
    context: typer.Context,
    community: Community = None,
    patch: Annotated[
        bool, typer.Option("--patch", help="Print a patch for the question files.")
    ] = False,
    home: Home = None,
    json: Json = False,
) -> None:
    """List the sentences that communities accept as wordings of key points, or make them a patch.

    Apply the patch in the folder of the questions: patch -p1 < accepted.patch, and look at it
    before: the sentences are those of learners.
    """
    from bot.bootstrap.storage import storage_of

    settings = started_with(context, home)
    with storage_of(settings).unit_of_work() as uow:
        names = dict(uow.accepted.community_names())
        found = uow.accepted.every()
    if community is not None:
        found = tuple(each for each in found if names[each.community_id] == community)
    if patch:
        typer.echo(_patch(settings, found), nl=False)
    elif json:
        print_json([_document(each, names) for each in found])
    else:
        for each in found:
            typer.echo(f"{each.question_id}  {each.point_id}  [{names[each.community_id]}]")
            typer.echo(f"  {each.text}")


def flags(
    context: typer.Context,
    done: Annotated[
        int | None, typer.Option(metavar="NUMBER", help="Close this one and tell the learner.")
    ] = None,
    home: Home = None,
    json: Json = False,
) -> None:
    """List what was flagged about questions in private practice; hosts see the others by /flags."""
    features = application_for(context, home).features
    if done is not None:
        features.flags.private_done(done)
        typer.echo(f"Flag {done} is done, and the learner is told.")
        return
    found = features.flags.private()
    if json:
        print_json(
            [
                {
                    "number": flag.id,
                    "question": flag.question_id,
                    "kind": flag.kind.value,
                    "words": flag.words,
                    "at": flag.created_at.isoformat(),
                }
                for flag in found
            ]
        )
        return
    print_table([(str(flag.id), flag.kind, flag.question_id, flag.words) for flag in found])


def _document(wording: "AcceptedWording", names: dict[int, str]) -> dict[str, str]:
    return {
        "community": names[wording.community_id],
        "question": wording.question_id,
        "point": wording.point_id,
        "text": wording.text,
        "at": wording.accepted_at.isoformat(),
    }


def _patch(settings: "Settings", found: "tuple[AcceptedWording, ...]") -> str:
    """Return a diff over all question files; what does not fit any more is named on stderr."""
    from bot.core.questions.variants import variant_of
    from knowledge.loader import load_bank
    from knowledge.patching import diff, with_accepted

    bank, root = load_bank(settings.knowledge), settings.knowledge or Path(str(files("knowledge")))
    by_question: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for each in found:
        by_question[each.question_id].append((each.point_id, each.text))
    changes = []
    for question_id, wordings in by_question.items():
        file = f"questions/{question_id}.md"
        if question_id not in bank or not (root / file).is_file():
            typer.echo(f"coach: {file} is not there, and was left out", err=True)
            continue
        question = bank.get(question_id)
        changed = variant_of(question, tuple(wordings))
        new = [
            (point.id, text)
            for before, point in zip(question.key_points, changed.key_points, strict=True)
            for text in point.accepted[len(before.accepted) :]
        ]
        text = (root / file).read_text(encoding="utf-8")
        changes.append(diff(file, text, with_accepted(text, question_id, new)))
    return "".join(changes)
