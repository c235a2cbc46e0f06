"""The shipped knowledge base: what it promises to everybody who learns from it."""

import pytest

from grading.search import QuestionSearch
from knowledge.bank import QuestionBank
from knowledge.errors import UnknownQuestion
from knowledge.question import fold

FIELD = [
    ("What is the architecture of a neural network?", "deep-learning/neural-network-architecture"),
    ("What are activation functions? Name a few.", "deep-learning/activation-functions"),
    ("What is the vanishing gradient problem?", "deep-learning/vanishing-gradients"),
    (
        "How is deep learning different from traditional machine learning?",
        "deep-learning/deep-vs-traditional-ml",
    ),
    (
        "What is transfer learning and when is it used?",
        "transfer-learning/what-is-transfer-learning",
    ),
    ("How do you fine-tune a pre-trained model?", "transfer-learning/fine-tuning"),
    (
        "What is the difference between feature extraction and fine-tuning?",
        "transfer-learning/feature-extraction-vs-fine-tuning",
    ),
    ("What are the steps in deploying a model?", "deployment/deployment-steps"),
    (
        "What’s the difference between batch and real-time inference?",
        "deployment/batch-vs-real-time",
    ),
    (
        "How do you monitor model performance after deployment?",
        "deployment/performance-after-deployment",
    ),
    ("Why is interpretability important in ML?", "interpretability/why-interpretability"),
    ("How do SHAP values work?", "interpretability/shap-values"),
    (
        "What is the difference between global and local interpretability?",
        "interpretability/global-vs-local",
    ),
    (
        "What is the difference between parameters and hyperparameters?",
        "hyperparameter-tuning/parameters-vs-hyperparameters",
    ),
    (
        "How does grid search compare to random search?",
        "hyperparameter-tuning/grid-vs-random-search",
    ),
    ("What tools can automate hyperparameter tuning?", "hyperparameter-tuning/tuning-tools"),
    ("What is concept drift and how do you handle it?", "monitoring/concept-drift"),
    ("How can you set up monitoring for a deployed model?", "monitoring/monitoring-setup"),
    (
        "How does a CNN differ from a fully connected network?",
        "deep-learning/cnn-vs-fully-connected",
    ),
    (
        "When would you use transfer learning vs training from scratch?",
        "transfer-learning/transfer-vs-scratch",
    ),
    (
        "What are the challenges in deploying ML models in production?",
        "deployment/deployment-challenges",
    ),
    ("How do you handle models that degrade over time?", "monitoring/degrading-models"),
    (
        "What’s the difference between model explainability and interpretability?",
        "interpretability/explainability-vs-interpretability",
    ),
    (
        "Classify images of handwritten digits (e.g. MNIST).",
        "deep-learning/handwritten-digits",
    ),
    (
        "Classify plant diseases using a small labeled image dataset.",
        "transfer-learning/plant-diseases",
    ),
    (
        "Deploy a sentiment analysis model for a live chat support tool.",
        "deployment/live-chat-sentiment",
    ),
]


def test_every_topic_has_enough_questions_for_a_week(bank: QuestionBank):
    sizes = {topic.id: len(bank.by_topic(topic.id)) for topic in bank.topics}

    assert sum(sizes.values()) == len(bank)
    assert {topic for topic, size in sizes.items() if size < 6} == set()


@pytest.mark.parametrize(("asked", "question_id"), FIELD)
def test_every_question_of_the_field_finds_its_own_item_first(
    search: QuestionSearch, asked: str, question_id: str
):
    found = search.find(asked)

    assert found[0].question_id == question_id


def test_the_questions_of_the_field_are_all_different_items(bank: QuestionBank):
    ids = [question_id for _, question_id in FIELD]

    assert len(set(ids)) == len(ids)
    assert all(question_id in bank for question_id in ids)


def test_every_key_point_has_enough_right_and_wrong_wordings(bank: QuestionBank):
    def different(texts: tuple[str, ...]) -> int:
        return len({fold(text) for text in texts})

    thin = [
        (question.id, point.id)
        for question in bank
        for point in question.key_points
        if different((point.statement, *point.paraphrases)) < 1 + 3
        or different(point.plain) < 2
        or different(point.wrong) < 3
    ]

    assert thin == []


def test_every_question_asks_for_three_points_at_least(bank: QuestionBank):
    assert [question.id for question in bank if len(question.essential) < 3] == []


def test_every_question_can_be_checked_in_two_places(bank: QuestionBank):
    assert [question.id for question in bank if len(set(question.sources)) < 2] == []


def test_every_name_of_a_question_leads_to_it(bank: QuestionBank):
    astray = [
        (question.id, name)
        for question in bank
        for name in (question.id, question.slug, question.prompt, *question.aliases)
        if bank.named(name) != question or bank.named(f"  {name.upper()} ") != question
    ]

    assert astray == []


def test_a_hint_does_not_give_the_statement_away(bank: QuestionBank):
    told = [
        (question.id, point.id)
        for question in bank
        for point in question.key_points
        if fold(point.statement).rstrip(".") in fold(point.hint)
    ]

    assert told == []


def test_topics_are_found_by_id_title_and_alias_in_any_case(bank: QuestionBank):
    lost = [
        name
        for topic in bank.topics
        for name in (topic.id, topic.title, *topic.aliases)
        if bank.topic_named(name.upper()) != topic
    ]

    assert lost == []


def test_the_order_of_questions_is_by_topic_then_by_id(bank: QuestionBank):
    expected = [
        question_id
        for topic in bank.topics
        for question_id in sorted(question.id for question in bank.by_topic(topic.id))
    ]

    assert [question.id for question in bank] == expected


def test_an_unknown_id_is_an_error_that_carries_it(bank: QuestionBank):
    with pytest.raises(UnknownQuestion) as raised:
        bank.get("monitoring/nonsense")

    assert raised.value.question_id == "monitoring/nonsense"
    assert "monitoring/nonsense" not in bank


def test_an_unknown_topic_has_no_questions_and_no_name(bank: QuestionBank):
    assert bank.by_topic("cooking") == ()
    assert bank.topic_named("cooking") is None
    with pytest.raises(KeyError):
        bank.topic("cooking")


def test_a_question_gives_its_points_by_id(bank: QuestionBank):
    question = bank.get("monitoring/concept-drift")

    assert question.point("retrain").id == "retrain"
    with pytest.raises(KeyError):
        question.point("nonsense")
