"""What learners are told of that happened while they were not there."""

from functools import singledispatch

from bot.core.command_refs import ref
from bot.core.notifications import model as notifications_model
from bot.core.reply import Choice, Paragraph, Quote, Reply, Score
from bot.core.words.captions import full_date
from bot.core.words.phrases import counted, grade_name, percent


def notice(news: notifications_model.News) -> Reply:
    """Tell a learner what happened."""
    return _told(news)


@singledispatch
def _told(news: object) -> Reply:
    raise TypeError(f"no sentence for {type(news).__name__}")


def _paragraphs(*texts: str) -> Reply:
    return Reply(tuple(Paragraph(text) for text in texts))


@_told.register
def _(news: notifications_model.FlagHandled) -> Reply:
    return _paragraphs(
        f"A host has looked into what you flagged about “{news.question}”. Thank you!"
    )


@_told.register
def _(news: notifications_model.AppealAccepted) -> Reply:
    return _paragraphs(
        f"Your appeal about “{news.question}” was accepted: your sentence now counts for "
        f"the point behind “{news.point}”"
    )


@_told.register
def _(news: notifications_model.AppealDeclined) -> Reply:
    declined = Paragraph(
        f"Your appeal about “{news.question}” was declined: your sentence does not make the point "
        f"behind “{news.point}”"
    )
    if not news.reason:
        return Reply((declined,))
    return Reply((declined, Paragraph("The host's reason:"), Quote(news.reason)))


@_told.register
def _(news: notifications_model.ScoreRaised) -> Reply:
    when = f"{news.answered_on:%d %B %Y}".lstrip("0")
    scores = f"{percent(news.after)} instead of {percent(news.before)}"
    told = (
        f"Your answer of {when} to “{news.question}” now scores {scores}: a host accepted another "
        "wording of a key point."
    )
    return _paragraphs(told)


@_told.register
def _(news: notifications_model.DailyPaused) -> Reply:
    return _paragraphs(
        f"I have paused the daily question in {news.channel}: {news.reason}.",
        f"Once that's fixed, {ref('daily resume')} in the channel starts it again.",
    )


@_told.register
def _(news: notifications_model.ChannelGone) -> Reply:
    return _paragraphs(
        f"The channel {news.channel} is gone, so its question of the day has ended.",
        f"{ref('daily setup')} in another channel starts one there.",
    )


@_told.register
def _(news: notifications_model.HostsChannelShut) -> Reply:
    return _paragraphs(
        f"Something waits for hosts, and I can't post in the channel you chose for that: "
        f"{news.reason}.",
        f"I'll keep trying. {ref('rules hosts here')} in another channel moves it, and "
        f"{ref('appeals')}, {ref('flags')} and {ref('questions suggestions')} show what "
        "is open.",
    )


@_told.register
def _(news: notifications_model.DiscussionNotOpened) -> Reply:
    return _paragraphs(
        f"I could not open the {'private discussion' if news.private else 'thread'} in "
        f"{news.channel}: {news.reason}. The question is posted without one.",
        f"{ref('daily set thread off')} in the channel turns discussions off.",
    )


@_told.register
def _(news: notifications_model.ResultsNotPosted) -> Reply:
    return _paragraphs(
        f"I could not post the results in {news.channel}: {news.reason}.",
        f"{ref('daily results')} in the channel shows them, and the grades stand.",
    )


@_told.register
def _(news: notifications_model.QuestionsRunOut) -> Reply:
    left = counted(news.left, "question")
    return _paragraphs(
        f"{news.channel} has only {left} left that it hasn't seen; after that they repeat, "
        f"oldest first. {ref('daily set topics all')} or questions of your own give it "
        "more."
    )


@_told.register
def _(news: notifications_model.RoleNotMoved) -> Reply:
    return _paragraphs(
        f"I could not move the role of the champion of the month: {news.reason}.",
        f"Once that's fixed, {ref('coach champion')} with the role tries again.",
    )


@_told.register
def _(news: notifications_model.SuggestionAccepted) -> Reply:
    return Reply(
        (
            Paragraph("A host accepted your question. It will be asked from now on:"),
            Quote(news.question),
        )
    )


@_told.register
def _(news: notifications_model.SuggestionDeclined) -> Reply:
    return Reply(
        (
            Paragraph("A host declined your question; thanks all the same:"),
            Quote(news.question),
        )
    )


@_told.register
def _(news: notifications_model.GradedLate) -> Reply:
    when = f"{news.answered_on:%d %B %Y}".lstrip("0")
    return Reply(
        (
            Paragraph(f"Your answer of {when} to “{news.question}” has its grade."),
            Score(news.score, news.band, grade_name(news.score, news.band)),
            Paragraph(f"{ref(f'feedback {news.attempt_id}')} shows what earned it.", quiet=True),
        ),
        choices=(Choice("See what earned it", f"feedback {news.attempt_id}"),),
    )


@_told.register
def _(news: notifications_model.ReviewsDue) -> Reply:
    due = counted(news.count, "review is", "reviews are")
    return Reply(
        (
            Paragraph(
                f"{due} due on {full_date(news.on)}. {ref('review')} brings the most pressing one."
            ),
            Paragraph(f"{ref('settings reminders off')} stops these messages.", quiet=True),
        )
    )
