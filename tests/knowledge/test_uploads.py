"""Files that people send: lenient in what they need, strict in what they say is wrong."""

import csv
import io
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.bank import QuestionBank
from knowledge.errors import Fault, InvalidBank
from knowledge.own import OwnQuestion, QuestionDraft, community_of, own_id
from knowledge.question import Question, Topic, fold
from knowledge.uploads import (
    MAX_QUESTIONS,
    MAX_UPLOAD_BYTES,
    TEMPLATES,
    read_upload,
    template,
    written,
)

TOPICS = (
    Topic(id="monitoring", title="Monitoring and drift", summary="How a model fares in use."),
    Topic(
        id="deployment", title="Deployment", summary="Bringing a model into use.", aliases=["ops"]
    ),
)
PROMPT = "How do you notice that a deployed model got worse?"
POINTS = (
    "Compare its predictions with labels that arrive later.",
    "Watch the distributions of inputs and outputs.",
    "Set alarms that reach a person who can act.",
)


def fields(**changes: Any) -> dict[str, Any]:
    return {"prompt": PROMPT, "topic": "monitoring", "key_points": list(POINTS)} | changes


def in_yaml(value: object, name: str = "q.yaml") -> tuple[QuestionDraft, ...]:
    return read_upload(name, yaml.safe_dump(value, allow_unicode=True).encode(), TOPICS)


def faults(name: str, data: bytes | str | object) -> tuple[Fault, ...]:
    if not isinstance(data, str | bytes):
        data = yaml.safe_dump(data)
    with pytest.raises(InvalidBank) as caught:
        read_upload(name, data.encode() if isinstance(data, str) else data, TOPICS)
    return caught.value.faults


def table(*rows: dict[str, str], delimiter: str = ",") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


ROW = {"prompt": PROMPT, "topic": "monitoring"} | {
    f"point_{number}": text for number, text in enumerate(POINTS, 1)
}


@pytest.mark.parametrize("kind", TEMPLATES)
def test_every_template_can_be_uploaded_as_it_is(kind: str, bank: QuestionBank) -> None:
    name, text = template(kind)

    drafts = read_upload(name, text.encode(), bank.topics)

    first = drafts[0].question(7)
    assert first.id == "monitoring/own-7-label-delay"
    assert (first.slug, first.topic) == ("label-delay", "monitoring")
    assert [len(draft.points) for draft in drafts] == [3] * len(drafts)


def test_the_templates_of_lists_say_the_same(bank: QuestionBank) -> None:
    topics = bank.topics
    prompts = {
        kind: [d.prompt for d in read_upload(template(kind)[0], template(kind)[1].encode(), topics)]
        for kind in ("yaml", "csv")
    }

    assert prompts["yaml"] == prompts["csv"]


def test_statements_alone_are_enough() -> None:
    (draft,) = in_yaml([fields()])
    question = draft.question(3)

    assert isinstance(question, Question)
    assert [point.statement for point in question.key_points] == list(POINTS)
    assert question.reference_answers.short == " ".join(POINTS)
    assert question.slug.startswith("how-do-you-notice-that-a-")
    assert "Compare its" in question.key_points[0].hint
    assert POINTS[0] not in question.key_points[0].hint


def test_points_keep_their_ids_wherever_they_stand() -> None:
    (first,), (second,) = in_yaml(fields()), in_yaml(fields(key_points=list(POINTS[::-1])))

    ids = {point.statement: point.id for point in first.question(1).key_points}
    assert {point.statement: point.id for point in second.question(1).key_points} == ids
    assert len(set(ids.values())) == len(POINTS)


def test_a_reference_answer_gives_its_sentences_as_points() -> None:
    (draft,) = in_yaml(fields(key_points=[], reference_answers={"full": " ".join(POINTS)}))

    assert [point.statement for point in draft.question(1).key_points] == list(POINTS)


@pytest.mark.parametrize("count", [2, 8])
def test_a_reference_answer_of_too_few_or_many_sentences_says_so(count: int) -> None:
    text = " ".join(f"This is sentence {number} of it." for number in range(count))

    (fault,) = faults("q.yaml", fields(key_points=[], reference_answers={"full": text}))

    assert f"it has {count}" in fault.problem


def test_a_sentence_too_long_for_a_point_is_told() -> None:
    text = f"{'very ' * 90}long. {' '.join(POINTS)}"

    (fault,) = faults("q.yaml", fields(key_points=[], reference_answers={"full": text}))

    assert "400 characters" in fault.problem


