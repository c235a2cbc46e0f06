"""Contrasts are many, true to their form, and give nothing away by words alone."""

import json
import re
from collections import Counter

import pytest

from tools.train.contrasts import Contrast, load_contrasts

NEGATION = re.compile(r"\b(?:not|no|never|cannot|without|none|neither|\w+n't)\b", re.IGNORECASE)
A_CLAIM = {
    "topic": "deployment",
    "claim": "A canary gets a small share of the traffic.",
    "same": ["A canary sees little traffic.", "Few users meet a canary."],
    "opposite": ["A canary gets all the traffic.", "Everybody meets a canary."],
    "near": "A shadow deployment gets a copy of the traffic.",
    "aside": "Canaries can be rolled back.",
}


@pytest.fixture(scope="module")
def contrasts() -> tuple[Contrast, ...]:
    return load_contrasts()


def test_there_are_many_by_many_and_no_text_stands_on_both_sides(contrasts):
    assert len(contrasts) >= 6_000
    assert len({one.author for one in contrasts}) >= 9
    for one in contrasts:
        texts = [*one.right, *one.wrong, *one.neither]
        assert len(set(texts)) == len(texts), one.claim


def test_negations_do_not_give_the_side_away(contrasts):
    def share(texts):
        return sum(bool(NEGATION.search(text)) for text in texts) / len(texts)

    for author in {one.author for one in contrasts}:
        own = [one for one in contrasts if one.author == author]
        right = share([text for one in own for text in one.right])
        wrong = share([text for one in own for text in one.wrong])
        assert abs(right - wrong) < 0.12, author


def test_phenomena_are_in_balance(contrasts):
    for author in {one.author for one in contrasts if one.phenomenon}:
        counts = Counter(one.phenomenon for one in contrasts if one.author == author)
        assert max(counts.values()) <= 2 * min(counts.values()), author


def test_a_claim_that_stands_twice_is_an_error(tmp_path):
    line = json.dumps(A_CLAIM)
    (tmp_path / "one.jsonl").write_text(f"{line}\n")
    assert [one.author for one in load_contrasts(tmp_path)] == ["one"]

    (tmp_path / "one.jsonl").write_text(f"{line}\n{line}\n")
    with pytest.raises(ValueError, match=r"one\.jsonl:2: this claim stands here twice"):
        load_contrasts(tmp_path)
