import re

import pytest

from knowledge.contrasts import Contrast, load_contrasts
from knowledge.errors import InvalidBank

NEGATION = re.compile(r"\b(?:not|no|never|cannot|without|none|neither|\w+n't)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def contrasts() -> tuple[Contrast, ...]:
    return load_contrasts()


def test_there_are_many_and_no_text_stands_on_both_sides(contrasts):
    assert len(contrasts) >= 1_400
    for contrast in contrasts:
        texts = [*contrast.right, *contrast.opposite, contrast.aside]
        assert len(set(texts)) == len(texts), contrast.claim


def test_negations_do_not_give_the_side_away(contrasts):
    def share(texts):
        return sum(bool(NEGATION.search(text)) for text in texts) / len(texts)

    right = share([text for one in contrasts for text in one.right])
    opposite = share([text for one in contrasts for text in one.opposite])
    assert abs(right - opposite) < 0.1


def test_a_claim_that_stands_twice_is_a_fault(tmp_path):
    entry = """
- claim: A canary gets a small share of the traffic.
  same: [A canary sees little traffic., Few users meet a canary., canary = few users]
  opposite: [A canary gets all the traffic., Everybody meets a canary., canary = all users]
  aside: Canaries can be rolled back.
"""
    folder = tmp_path / "contrasts"
    folder.mkdir()
    (folder / "one.yaml").write_text(entry)
    assert len(load_contrasts(tmp_path)) == 1
    (folder / "two.yaml").write_text(entry)
    with pytest.raises(InvalidBank) as caught:
        load_contrasts(tmp_path)
    assert "twice" in caught.value.faults[0].problem
