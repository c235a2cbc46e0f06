"""Long texts of much the same form, stored in a third of their size."""

import zlib

from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

FORM = b"\x01"
"""The first byte of what is stored: which phrases it was packed with. These never change; others
would come with another byte."""

PHRASES = (
    b'"misconceptions":[{"text":"","correction":"","evidence":""}],"flags":["too_short","dont_know",'
    b'"echo","keyword_list","off_topic","copied_reference","copied_answer"],"closest_question":null,'
    b'"second_opinion":{"outcome":"","confirmed":0,"contradicted":0},'
    b'"role":"bonus","weight":1.0,"status":"contradicted","credit":0.0,"opposed":1.0,"unsure":true,'
    b'"status":"partial","credit":0.5,"opposed":0.0,"unsure":false,"evidence":"'
    b'"status":"missed","credit":0.0,"opposed":0.0,"unsure":false,"evidence":null},{"id":"'
    b'{"question_id":"","score":0.0,"band":"excellent" "good" "partial" "weak","points":[{"id":"",'
    b'"text":"The ","role":"essential","weight":2.0,"status":"covered","credit":1.0,"opposed":0.0,'
    b'"unsure":false,"evidence":"The "}],"misconceptions":[],"flags":[],"closest_question":null,'
    b'"grader":{"version":"1","model":"all-MiniLM-L6-v2","second_opinion":null},"second_opinion":null}'
)
"""What grades have in common; the commonest at the end."""


class Packed(TypeDecorator[str]):
    """A text as Python knows it, and compressed bytes in the table."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> bytes | None:
        """Return the text in its packed form."""
        return None if value is None else pack(value)

    def process_result_value(self, value: bytes | None, _dialect: Dialect) -> str | None:
        """Return the text."""
        return None if value is None else unpack(value)


def pack(text: str) -> bytes:
    """Return a text in the form in which it is stored."""
    packing = zlib.compressobj(level=9, wbits=-zlib.MAX_WBITS, zdict=PHRASES)
    return FORM + packing.compress(text.encode()) + packing.flush()


def unpack(stored: bytes) -> str:
    """Return the text of what is stored."""
    unpacking = zlib.decompressobj(wbits=-zlib.MAX_WBITS, zdict=PHRASES)
    return (unpacking.decompress(stored[len(FORM) :]) + unpacking.flush()).decode()
