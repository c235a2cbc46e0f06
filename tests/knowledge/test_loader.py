"""Broken question files: every fault is found, named and explained, and nothing else is raised."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from knowledge.errors import Fault, InvalidBank
from knowledge.loader import load_bank, parse_question
from knowledge.reading import MAX_FILE_BYTES
from tests.knowledge.folder import TOPICS, a_point, fields, text_of, with_point, without, write


def faults_of(text: str) -> tuple[Fault, ...]:
    """Return the faults of one question file's text."""
    with pytest.raises(InvalidBank) as raised:
        parse_question(text, "evaluation/precision")
    return raised.value.faults


def faults_in(folder: Path) -> tuple[Fault, ...]:
    """Return the faults of a whole knowledge folder."""
    with pytest.raises(InvalidBank) as raised:
        load_bank(folder)
    return raised.value.faults


def only(faults: tuple[Fault, ...]) -> Fault:
    assert len(faults) == 1, faults
    return faults[0]


def test_a_valid_folder_loads_with_the_path_as_id_and_the_body_as_explanation(tmp_path):
    write(tmp_path, {"evaluation/precision": text_of(fields(), "A" * 40)})

    (question,) = load_bank(tmp_path)

    assert (question.id, question.topic, question.slug) == (
        "evaluation/precision",
        "evaluation",
        "precision",
    )
    assert question.explanation == "A" * 40


OPTIONAL = ("tags", "misconceptions")


@pytest.mark.parametrize("name", sorted(set(fields()) - set(OPTIONAL)))
def test_a_missing_field_is_named_and_asked_for(name):
    fault = only(faults_of(text_of(without(name))))

    assert fault.field == name
    assert name in fault.remedy


def test_a_lean_question_has_roles_and_no_tags_misconceptions_or_explanation():
    entry = {name: value for name, value in fields().items() if name not in OPTIONAL}
    entry |= {"kind": "behavioural", "enough": 2}
    entry["key_points"][0]["role"] = "bonus"
    entry["sources"] = [
        {"kind": kind, "title": "A title", "by": "Somebody", "year": 2020}
        for kind in ("paper", "book", "docs", "article")
    ]

    question = parse_question(text_of(entry, ""), "evaluation/precision")

    assert [point.id for point in question.essential] == ["threshold", "trade-off", "classes"]
    assert (question.tags, question.misconceptions, question.explanation) == ((), (), "")


def test_no_more_points_are_enough_than_are_essential():
    fault = only(faults_of(text_of(fields() | {"enough": 5})))

    assert "5 essential points" in fault.problem


def test_an_unknown_field_gets_a_did_you_mean():
    entry = without("prompt") | {"promt": "What does precision tell you?"}

    unknown = next(fault for fault in faults_of(text_of(entry)) if fault.field == "promt")

    assert unknown.remedy == "Did you mean 'prompt'?"


def test_an_unknown_field_of_a_key_point_is_compared_with_the_fields_of_a_key_point():
    entry = with_point(paraphrase=["One of them is here."])

    fault = only(faults_of(text_of(entry)))

    assert fault.field == "key_points[1].paraphrase"
    assert fault.remedy == "Did you mean 'paraphrases'?"


def test_a_field_like_no_other_is_to_be_removed():
    fault = only(faults_of(text_of(fields() | {"zzzz": 1})))

    assert (fault.field, fault.remedy) == ("zzzz", "Remove it")


@pytest.mark.parametrize("name", ["id", "topic", "explanation"])
def test_a_field_that_the_path_or_the_body_gives_is_refused(name):
    fault = only(faults_of(text_of(fields() | {name: "evaluation/other"})))

    assert fault.field == name


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("prompt", 7),
        ("prompt", ["a list of one"]),
        ("kind", "riddle"),
        ("difficulty", "hard"),
        ("difficulty", 6),
        ("tags", "metrics"),
        ("enough", 0),
        ("aliases", [""]),
        ("reference_answers", "a text"),
        ("key_points", [a_point("one"), a_point("two")]),
        ("key_points", [a_point(f"p{n}") for n in range(8)]),
        ("misconceptions", "none"),
        ("follow_ups", None),
        ("sources", [{"kind": "rumour", "title": "Heard", "by": "Someone", "year": 2020}]),
        ("author", ""),
    ],
)
def test_a_value_of_the_wrong_type_or_size_is_named_with_a_remedy(field, value):
    faults = faults_of(text_of(fields() | {field: value}))

    assert faults
    assert all(fault.field.startswith(field.split("[")[0]) for fault in faults)
    assert all(fault.problem and fault.remedy for fault in faults)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"paraphrases": ["Only one of them."]}, "key_points[1].paraphrases"),
        ({"plain": []}, "key_points[1].plain"),
        ({"wrong": ["Only one of them."]}, "key_points[1].wrong"),
        ({"weight": 0}, "key_points[1].weight"),
        ({"id": "Not A Slug"}, "key_points[1].id"),
        ({"hint": "Too short"}, "key_points[1].hint"),
    ],
)
def test_a_thin_key_point_is_refused_and_counted_from_one(changes, field):
    fault = only(faults_of(text_of(with_point(**changes))))

    assert fault.field == field


