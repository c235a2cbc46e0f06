"""How exactly the encoder computes: in 32 bits, or in 16 where the processor is made for it.

bfloat16 halves the time of a forward pass on processors that multiply it, and leaves vectors as
they were (cosine .9999); on others it would be slower than 32 bits. int8 is faster still, but
turns token vectors too far (cosine .87), so it is not offered.
"""

from enum import StrEnum
from functools import cache
from pathlib import Path

CPU_INFO = Path("/proc/cpuinfo")
BFLOAT16_FLAGS = frozenset({"avx512_bf16", "amx_bf16", "bf16"})
"""How Linux names the instructions on x86 and on ARM. Read from there, because asking PyTorch
would load it, and the name of a model is needed before that."""


class Precision(StrEnum):
    """The type of the encoder's weights; `auto` chooses by the processor."""

    AUTO = "auto"
    FLOAT32 = "float32"
    BFLOAT16 = "bfloat16"


def resolved(precision: Precision) -> Precision:
    """Return the precision itself, or for `auto` the faster one on this machine."""
    if precision is not Precision.AUTO:
        return precision
    return Precision.BFLOAT16 if multiplies_bfloat16(CPU_INFO) else Precision.FLOAT32


@cache
def multiplies_bfloat16(cpu_info: Path) -> bool:
    """Whether the processor has instructions for bfloat16; False where that cannot be read."""
    try:
        text = cpu_info.read_text(encoding="ascii", errors="ignore")
    except OSError:
        return False
    return not BFLOAT16_FLAGS.isdisjoint(text.split())