def test_a_shipped_file_with_its_topic_can_be_uploaded(bank: QuestionBank) -> None:
    shipped = bank.get("monitoring/concept-drift")
    front = shipped.model_dump(mode="json", exclude={"id", "explanation", "key_points"})
    points = [point.model_dump(mode="json", exclude={"accepted"}) for point in shipped.key_points]
    text = yaml.safe_dump({**front, "key_points": points, "topic": "monitoring"})

    (draft,) = read_upload("My Drift.md", f"---\n{text}---\nWhy.\n".encode(), bank.topics)

    question = draft.question(1)
    assert question.slug == "my-drift"
    assert question.explanation == "Why."
    assert [p.right for p in question.key_points] == [p.right for p in shipped.key_points]


def test_the_strict_rules_for_shipped_questions_stay() -> None:
    (draft,) = in_yaml(fields())
    with pytest.raises(ValueError, match="paraphrases"):
        Question.model_validate(draft.question(1).model_dump())


def test_a_topic_may_be_named_by_title_or_alias() -> None:
    drafts = in_yaml(
        [fields(topic="Monitoring and Drift"), fields(topic="ops", prompt=PROMPT + "?")]
    )

    assert [draft.topic for draft in drafts] == ["monitoring", "deployment"]


def test_every_fault_of_every_question_is_listed_with_a_remedy() -> None:
    found = faults(
        "q.yaml",
        [
            fields(prompt="short", topic="cooking", colour="red"),
            fields(key_points=["too short", *POINTS], difficulty=9),
            "no fields",
        ],
    )

    assert {(fault.file, fault.field) for fault in found} == {
        ("q.yaml, question 1", "prompt"),
        ("q.yaml, question 1", "topic"),
        ("q.yaml, question 1", "colour"),
        ("q.yaml, question 2", "key_points[1].statement"),
        ("q.yaml, question 2", "difficulty"),
        ("q.yaml, question 3", ""),
    }
    assert all(fault.remedy and "authoring.md" not in fault.remedy for fault in found)


def test_points_that_are_right_and_wrong_are_told() -> None:
    (fault,) = faults(
        "q.yaml", fields(misconceptions=[{"claim": POINTS[0], "correction": POINTS[1]}])
    )

    assert "both right and wrong" in fault.problem


def test_a_point_that_stands_twice_is_told() -> None:
    (fault,) = faults("q.yaml", fields(key_points=[*POINTS, POINTS[0].upper()]))

    assert "twice" in fault.problem