def test_a_faulty_key_point_is_not_counted_as_a_missing_one_too():
    entry = with_point(weight=0)
    entry["key_points"].pop()

    assert [fault.field for fault in faults_of(text_of(entry))] == ["key_points[1].weight"]


def test_a_follow_up_to_a_point_that_is_not_there_is_refused():
    entry = fields() | {"follow_ups": [{"ask": "And what about recall?", "point": "recall"}]}

    assert "'recall'" in only(faults_of(text_of(entry))).problem


def test_two_key_points_with_one_id_are_refused():
    entry = fields() | {"key_points": [a_point("share"), a_point("share"), a_point("other")]}

    assert "share the id 'share'" in only(faults_of(text_of(entry))).problem


def test_the_same_sentence_cannot_be_right_and_wrong():
    sentence = "The point threshold is stated here."
    entry = with_point(wrong=[sentence.upper(), "This one is wrong enough."])

    assert "both right and wrong" in only(faults_of(text_of(entry))).problem


def test_a_misconception_cannot_be_right_either():
    entry = fields()
    entry["misconceptions"][0]["claim"] = "The point threshold  is stated here."

    assert "both right and wrong" in only(faults_of(text_of(entry))).problem


def test_bad_yaml_is_named_with_its_line():
    fault = only(faults_of("---\nprompt: [never closed\nkind: concept\n---\nText"))

    assert fault.field.startswith("line ")
    assert "YAML" in fault.remedy


def test_a_key_written_twice_is_refused():
    fault = only(faults_of(text_of(fields()).replace("kind: concept", "author: A\nkind: concept")))

    assert "'author'" in fault.problem


def test_a_key_written_twice_inside_a_key_point_is_refused():
    fault = only(faults_of(text_of(fields()).replace("  weight: 1\n", "  weight: 1\n" * 2, 1)))

    assert "'weight'" in fault.problem


@pytest.mark.parametrize(
    "text", ["", "Just prose.", "---\n", "---\n---\nText", "---\n- a\n---\nText"]
)
def test_a_file_without_front_matter_is_refused(text):
    assert "front matter" in only(faults_of(text)).problem


@pytest.mark.parametrize(
    "value",
    [
        "2024-99-99",
        "0b_",
        "!!int x",
        "!!float x",
        "!!bool x",
        "!!timestamp x",
        "!!map [a]",
        "{[a]: b}",
        "{{a: b}: c}",
        pytest.param("[" * 3000, id="nested too deeply"),
        "!!python/object:os.system {}",
        "&a [*a]",
    ],
)
def test_yaml_that_cannot_become_a_value_is_a_fault_of_the_file(value):
    assert faults_of(f"---\nprompt: {value}\n---\nText")


def test_a_file_that_is_not_utf8_is_refused(tmp_path):
    write(tmp_path, {"evaluation/precision": text_of(fields()).encode() + b"\xff\xfe"})

    fault = only(faults_in(tmp_path))

    assert fault.file == "questions/evaluation/precision.md"
    assert "UTF-8" in fault.remedy


def test_a_file_that_is_too_large_is_refused(tmp_path):
    write(tmp_path, {"evaluation/precision": text_of(fields()) + "x" * MAX_FILE_BYTES})

    assert "larger than" in only(faults_in(tmp_path)).problem


def test_a_folder_that_is_no_topic_is_refused_with_the_place_of_the_file(tmp_path):
    write(tmp_path, {"cooking/soup": text_of(fields())})

    fault = only(faults_in(tmp_path))

    assert fault.file == "questions/cooking/soup.md"
    assert "'cooking'" in fault.problem


@pytest.mark.parametrize("name", ["evaluation/Bad Name", "evaluation/deeper/name", "top-level"])
def test_a_path_that_is_no_question_id_is_refused(tmp_path, name):
    write(tmp_path, {name: text_of(fields())})

    assert any(fault.file == f"questions/{name}.md" for fault in faults_in(tmp_path))


