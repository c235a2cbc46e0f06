"""What can go wrong with the rules of a community."""

from bot.core.command_refs import ref
from bot.core.errors import UsageError
from bot.core.words.phrases import shortened

EXAMPLES = (
    f"{ref('rules staff off')}, {ref('rules season 2027-01-01')}, {ref('rules keep 90')} or "
    f"{ref('rules hosts here')}"
)


def unclear_rule(words: str) -> UsageError:
    """Refuse what names no rule of a community, or no value of it."""
    return UsageError(
        words,
        f"I cannot read {shortened(words)!r} as a rule, and nothing was changed. Type "
        f"{EXAMPLES}; {ref('rules')} alone shows what holds.",
    )
