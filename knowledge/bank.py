"""The bank: every question in a fixed order, found by id, by name or by topic."""

from collections.abc import Iterable, Iterator

from knowledge.errors import UnknownQuestion
from knowledge.question import Question, Topic, fold
from knowledge.tracks import Track


class QuestionBank:
    """Hold validated questions in a fixed order: topics as listed, then by id."""

    def __init__(
        self,
        topics: Iterable[Topic],
        questions: Iterable[Question],
        tracks: Iterable[Track] = (),
    ) -> None:
        self.topics = tuple(topics)
        self.tracks = tuple(tracks)
        order = {topic.id: rank for rank, topic in enumerate(self.topics)}
        self._questions = {
            question.id: question
            for question in sorted(questions, key=lambda q: (order[q.topic], q.id))
        }
        self._by_name = {
            fold(name): question
            for question in self._questions.values()
            for name in names_of(question)
        }
        self._topic_by_name = {
            fold(name): topic
            for topic in self.topics
            for name in (topic.id, topic.title, *topic.aliases)
        }
        self._track_by_name = {
            fold(name): track
            for track in self.tracks
            for name in (track.id, track.title, *track.aliases)
        }

    def __iter__(self) -> Iterator[Question]:
        return iter(self._questions.values())

    def __len__(self) -> int:
        return len(self._questions)

    def __contains__(self, question_id: object) -> bool:
        return question_id in self._questions

    def asks(self, question_id: str) -> bool:
        """Whether the question may be asked: it is here and was not retired."""
        return question_id in self

    def asked_in(self, _community_id: int) -> tuple[Question, ...]:
        """Return the questions that are asked in a community; a plain bank's, everywhere."""
        return tuple(self)

    def get(self, question_id: str) -> Question:
        """Return the question with this id.

        Raises:
            UnknownQuestion: no question has it.
        """
        try:
            return self._questions[question_id]
        except KeyError:
            raise UnknownQuestion(question_id) from None

    def by_topic(self, topic_id: str) -> tuple[Question, ...]:
        """Return the topic's questions in the bank's order; none for an unknown topic."""
        return tuple(question for question in self if question.topic == topic_id)

    def topic(self, topic_id: str) -> Topic:
        """Return the topic with this id.

        Raises:
            KeyError: there is no such topic.
        """
        for topic in self.topics:
            if topic.id == topic_id:
                return topic
        raise KeyError(topic_id)

    def named(self, name: str) -> Question | None:
        """Return the question whose id, slug, alias or prompt is exactly this, case aside."""
        return self._by_name.get(fold(name))

    def topic_named(self, name: str) -> Topic | None:
        """Return the topic whose id, title or alias is exactly this, case aside."""
        return self._topic_by_name.get(fold(name))

    def track_named(self, name: str) -> Track | None:
        """Return the track whose id, title or alias is exactly this, case aside."""
        return self._track_by_name.get(fold(name))


def names_of(question: Question) -> tuple[str, ...]:
    """Return every name that must lead to this question and to no other."""
    words = question.slug.replace("-", " ")
    return (question.id, question.slug, words, question.prompt, *question.aliases)
