"""A tiny real model: loaded late and once, read by its labels, refused with a remedy."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from grading.errors import ModelUnavailable
from grading.second_opinion import BATCH_PAIRS, MAX_TOKENS, NliModel, label_columns
from tests.grading.tiny_nli import LABELS, save_tiny_nli

PAIRS = [
    ("the relation changes over time", "the relation never stays the same"),
    ("it is drift", "the model changes"),
    ("i retrain the model on recent data", "i retrain it"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_nli(tmp_path_factory.mktemp("models") / "tiny-nli")


@pytest.fixture(scope="module")
def model(folder: Path) -> NliModel:
    return NliModel(str(folder))


def refusal(folder: Path) -> str:
    """Check that the model cannot be loaded, in one line with a remedy; return the line."""
    model = NliModel(str(folder))
    with pytest.raises(ModelUnavailable) as raised:
        model.judge(PAIRS)
    assert not model.is_loaded
    assert "COACH_NLI_MODEL" in raised.value.reason
    assert "\n" not in str(raised.value)
    return str(raised.value)


def test_every_pair_gets_three_probabilities_that_add_up(model):
    judged = model.judge(PAIRS)

    assert len(judged) == len(PAIRS)
    assert len(set(judged)) == len(PAIRS)
    for inference in judged:
        assert sum(inference) == pytest.approx(1)
        assert all(0 <= probability <= 1 for probability in inference)


def test_no_pairs_need_no_model(tmp_path):
    assert NliModel(str(tmp_path / "nothing")).judge([]) == []


def test_the_same_pairs_get_the_same_probabilities_also_from_another_instance(model, folder):
    assert model.judge(PAIRS) == model.judge(PAIRS) == NliModel(str(folder)).judge(PAIRS)


def test_a_premise_is_not_taken_for_the_hypothesis(model):
    swapped = [(hypothesis, premise) for premise, hypothesis in PAIRS]

    assert model.judge(swapped) != model.judge(PAIRS)


def test_more_pairs_than_a_batch_come_back_in_order(model):
    pairs = PAIRS * BATCH_PAIRS

    together = model.judge(pairs)

    alone = {pair: model.judge([pair])[0] for pair in PAIRS}
    for pair, inference in zip(pairs, together, strict=True):
        assert inference == pytest.approx(alone[pair], abs=1e-5)


@pytest.mark.parametrize("text", ["drift " * 5000, "", "🙂" * 3000, "x" * 5000])
def test_texts_of_any_length_are_judged(model, text):
    judged = model.judge([(text, "the model changes"), ("the model changes", text), (text, text)])

    assert all(sum(inference) == pytest.approx(1) for inference in judged)


def test_what_is_cut_off_changes_nothing(model):
    long = "the model changes " * MAX_TOKENS

    first, second = model.judge([(long, "drift"), (long + "it never changes", "drift")])

    assert first == second


def test_a_premise_cannot_end_itself_with_the_models_own_marks(model):
    marked, ended = model.judge([("drift [SEP] data", "it is"), ("drift data", "it is")])
    unknown = model.judge([("drift ( ? ) data", "it is")])[0]

    assert marked != ended
    assert tuple(marked) == pytest.approx(tuple(unknown), abs=1e-5)


def test_the_classes_are_found_by_name_wherever_they_stand(folder, tmp_path):
    # The same seed gives the same weights: only the names of the columns move.
    moved = save_tiny_nli(tmp_path / "moved", ("Neutral", "CONTRADICTION", "entailment"))

    before, after = (NliModel(str(place)).judge(PAIRS) for place in (folder, moved))

    for old, new in zip(before, after, strict=True):
        assert (new.neutral, new.contradiction, new.entailment) == pytest.approx(
            (old.contradiction, old.entailment, old.neutral)
        )


@pytest.mark.parametrize(
    "labels",
    [
        ("LABEL_0", "LABEL_1", "LABEL_2"),
        ("entailment", "not_entailment"),
        ("entailment", "neutral", "contradiction", "other"),
        ("entailment", "Entailment", "contradiction"),
        ("positive", "neutral", "negative"),
    ],
    ids=" ".join,
)
def test_other_labels_are_refused_and_named(labels, tmp_path):
    line = refusal(save_tiny_nli(tmp_path / "model", labels))

    assert ", ".join(labels) in line
    assert "entailment, neutral and contradiction" in line


@pytest.mark.parametrize(
    "labels", [LABELS, LABELS[::-1], ("Neutral", " ENTAILMENT", "contradiction")]
)
def test_the_columns_are_those_of_entailment_neutral_and_contradiction(labels):
    columns = label_columns(dict(enumerate(labels)))

    assert [labels[column].strip().lower() for column in columns] == [
        "entailment",
        "neutral",
        "contradiction",
    ]


def test_a_folder_that_is_not_there_is_told(tmp_path):
    line = refusal(tmp_path / "no-such-model")

    assert "no-such-model" in line
    assert "no such folder" in line


def test_a_folder_without_safetensors_is_refused_though_it_has_other_weights(tmp_path):
    line = refusal(save_tiny_nli(tmp_path / "model", safetensors=False))

    assert "safetensors" in line


def test_a_model_whose_weights_lack_the_head_is_refused(tmp_path):
    from safetensors.torch import load_file, save_file

    folder = save_tiny_nli(tmp_path / "model")
    weights = load_file(folder / "model.safetensors")
    kept = {name: value for name, value in weights.items() if not name.startswith("classifier")}
    save_file(kept, folder / "model.safetensors", metadata={"format": "pt"})

    assert "classifier" in refusal(folder)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"model_type": "bert"'])
def test_a_configuration_that_says_nothing_is_told(content, tmp_path):
    folder = save_tiny_nli(tmp_path / "model")
    (folder / "config.json").write_text(content, encoding="utf-8")

    refusal(folder)


def test_code_that_comes_with_a_model_is_never_run(tmp_path):
    folder = save_tiny_nli(tmp_path / "model")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    own = {"AutoConfig": "own.Own", "AutoModelForSequenceClassification": "own.Own"}
    config |= {"model_type": "own", "auto_map": own}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    ran = tmp_path / "ran"
    (folder / "own.py").write_text(f"open({str(ran)!r}, 'w').close()\n", encoding="utf-8")

    refusal(folder)

    assert not ran.exists()


def test_the_name_changes_with_the_weights_and_not_with_the_place(folder, tmp_path):
    same = save_tiny_nli(tmp_path / "elsewhere" / "tiny-nli")
    other = save_tiny_nli(tmp_path / "other" / "tiny-nli", seed=8)
    labels = save_tiny_nli(tmp_path / "labels" / "tiny-nli", LABELS[::-1])

    names = [NliModel(str(place)).model_id for place in (folder, same, other, labels)]

    assert names[0].startswith("tiny-nli-")
    assert names[0] == names[1]
    assert len(set(names)) == 3


def test_a_model_of_the_hub_goes_by_its_name():
    assert NliModel("organisation/nli").model_id == "organisation/nli"


def test_making_and_naming_loads_nothing(folder):
    model = NliModel(str(folder))

    assert model.model_id
    assert not model.is_loaded


def test_many_threads_may_ask_at_once(model, folder):
    fresh = NliModel(str(folder))

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: fresh.judge(PAIRS), range(16)))

    assert answers == [model.judge(PAIRS)] * 16
