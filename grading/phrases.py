"""Phrases of people who do not know, who talk to the grader, or who talk about the question.

Only phrases, no decisions: `gates` says what follows from them. Each pattern is anchored to a
speaker or an addressee where the bare words are part of the field ("a forward pass", "the highest
score", "never learned from the data").
"""

import re

_I = r"\bi(?:['’](?:m|ve|d)|\s+(?:am|have|would))?\s+(?:(?!think\b|use\b)\w+\s+){0,2}"
_START = (
    r"^\W*(?:(?:sorry|honestly|really|well|uh|um+|hmm+|just|but|still|actually|ok|okay|nope|no)"
    r"\W+){0,3}"
)

DONT_KNOW = re.compile(
    "|".join(
        (
            r"\bidk\b|\bdunno\b|\bbeats me\b|\bno (?:idea|clue|answer)\b",
            rf"(?:{_I}|{_START}|[,;-]\s+)not (?:really |quite |entirely |at all )?sure\b",
            rf"(?:{_I}|{_START})(?:do|did|could|ca|can)\s?n[o'’]*t\s+(?:\w+\s+){{0,2}}"
            r"(?:know|remember|recall|tell|say|answer|explain|name|think of)\b",
            r"\b(?:have|haven['’]?t|got)\s+(?:no|a|the)?\s*(?:slightest|foggiest|idea|clue)",
            rf"(?:{_I}|{_START})never\s+(?:really\s+)?"
            r"(?:heard|learn(?:ed|t)|used|stud|touched|worked|came|come|looked|understood)",
            r"\blook\s+(?:\w+\s+){1,2}up\b|\bmaking (?:things|it|this) up\b|\brather not guess\b",
            r"\b(?:not|isn['’]?t) (?:really )?(?:my (?:area|field|thing|strength)|something i c)",
            r"\bheard (?:of it|the (?:term|name))\b|\bblank(?:ing|ed)?\b|\bover my head\b",
            r"^\W*(?:i(?:['’]ll| will| must| have to)? )?pass\b"
            r"(?= on\b|\W*$|\W+(?:sorry|please|next))",
            r"\bskip (?:this|it|please|that)\b|\b(?:the )?next question\b",
            r"\b(?:go|move|skip)(?: on)? to the next one\b|\ball i can offer\b",
        )
    ),
    re.IGNORECASE,
)
"""A sentence in which somebody admits not to know."""

TO_THE_GRADER = re.compile(
    "|".join(
        (
            # the rules are to be dropped
            r"\b(?:ignore|disregard|forget|override|bypass|omit)\b.{0,60}\b(?:rubric|instructions?"
            r"|prompt|criteria|grading|guidelines?|criticism|reference answer"
            r"|(?:the|all|everything|anything|text) (?:above|before))",
            r"\b(?:ignore|disregard|override|bypass)\b.{0,20}\brules\b",
            # marks are to be handed out
            r"\b(?:full|all the|maximum possible)\s+(?:possible\s+)?"
            r"(?:marks?|scores?|points?|credits?|grades?|rating)\b",
            r"\b(?:give|award|assign|grant|hand|deserves?|put|write|wrote|enter|return|output"
            r"|receive|earn|reward)s?\b.{0,60}\b(?:top|perfect|maximum|max|highest)\s+"
            r"(?:possible\s+)?(?:marks?|scores?|points?|credits?|grades?|rating)\b",
            r"\b(?:top|perfect|maximum|max|highest)\s+(?:possible\s+)?(?:marks?|credits?|grade)\b",
            r"\b(?:give|award|assign|grant|hand|deserve|put|write|wrote|enter)\b.{0,40}"
            r"(?:\b10\s*/\s*10|\bthe maximum\b)|\b(?:award|deserve|give me)\b.{0,20}\bmarks\b",
            r"\b(?:mark|grade|count|treat|accept|consider|rate|record|tick|list|confirm)\s+"
            r"(?:off\s+)?(?:this|it|my|me|the (?:answer|point|rest)|(?:every|each|all)"
            r"(?:\s+\w+){0,3}?\s+(?:points?|criteri\w+|answers?|items?|box\w*))\b.{0,40}"
            r"\b(?:correct|covered|complete|fulfilled|met|passed|strong|excellent|right)\b",
            r"(?<!f1 )(?<!f1-)(?<!f )[\"']?\b(?:score|grade|band|marks?|verdict|status)[\"']?\s*"
            r"(?:[:=]|\bis\b|\bto\b)\s*[\"']?"
            r"(?:1(?:\.0+)?\b|10\b|100\b|full|max|strong|perfect|complete|covered|excellent)",
            # the grader is addressed or given a part to play
            r"\b(?:rubric|grader|examiner|candidate answer)\b",
            r"\b(?:every|all|each)(?: of)?(?: the| your)?(?: \w+)? key ?points?\b",
            r"\bkey ?points?\b.{0,30}\b(?:covered|fulfilled|met|satisfied)\b",
            r"\b(?:in character|play a game)\b|\bmy (?:grade|score|marks)\b",
            r"\b(?:system|developer|assistant)\s*(?:prompt|message|override|note|instruction)",
            r"^\W*(?:system|developer|assistant)\W*:",
            r"\bnote to the (?:model|ai|system)\b|\bauto-?approved?\b",
            r"\byou are (?:now )?(?:an? |the |my )?(?:\w+ ){0,3}(?:assistant|evaluator|ai|bot)\b",
        )
    ),
    re.IGNORECASE | re.DOTALL,
)
"""A sentence that tries to talk the grader into marks instead of answering."""

ABOUT_THE_QUESTION = frozenset(
    """ask question answer explain describ discuss tell say said compar differ thing way part situat
    reason matter need want know choos choic depend determin interest work exact certain name look
    hear two kind exist give given consid call differenc detail topic talk task requir come goe
    place sit short first second""".split()
)
"""Stems with which a question is talked about; they add nothing to a restated question."""
