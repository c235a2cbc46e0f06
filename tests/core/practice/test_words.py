"""What stands where in the feedback on an answer, beyond the sentences in test_feedback."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.practice import words as practice_words
from bot.core.practice.brief_words import FEWEST, LINE, MOST_WRONG, SAME_WORDS, SENTENCE
from bot.core.practice.point_names import MOST
from bot.core.reply import Action, Block, Contrast, Credit, Heading, Items, Paragraph, Point, Reply
from bot.core.words.buttons import brief
from grading.grade import Band, Flag, Grade, MisconceptionHit, PointStatus
from knowledge.bank import QuestionBank
from knowledge.question import PointRole, Question
from tests.core.samples import DRIFT, a_grade_of, an_attempt, is_shown, text_of

WRONG = "what I said about retrain"
COVERED, PARTIAL = PointStatus.COVERED, PointStatus.PARTIAL
MISSED, CONTRADICTED = PointStatus.MISSED, PointStatus.CONTRADICTED


def feedback(bank: QuestionBank, question: Question, grade: Grade) -> Reply:
    attempt = an_attempt(question.id)
    graded = type(attempt)(**{**vars(attempt), "grade": grade})
    return practice_words.feedback(question, bank, graded, None)


def a_hit(evidence: str, correction: str = "It is refitted.") -> MisconceptionHit:
    return MisconceptionHit(text="It is left alone.", correction=correction, evidence=evidence)


def with_evidence(grade: Grade, evidence: dict[str, str | None]) -> Grade:
    points = tuple(
        p.model_copy(update={"evidence": evidence.get(p.id, p.evidence)}) for p in grade.points
    )
    return grade.model_copy(update={"points": points})


def contrasts(reply: Reply) -> list[Contrast]:
    return [block for block in reply.blocks if isinstance(block, Contrast)]


def under(reply: Reply, heading: str) -> list[Block]:
    """The blocks between a heading and the next one."""
    found: list[Block] = []
    here = False
    for block in reply.blocks:
        if isinstance(block, Heading):
            here = block.text == heading
        elif here:
            found.append(block)
    return found


def next_lines(reply: Reply) -> list[str]:
    paragraphs = [block.text for block in reply.blocks if isinstance(block, Paragraph)]
    items = [block for block in under(reply, "To go on") if isinstance(block, Items)]
    return [
        *(text for text in paragraphs if text.startswith("Next: ")),
        *(line for block in items for line in block.lines),
    ]


def test_points_stand_under_what_became_of_them(bank: QuestionBank):
    question = bank.get(DRIFT)
    statuses = {"alert": COVERED, "changed-relationship": PARTIAL, "retrain": CONTRADICTED}

    reply = feedback(bank, question, a_grade_of(question, statuses))

    earned = under(reply, "What earned credit")
    assert [p.status for p in earned if isinstance(p, Point)] == [PARTIAL, COVERED]
    missing = under(reply, "What is missing")
    assert [p.text for p in missing if isinstance(p, Point)] == [
        question.point("detect-with-labels").hint
    ]
    assert under(reply, "What is wrong") == [
        Contrast(WRONG, (question.point("retrain").statement,))
    ]


def test_headings_without_points_are_left_out(bank: QuestionBank):
    question = bank.get(DRIFT)
    statuses = {point.id: COVERED for point in question.key_points}

    reply = feedback(bank, question, a_grade_of(question, statuses, score=1, band=Band.STRONG))

    headings = [block.text for block in reply.blocks if isinstance(block, Heading)]
    assert headings == ["What earned credit", "To go on"]


def test_a_point_that_counts_is_not_doubted_beside_its_mark(bank: QuestionBank):
    question = bank.get(DRIFT)
    grade = a_grade_of(question, {"alert": COVERED, "changed-relationship": PARTIAL})
    points = tuple(each.model_copy(update={"unsure": True}) for each in grade.points)

    reply = feedback(bank, question, grade.model_copy(update={"points": points}))

    notes = {(each.status, each.note) for each in reply.blocks if isinstance(each, Point)}
    assert notes == {
        (COVERED, practice_words.CLEARER),
        (PARTIAL, practice_words.UNSURE),
        (MISSED, practice_words.UNSURE),
    }
    assert "?" not in practice_words.CLEARER


def test_an_answer_that_is_none_lists_no_points(bank: QuestionBank):
    question = bank.get(DRIFT)
    grade = a_grade_of(question, score=0, band=Band.NONE, flags=(Flag.DONT_KNOW,))

    reply = feedback(bank, question, grade)

    assert [block.text for block in reply.blocks if isinstance(block, Heading)] == ["To go on"]


def test_a_misconception_explains_the_contradiction_in_its_sentence(bank: QuestionBank):
    question = bank.get(DRIFT)
    grade = a_grade_of(question, {"retrain": CONTRADICTED}, misconceptions=(a_hit(WRONG),))

    reply = feedback(bank, question, grade)

    truth = question.point("retrain").statement
    assert contrasts(reply) == [Contrast(WRONG, (truth,), ("It is refitted.",))]
    assert text_of(reply).count(WRONG) == 1


def test_a_clause_and_its_sentence_are_one_and_shown_whole(bank: QuestionBank):
    question = bank.get(DRIFT)
    whole = f"I know {WRONG}, sadly."
    grade = a_grade_of(question, {"retrain": CONTRADICTED}, misconceptions=(a_hit(whole),))

    (contrast,) = contrasts(feedback(bank, question, grade))

    assert contrast.wrote == whole


def test_one_sentence_against_two_points_is_quoted_once(bank: QuestionBank):
    question = bank.get(DRIFT)
    grade = a_grade_of(question, {"retrain": CONTRADICTED, "alert": CONTRADICTED})
    grade = with_evidence(grade, {"alert": WRONG})

    truths = (question.point("alert").statement, question.point("retrain").statement)
    assert contrasts(feedback(bank, question, grade)) == [Contrast(WRONG, truths)]


def test_a_misconception_against_no_point_stands_with_its_correction(bank: QuestionBank):
    question = bank.get(DRIFT)
    grade = a_grade_of(
        question, {"alert": CONTRADICTED}, misconceptions=(a_hit("Leave it."), a_hit("Leave it."))
    )

    assert contrasts(feedback(bank, question, grade))[1:] == [
        Contrast("Leave it.", ("It is refitted.",))
    ]


def test_a_correction_that_is_the_point_itself_is_said_once(bank: QuestionBank):
    question = bank.get(DRIFT)
    truth = question.point("retrain").statement
    hit = a_hit(WRONG, truth.upper())
    grade = a_grade_of(question, {"retrain": CONTRADICTED}, misconceptions=(hit,))

    assert contrasts(feedback(bank, question, grade)) == [Contrast(WRONG, (truth,))]


def test_contradictions_without_evidence_are_not_taken_for_one_sentence(bank: QuestionBank):
    question = bank.get(DRIFT)
    grade = a_grade_of(question, {"retrain": CONTRADICTED, "alert": CONTRADICTED})
    grade = with_evidence(grade, {"alert": None, "retrain": None})

    found = contrasts(feedback(bank, question, grade))

    assert [contrast.wrote for contrast in found] == [None, None]


def test_the_improvement_says_what_to_do_for_each_kind_of_loss(bank: QuestionBank):
    question = bank.get(DRIFT)
    hint = question.point("retrain").hint
    others = {p.id: COVERED for p in question.key_points}

    lines = {
        status: next_lines(
            feedback(bank, question, a_grade_of(question, {**others, "retrain": status}))
        )[0]
        for status in (MISSED, CONTRADICTED, PARTIAL)
    }

    assert lines == {
        MISSED: f"Next: add a sentence. {hint}",
        CONTRADICTED: f"Next: put this right. {hint}",
        PARTIAL: f"Next: be more precise. {hint}",
    }


def test_a_missed_point_is_improved_before_a_heavier_one_half_made(bank: QuestionBank):
    question = bank.get(DRIFT)
    statuses = {p.id: PARTIAL for p in question.key_points} | {"detect-with-labels": MISSED}

    lines = next_lines(feedback(bank, question, a_grade_of(question, statuses)))

    assert question.point("detect-with-labels").hint in lines[0]


def test_the_follow_up_digs_into_the_weightiest_missed_point_that_has_one(bank: QuestionBank):
    question = bank.get(DRIFT)
    retrain, labels = ("When would you prefer online", "Labels arrive six weeks late")
    cases = {
        labels: {"changed-relationship": COVERED, "retrain": COVERED},
        retrain: {},
    }

    for start, statuses in cases.items():
        lines = next_lines(feedback(bank, question, a_grade_of(question, statuses)))
        assert lines[1].startswith(f"An interviewer would ask next: {start}")


def test_without_a_missed_point_that_has_one_it_is_the_first_follow_up(bank: QuestionBank):
    question = bank.get(DRIFT)
    everything = {p.id: COVERED for p in question.key_points}
    first = question.follow_ups[0].ask

    for statuses in (everything, everything | {"alert": MISSED}):
        lines = next_lines(feedback(bank, question, a_grade_of(question, statuses)))
        assert f"An interviewer would ask next: {first}" in lines


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_point_is_shown_once_and_the_same_grade_has_the_same_words(
    bank: QuestionBank, data: st.DataObject
):
    question = data.draw(st.sampled_from(tuple(bank)))
    statuses = {p.id: data.draw(st.sampled_from(PointStatus)) for p in question.key_points}
    evidence = {
        p.id: data.draw(st.sampled_from(["One.", "Two, one.", "3"])) for p in question.key_points
    }
    hits = tuple(a_hit(e) for e in data.draw(st.lists(st.sampled_from(["One.", "Four."]))))
    grade = a_grade_of(question, statuses, misconceptions=hits)
    grade = with_evidence(grade, {k: v for k, v in evidence.items() if statuses[k] is not MISSED})

    reply = feedback(bank, question, grade)

    assert reply == feedback(bank, question, grade)
    shown = [block.text for block in reply.blocks if isinstance(block, Point)]
    shown += [truth for contrast in contrasts(reply) for truth in contrast.truths]
    for point in question.key_points:
        text = point.hint if statuses[point.id] is MISSED else point.statement
        assert shown.count(text) == is_shown(question, point, statuses)


def test_a_bonus_is_named_only_where_nothing_that_was_asked_for_is_missing(bank: QuestionBank):
    plain = bank.get(DRIFT)
    *asked, last = plain.key_points
    question = plain.model_copy(
        update={"key_points": (*asked, last.model_copy(update={"role": PointRole.BONUS}))}
    )
    made = {point.id: COVERED for point in asked}

    all_made = feedback(bank, question, a_grade_of(question, made))
    none_made = feedback(bank, question, a_grade_of(question, {asked[0].id: PARTIAL}))

    assert [block.text for block in under(all_made, "To go further")] == [last.hint]
    assert not under(all_made, "What is missing")
    assert not any("Next: " in line for line in next_lines(all_made))
    assert last.hint not in [block.text for block in under(none_made, "What is missing")]
    assert not under(none_made, "To go further")


def test_nothing_is_missing_once_enough_was_said(bank: QuestionBank):
    plain = bank.get(DRIFT)
    question = plain.model_copy(update={"enough": 2})
    one, two, *rest = plain.essential
    assert rest

    few = feedback(bank, question, a_grade_of(question, {one.id: COVERED}))
    enough = feedback(bank, question, a_grade_of(question, {one.id: COVERED, two.id: COVERED}))

    assert len(under(few, "What is missing")) == len(rest) + 1
    assert not under(enough, "What is missing")


def test_what_fits_a_phone_comes_first_and_the_rest_is_a_press_away(bank: QuestionBank):
    question = bank.get(DRIFT)
    statuses = {"alert": COVERED, "retrain": CONTRADICTED}
    reply = feedback(bank, question, a_grade_of(question, statuses))

    shown = brief(reply)

    headings = [block.text for block in shown.blocks if isinstance(block, Heading)]
    assert headings == ["What is wrong", "What earned credit"]
    assert "Next: add a sentence." in text_of(shown)
    assert "What is missing" not in text_of(shown)
    assert shown.actions == (Action.RETRY, Action.ASK)
    details = f"feedback {reply.attempt_id}"
    assert [(each.label, each.words) for each in shown.choices] == [("Details", details)]
    assert "What is missing" in text_of(reply)
    assert "Read:" in text_of(reply)
    assert brief(shown) == shown


def test_words_that_earned_several_points_are_quoted_once_with_its_points_together(
    bank: QuestionBank,
):
    question = bank.get(DRIFT)
    first, second, third, *_ = question.key_points
    grade = a_grade_of(question, {first.id: COVERED, second.id: COVERED, third.id: PARTIAL})
    grade = with_evidence(grade, {first.id: "One.", third.id: "One."})

    reply = feedback(bank, question, grade)

    for shown in (reply, brief(reply)):
        assert text_of(shown).count("One.") == 1
    earned = [each for each in under(reply, "What earned credit") if isinstance(each, Point)]
    assert [each.text for each in earned] == [p.statement for p in (first, third, second)]
    assert earned[1].note == (
        f"Earned by the same words. Be more precise. {question.point(third.id).hint}"
    )


def test_what_words_earn_whole_stands_before_what_they_earn_in_part(bank: QuestionBank):
    question = bank.get(DRIFT)
    first, second, *_ = question.key_points
    grade = a_grade_of(question, {first.id: PARTIAL, second.id: COVERED})
    grade = with_evidence(grade, {first.id: "One.", second.id: "One."})

    earned = under(feedback(bank, question, grade), "What earned credit")

    assert [each.text for each in earned if isinstance(each, Point)] == [
        second.statement,
        first.statement,
    ]


def test_a_late_grade_names_its_question_in_brief_and_the_answer_in_its_details(
    bank: QuestionBank,
):
    question = bank.get(DRIFT)
    attempt = replace(an_attempt(DRIFT), answer="Long. " * 300)

    reply = practice_words.feedback(question, bank, attempt, None, late=True)

    assert question.prompt[:40] in text_of(brief(reply))
    assert attempt.answer not in text_of(brief(reply))
    assert attempt.answer in text_of(reply)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_screen_holds_what_is_shown_first(bank: QuestionBank, data: st.DataObject):
    question = data.draw(st.sampled_from(tuple(bank)))
    statuses = {p.id: data.draw(st.sampled_from(PointStatus)) for p in question.key_points}
    sentences = st.sampled_from(
        ["Labels come late. " * 20, "I retrain the model. " * 20, "x" * 400]
    )
    evidence = {p.id: data.draw(sentences) for p in question.key_points}
    grade = with_evidence(a_grade_of(question, statuses), evidence)

    shown = brief(feedback(bank, question, grade)).blocks

    made = [block for block in shown if isinstance(block, Credit)]
    credited = [each for each in statuses.values() if each in {COVERED, PARTIAL}]
    assert sorted(block.status for block in made) == sorted(credited)
    assert all(len(block.name + block.words + block.remark) <= LONGEST for block in made)
    quoted = {block.wrote for block in shown if isinstance(block, Contrast)}
    assert len(quoted) <= MOST_WRONG
    assert all(len(words or "") <= SENTENCE for words in quoted)


LONGEST = max(LINE, MOST + max(FEWEST, len(SAME_WORDS)))
"""Characters of the longest name, and of what always stands beside it."""


def test_what_was_no_try_is_told_nothing_to_read(bank: QuestionBank):
    question = bank.get(DRIFT)
    grade = a_grade_of(question, score=0, band=Band.NONE, flags=(Flag.OFF_TOPIC,))
    attempt = replace(an_attempt(question.id), grade=grade, counts=False)
    told = text_of(practice_words.feedback(question, bank, attempt, None))
    assert "Read:" not in told
    assert "doesn't count" in told
