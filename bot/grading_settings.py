"""What an operator chooses about where answers are graded: `COACH_GRADING__…`."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class GradingSettings(BaseModel):
    """Here, or in a cluster."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", hide_input_in_errors=True, use_attribute_docstrings=True
    )

    backend: Literal["local", "ray"] = "local"
    """Where learners' answers are graded: `local` in the program itself, `ray` in a cluster by Ray
    Serve, for which the extra `ray` has to be installed. While the cluster does not answer, answers
    are kept and graded later, and never by the program instead."""
    ray_address: Annotated[str, Field(min_length=1)] | None = None
    """The cluster, such as `10.0.0.5:6379`, of which this machine is a node, or `auto` for the one
    that this machine belongs to. Without it, the program starts one of its own on this machine."""
    seconds: Annotated[float, Field(ge=1, le=120)] = 20.0
    """How long a grade of the cluster is waited for. An answer that has none by then is kept, and
    its grade comes as news."""
    least_replicas: Annotated[int, Field(ge=1, le=1_000)] = 2
    """How many replicas there are at least, each with 0.7 GB. With two, one can die
    or be replaced while the other grades."""
    most_replicas: Annotated[int, Field(ge=1, le=1_000)] = 4
    """How many there are at most, when many answers wait."""

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.least_replicas > self.most_replicas:
            raise ValueError("LEAST_REPLICAS is more than MOST_REPLICAS")
        return self
