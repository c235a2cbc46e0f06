"""Everyday words, by people who did not write the questions, lead to what they mean."""

from pathlib import Path

import pytest
import yaml

from benchmarks.phrasings.__main__ import FOLDER, measure
from grading.search import QuestionSearch
from knowledge.bank import QuestionBank

FILES = sorted(FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_phrasings_are_of_questions_of_the_bank(bank: QuestionBank, file: Path) -> None:
    phrasings = yaml.safe_load(file.read_text(encoding="utf-8"))

    assert [question_id for question_id in phrasings if question_id not in bank] == []


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_most_phrasings_find_their_question_first_and_more_among_three(
    search: QuestionSearch, file: Path
) -> None:
    found = measure(search, file)

    assert found.first >= 0.7
    assert found.among_three >= 0.85
