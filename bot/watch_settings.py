"""What an operator chooses for watching the coach: `COACH_WATCH__…`."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class WatchSettings(BaseModel):
    """Where those who watch the coach ask."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", hide_input_in_errors=True, use_attribute_docstrings=True
    )

    port: Annotated[int, Field(ge=1, le=65_535)] | None = None
    """The port of `/healthz`, `/readyz` and `/metrics`, such as 9464. Without one, nothing listens
    there."""
    host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    """The address to listen on for them. Nobody is asked who they are: keep it within your own
    network."""
