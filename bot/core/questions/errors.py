"""What can go wrong when a question is looked for."""

from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.core.command_refs import ref
from bot.core.errors import CoachError
from bot.core.words.phrases import listed, shortened

MOST_NEAR = 4
"""Topics named to somebody whose words name none."""

EVERYTHING = f"{ref('topics')} lists everything I can ask."


@dataclass(eq=False)
class UnknownOwnQuestion(CoachError):
    """The community has no own question of this name that could be meant."""

    name: str

    @property
    def sentence(self) -> str:
        return (
            f"No own question that is asked here has the name {shortened(self.name)!r}. "
            f"{ref('questions')} lists them."
        )


@dataclass(eq=False)
class UnknownTopic(CoachError):
    """No topic or question is near these words; carries topics, and the nearest questions."""

    words: str
    topics: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        words = shortened(self.words)
        alike = process.extract(self.words, self.topics, scorer=fuzz.WRatio, limit=MOST_NEAR)
        topics = tuple(topic for topic, _, _ in alike)
        near = [f"the topics {listed(topics, 'or')}"] if topics else []
        if self.questions:
            near.append(f"the questions {listed(tuple(map(repr, self.questions)), 'or')}")
        if not near:
            return f"I have no question about {words!r}. {EVERYTHING}"
        return (
            f"I have no question about {words!r}. The nearest I have: {'; '.join(near)}. "
            f"{EVERYTHING}"
        )