def test_an_alias_may_name_one_question_only(tmp_path):
    later = fields("recall") | {"aliases": ["recall", "The  PRECISION metric"]}
    write(
        tmp_path,
        {"evaluation/precision": text_of(fields()), "evaluation/recall": text_of(later)},
    )

    fault = only(faults_in(tmp_path))

    assert (fault.file, fault.field) == ("questions/evaluation/recall.md", "aliases")
    assert "'the precision metric' already names evaluation/precision" in fault.problem


def test_a_file_without_questions_is_an_error_not_an_empty_bank(tmp_path):
    write(tmp_path, {})

    assert "no question file" in only(faults_in(tmp_path)).problem


def test_a_missing_topics_file_is_reported(tmp_path):
    write(tmp_path, {"evaluation/precision": text_of(fields())})
    (tmp_path / "topics.yaml").unlink()

    assert "topics.yaml" in {fault.file for fault in faults_in(tmp_path)}


@pytest.mark.parametrize("topics", [None, "evaluation", [{"id": "evaluation"}], [["evaluation"]]])
def test_a_broken_topics_file_is_reported(tmp_path, topics):
    write(tmp_path, {"evaluation/precision": text_of(fields())}, topics)

    assert "topics.yaml" in {fault.file for fault in faults_in(tmp_path)}


def test_every_fault_of_every_file_is_reported_at_once_and_sorted(tmp_path):
    write(
        tmp_path,
        {
            "evaluation/c": text_of(fields("c") | {"difficulty": 9, "kind": "riddle"}),
            "evaluation/b": "no front matter",
            "evaluation/a": b"\xff",
            "evaluation/fine": text_of(fields("fine")),
        },
        [*TOPICS, {"id": "Bad Slug", "title": "Bad", "summary": "A topic with a bad name."}],
    )

    faults = faults_in(tmp_path)

    assert [(fault.file, fault.field) for fault in faults] == [
        ("questions/evaluation/a.md", ""),
        ("questions/evaluation/b.md", ""),
        ("questions/evaluation/c.md", "difficulty"),
        ("questions/evaluation/c.md", "kind"),
        ("topics.yaml", "[2].id"),
    ]


def test_the_message_counts_faults_and_files(tmp_path):
    write(
        tmp_path,
        {
            "evaluation/b": text_of(fields("b") | {"difficulty": 9, "kind": "riddle"}),
            "evaluation/a": "no front matter",
        },
    )

    with pytest.raises(InvalidBank, match=r"^3 faults in 2 files$"):
        load_bank(tmp_path)


def test_a_fault_reads_as_place_problem_and_remedy():
    fault = Fault("questions/a/b.md", "kind", "it is a riddle", "Choose another one")

    assert str(fault) == "questions/a/b.md: kind: it is a riddle. Choose another one"


def test_one_fault_among_many_good_files_returns_no_bank(tmp_path):
    good = {f"evaluation/q{n}": text_of(fields(f"q{n}")) for n in range(5)}
    write(tmp_path, good | {"evaluation/bad": text_of(without("author"))})

    assert only(faults_in(tmp_path)).file == "questions/evaluation/bad.md"


FREE = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@FREE
@given(st.text(max_size=400))
@example("---\n\x00\n---\n")
@example("---\n? [a]\n: b\n---\n")
def test_arbitrary_text_as_a_question_raises_only_invalid_bank(text):
    with pytest.raises(InvalidBank):
        parse_question(text, "evaluation/precision")


@FREE
@given(st.text(alphabet="ab:-[]{}!&*?|>'\"%@`,.# \n\t0123_xob", max_size=60))
def test_arbitrary_front_matter_raises_only_invalid_bank(front):
    with pytest.raises(InvalidBank):
        parse_question(f"---\n{front}\n---\nText", "evaluation/precision")


@FREE
@given(st.binary(max_size=200))
def test_arbitrary_bytes_in_a_question_file_raise_only_invalid_bank(tmp_path, content):
    write(tmp_path, {"evaluation/precision": content})

    with pytest.raises(InvalidBank):
        load_bank(tmp_path)


@FREE
@given(
    st.sampled_from(sorted(fields())),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
        ),
        max_leaves=5,
    ),
)
def test_any_value_in_any_field_is_accepted_or_refused_in_an_orderly_way(name, value):
    faults: tuple[Fault, ...] = ()
    try:
        parse_question(text_of(fields() | {name: value}), "evaluation/precision")
    except InvalidBank as error:
        faults = error.faults

    assert all(fault.problem and fault.remedy for fault in faults)
