"""The guide through a draft: asks for one step after the other, and keeps what was written."""

from collections.abc import Callable

from knowledge.authoring.draft import Draft
from knowledge.authoring.steps import Step, open_steps
from knowledge.bank import QuestionBank
from knowledge.question import Question

BACK = "<"
EXAMPLE = "?"


class Guide:
    """Lead through a draft; `save` is called with every change.

    What is passed over is asked again only by another guide.
    """

    def __init__(self, draft: Draft, bank: QuestionBank, save: Callable[[Draft], object]) -> None:
        self.draft = draft
        self._bank = bank
        self._save = save
        self._passed: set[str] = set()
        self._before: list[tuple[Draft, set[str]]] = []

    def step(self) -> Step | None:
        """Return what to write next, None when nothing is left that was not passed over."""
        steps = open_steps(self.draft, self._bank)
        return next((each for each in steps if each.key not in self._passed), None)

    def write(self, step: Step, text: str) -> str:
        """Take a text for a step, none to pass it over; return what is wrong, empty for nothing."""
        if text.strip():
            wrong = step.check(text)
            if wrong:
                return wrong
        self._before.append((self.draft, set(self._passed)))
        if not text.strip():
            self._passed.add(step.key)
            return ""
        self.draft = step.put(self.draft, text)
        self._save(self.draft)
        return ""

    def back(self) -> bool:
        """Take the last step back; False where there is none."""
        if not self._before:
            return False
        self.draft, self._passed = self._before.pop()
        self._save(self.draft)
        return True

    def example(self, step: Step) -> str:
        """Return what stands at this step's place in a question of the bank, near in topic."""
        questions = self._bank.by_topic(self.draft.topic) or tuple(self._bank)
        return next(iter(_values(questions[0], step.key)), "") if questions else ""


def _values(question: Question, key: str) -> list[str]:
    """Return the values of a question at a place such as `key_points[2].wrong`."""
    if key.startswith("key_points["):
        name = key.partition(".")[2] or "statement"
        found = getattr(question.key_points[0], name)
    elif key == "sources":
        source = question.sources[0]
        found = f"{source.kind.value}; {source.title}; {source.by}; {source.year}"
    elif key == "follow_ups":
        found = question.follow_ups[0].ask
    else:
        found = question
        for name in key.split("."):
            found = getattr(found, name)
    return [str(each) for each in found] if isinstance(found, tuple) else [str(found)]
