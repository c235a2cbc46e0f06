"""Words in which people talk with the coach, instead of answering. Pure.

Only words and phrases, no decisions: `parsing` says what follows from them. A phrase is anchored to
who speaks and to whom, for the field has bots, questions and scores of its own.
"""

import re
from typing import Final

from grading.text import FUNCTION_WORDS

AROUND_WISHES: Final = frozenset(
    """a an and be can coach could do get gimme give go got have hello hey hi i id ill im interview
    it just lemme let lets like may me might move my need nice now of ok okay on one ones please pls
    plz question show some stuck sure take thank thanks that the then there this to us want we will
    would yeah yes you""".split()
)
"""Words that wishes are wrapped in."""

GREETINGS: Final = frozenset(
    """afternoon awesome bye cheers cool evening good goodbye great haha hello hey hi hm hmm lol
    morning nice night ok okay oh oops perfect sorry sure thank thanks thx ty welcome wow yay yeah
    yep yes yo no nope nah""".split()
)
"""Words with which small talk begins."""

EVERYDAY: Final = frozenset(
    """ask back bad bit bot break busy call chat check come cool day dinner done fine fun funny game
    good guy guys hard hear home joke late later little long look lot lunch man many mate meet mind
    minute morning new nice off people play read real right say see seen send sleep soon start
    sunday talk tell test think time today tomorrow tonight try wait way week weekend work wrong
    year yesterday""".split()
)
"""Words that good answers have in common with any other talk."""

REPLIES: Final = frozenset("hm hmm nah no nope oh ok okay sure yay yeah yep yes".split())
"""Greetings with which answers begin as well: "no, it only looks at the past"."""

TALK: Final = GREETINGS | AROUND_WISHES | EVERYDAY | FUNCTION_WORDS
"""Words that make no answer by themselves."""

_LEAD: Final = (
    rf"^\W*(?:(?:{'|'.join(sorted(GREETINGS))}|actually|also|and|btw|but|coach|er+|guys?|honestly"
    r"|just|now|please|pls|plz|so|then|there|ugh|um+|wait|well)\b\W*){0,4}"
)
_WHO: Final = r"(?:any(?:one|body)|some(?:one|body)|he|i|she|they|u|we|you)"
_HERE: Final = (
    r"(?:answer|bot|coach|deadline|grade|interview|leaderboard|next|points?|question|score|time)"
)
_VERB: Final = (
    r"(?:are|am|can|could|did|do|does|had|has|have|is|may|might|must|shall|should|was|were|will|wo"
    r"|would)"
)

_ASKS_WHETHER: Final = rf"{_VERB}(?:\s?n['’]?t)?\s+(?:{_WHO}|my|that|the {_HERE}|there|your)\b"
_ASKS_WHAT: Final = (
    r"(?:how|what|when|where|which|who|why)"
    rf"(?:['’]?s\s+|['’]re\s+|\s+(?:\w+\s+){{0,2}}?{_VERB}(?:\s?n['’]?t)?\s+)"
    rf"(?:{_WHO}|it|my|that|the {_HERE}|there|this|winning|your)\b|who\s+\w+\s+you\b"
)
_ASKS_FOR: Final = (
    r"(?:ask|change|delete|dm|erase|explain|forget|gi(?:ve)?|leave|let|message|ping|remind|remove"
    r"|repeat|reset|restart|send|set|show|skip|stop|tell)\s*"
    r"(?:(?:me|mine|my)\b|(?:asking|bothering|messaging|pinging|sending|spamming)\b"
    rf"|(?:it|that|this|the (?:hint|last one|next one|{_HERE}))\s*(?:again|for me|now|please)?\W*$)"
)
_NOT: Final = r"(?:n['’]?t|(?:ca|do|did|wo)\s?n['’]?t|cannot|not)"
_SPEAKS_OF_ONESELF: Final = (
    r"(?:i think\s+)?i\s*(?:['’]?m|['’]ve|['’]ll|['’]d|am|did|do|had|have|just|was|will|would)?"
    rf"\s*{_NOT}?\s*(?:(?:already|just|rather|really|\w+ly)\s+)*"
    r"(?:agree|answer(?:ed)?|at (?:home|work)|back|be back|busy|come|confused|did say|disagree"
    r"|done|finished|follow|get|give up|go(?:ing)?|got|had to|hate|have (?:a question|to)|here|late"
    r"|leave|like|lost|love|mean|meant|mention(?:ed)?|need|nervous|off|on the|out|prefer|quit|said"
    r"|sick|sorry|stuck|tired|understand|want)\b"
)
_SPEAKS_OF_THIS: Final = (
    r"(?:i think\s+)?(?:my|this|your)\s+(?:app|battery|boss|bot|bus|cat|coach|computer|dog"
    r"|grad(?:e|ing)|husband|interview|internet|keyboard|kids?|laptop|name|phone|question|score"
    r"|streak|train|wife)\b|.*\byou (?:asked|gave|said|told)\b"
)
_BEGS: Final = (
    r"(?:please|pls|plz|stop)\b.{0,30}\bme\b|.*(?<!\bmay )(?<!\bto )\b(?:please|pls|plz)\W*$"
)

ASKS: Final = re.compile(rf"{_LEAD}(?:{_ASKS_WHETHER}|{_ASKS_WHAT})", re.IGNORECASE)
"""A text that begins as a question of one's own, with or without a mark at its end."""

TALKS: Final = re.compile(
    rf"{_LEAD}(?:{_ASKS_FOR}|{_SPEAKS_OF_ONESELF}|{_SPEAKS_OF_THIS}|{_BEGS})", re.IGNORECASE
)
"""A text that begins as a request to the coach, or about oneself and how one fares with it."""
