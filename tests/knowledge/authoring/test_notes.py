"""Notes as people write them: what asks is found, what answers goes with it, the rest is told."""

import pytest

from knowledge.authoring.notes import plain, questions_in


def asked(text: str) -> list[tuple[str, str]]:
    return [(each.prompt, " / ".join(each.answer)) for each in questions_in(text)]


@pytest.mark.parametrize(
    "line",
    [
        "- What is a learning rate?",
        "* What is a learning rate?",
        "3. What is a learning rate?",
        "### What is a learning rate?",
        "**What is a learning rate?**",
        "Q: What is a learning rate?",
        "Question 4: What is a learning rate?",
        "What is a learning rate?",
        "- **What is a [learning rate](https://example.org)?**",
        "> What is a learning rate?",
    ],
)
def test_a_question_is_found_however_it_is_set(line: str):
    assert asked(line) == [("What is a learning rate?", "")]


def test_what_a_question_adds_behind_its_mark_is_part_of_it():
    assert asked("- What are optimisers? Name a few.") == [("What are optimisers? Name a few.", "")]


def test_a_request_in_a_list_is_a_question_and_in_prose_is_not():
    assert asked("- Explain how dropout works.") == [("Explain how dropout works.", "")]
    assert asked("Describe what you see in a few words. It helps.") == []


def test_a_problem_is_asked_and_its_solution_is_the_answer():
    text = "- Fact about images.\nProblem: Sort letters by hand.\nSolution: Use a small network."

    (found,) = questions_in(text)
    assert (found.problem, found.prompt) == (True, "Sort letters by hand.")
    assert found.answer == ["Use a small network."]
    assert found.section.lines == ("Fact about images.",)


def test_the_answer_below_a_heading_ends_at_the_next_heading():
    text = "# Drift\n## What is drift?\nThe world moves.\n\n- It is gradual.\n## Notes\nSomething."

    (found,) = questions_in(text)
    assert found.answer == ["The world moves.", "It is gradual."]
    assert found.section.headings == ("Drift",)


def test_an_answer_stands_behind_a_letter_or_further_in():
    assert asked("Q: What is it?\nA: It is that.\nMore of it.") == [
        ("What is it?", "It is that. / More of it.")
    ]
    assert asked(
        "- What is it then?\n  - It is that.\n  - Is it this too?\n- What else is it?"
    ) == [
        ("What is it then?", "It is that. / Is it this too?"),
        ("What else is it?", ""),
    ]


def test_facts_after_questions_begin_a_section_of_their_own():
    text = "- A fact.\n- What is one thing?\n- Another fact.\n- What is another thing?"

    first, second = questions_in(text)
    assert (first.section.lines, second.section.lines) == (("A fact.",), ("Another fact.",))


def test_code_asks_nothing():
    assert asked("```\n- What is this code?\n```\n- What is that text?") == [
        ("What is that text?", "")
    ]


def test_short_headings_and_lines_of_a_table_are_no_questions():
    assert asked("## Questions?\n| Topic | What |\n|---|---|\n") == []


def test_a_table_is_no_context_of_what_is_asked_below_it():
    text = "- A fact.\n- What is one thing?\n| Topic | Tool |\n|---|---|\n| A | B |\n- What is it?"

    _, below = questions_in(text)
    assert below.section.lines == ()


def test_emphasis_links_and_code_are_read_as_text():
    assert plain("**One** `two` [three](http://x) *four*") == "One two three four"