def test_names_stand_once_in_a_file() -> None:
    found = faults("q.yaml", [fields(id="same"), fields(id="same")])

    assert [fault.field for fault in found] == ["id", "prompt"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_table_is_read_as_spreadsheets_write_it(delimiter: str, mark: bytes) -> None:
    row = ROW | {
        "point_1": 'Say "labels, when they arrive; later".',
        "point_1_weight": "2,5",
        "point_1_paraphrases": "Wait for the truth. | Compare with what came later.",
        "point_2_wrong": "Inputs tell nothing about a model.",
    }
    text = table(row, delimiter=delimiter).replace("\n", "\r\n")

    (draft,) = read_upload("Q.CSV", mark + text.encode(), TOPICS)

    first, second, _ = draft.question(1).key_points
    assert first.statement == 'Say "labels, when they arrive; later".'
    assert (first.weight, len(first.paraphrases)) == (2.5, 2)
    assert second.wrong == ("Inputs tell nothing about a model.",)


def test_faults_of_a_table_name_line_and_column() -> None:
    row = ROW | {"difficulty": "hard", "point_2": "short", "point_3_weight": "9"}

    found = faults("q.csv", table(ROW | dict.fromkeys(set(row) - set(ROW), ""), row))

    assert {(f.file, f.field) for f in found if f.field not in {"prompt", "id"}} == {
        ("q.csv, line 3", "difficulty"),
        ("q.csv, line 3", "point_2"),
        ("q.csv, line 3", "point_3_weight"),
    }


def test_columns_that_nobody_knows_are_told_all_at_once() -> None:
    found = faults("q.csv", "question;topic;topic;point_12\nx;y;z;w\n")

    assert [fault.field for fault in found] == ["question", "point_12", "topic", "prompt"]


def test_a_cell_that_falls_apart_is_told() -> None:
    (fault,) = faults("q.csv", "prompt,topic\nWhat is this, and why?,monitoring,x\n")

    assert "3 cells" in fault.problem or "4 cells" in fault.problem
    assert fault.file == "q.csv, line 2"


@pytest.mark.parametrize("name", ["q.txt", "q", "q.md.exe", ""])
def test_a_name_that_tells_no_format_is_refused(name: str) -> None:
    (fault,) = faults(name, "prompt: x")

    assert ".csv" in fault.remedy


def test_what_is_too_large_is_not_even_read() -> None:
    (fault,) = faults("q.csv", b"\xff" * (MAX_UPLOAD_BYTES + 1))

    assert "200 kB" in fault.problem


def test_too_many_questions_are_refused() -> None:
    rows = [ROW | {"prompt": f"{PROMPT} {number}"} for number in range(MAX_QUESTIONS + 1)]

    (fault,) = faults("q.csv", table(*rows)[:MAX_UPLOAD_BYTES])

    assert str(MAX_QUESTIONS) in fault.remedy


@pytest.mark.parametrize(
    "bomb",
    [
        "a: &a {x: 1}\nb: &b {<<: [*a, *a]}\nc: &c {<<: [*b, *b]}\n",
        "- &a [x, x]\n- [*a, *a]\n",
        "[" * 5000,
        "{? [a] : b}",
        "a: 2024-99-99",
        "a: !!python/object/apply:os.system [ls]",
    ],
)
def test_hostile_yaml_is_a_fault(bomb: str) -> None:
    assert faults("q.yaml", bomb)
    assert faults("q.md", f"---\n{bomb}\n---\n")


def test_what_is_no_question_at_all_is_one_fault() -> None:
    (fault,) = faults("q.yaml", "".join(f"k{number}: 1\n" for number in range(15_000)))

    assert "15002 things" in fault.problem


@pytest.mark.parametrize("text", ["a\u202ereversed statement", "bell \x07 in a statement"])
def test_characters_that_command_a_screen_are_refused(text: str) -> None:
    found = faults("q.yaml", yaml.safe_dump(fields(key_points=[text, *POINTS[1:]])))
    assert found[0].field == "key_points[1].statement"

    found = faults("q.yaml", yaml.safe_dump(fields(follow_ups=[{"ask": text}])))
    assert found[0].field == "follow_ups[1]"


@settings(max_examples=200, deadline=None)
@given(
    name=st.sampled_from(["q.md", "q.yaml", "q.csv", "q", "\x00.csv"]) | st.text(max_size=8),
    data=st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass"))
    | st.text("-:[]{}&*,;|\"'\n prompt", max_size=200).map(str.encode),
)
@example(name="q.md", data=b"---\n- a\n---\n")
@example(name="q.md", data=b"---\na\n---\n")
@example(name="q.yaml", data=b"- {1: 2, prompt: [3]}")
@example(name="q.csv", data=b'prompt\n"a')
def test_no_bytes_bring_the_reader_down(name: str, data: bytes) -> None:
    found: tuple[Fault, ...] = ()
    drafts: tuple[QuestionDraft, ...] = ()
    try:
        drafts = read_upload(name, data, TOPICS)
    except InvalidBank as error:
        found = error.faults
    assert bool(drafts) != bool(found)
    assert all(fault.problem and fault.remedy for fault in found)


_TEXT = st.text(st.characters(codec="ascii", categories=["L", "P", "Zs"]), min_size=12, max_size=60)


@settings(max_examples=60, deadline=None)
@given(
    points=st.lists(
        _TEXT.map(str.strip).filter(lambda t: len(t) >= 12), min_size=3, max_size=7, unique_by=fold
    ),
    weight=st.floats(0.5, 5),
    difficulty=st.integers(1, 5),
)
def test_a_draft_comes_back_from_its_document(
    points: list[str], weight: float, difficulty: int
) -> None:
    written = [{"statement": text, "weight": weight} for text in points]
    draft = QuestionDraft.model_validate(fields(key_points=written, difficulty=difficulty))

    again = QuestionDraft.model_validate_json(draft.model_dump_json())

    assert again == draft
    assert again.question(5) == draft.question(5)


def test_ids_tell_the_community(bank: QuestionBank) -> None:
    assert community_of(own_id("monitoring", 12, "label-delay")) == 12
    assert community_of("monitoring/concept-drift") is None
    assert community_of("monitoring/own-0-x") is None
    assert community_of(None) is None
    assert all(community_of(question.id) is None for question in bank)
    assert issubclass(OwnQuestion, Question)


@pytest.mark.parametrize("kind", TEMPLATES)
def test_what_was_read_can_be_written_and_read_again(kind: str, bank: QuestionBank):
    name, text = template(kind)
    drafts = read_upload(name, text.encode(), bank.topics)

    again = read_upload("all.yaml", written(drafts).encode(), bank.topics)

    assert [each.slug for each in again] == [each.slug for each in drafts]
    named = [draft.model_copy(update={"id": draft.slug}) for draft in drafts]
    assert [each.model_dump() for each in again] == [each.model_dump() for each in named]
