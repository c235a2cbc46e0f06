"""What an operator chooses for a second opinion by a chat model: `COACH_OPINION__…`."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator


class OpinionSettings(BaseModel):
    """Whom to ask, and what that may cost."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", hide_input_in_errors=True, use_attribute_docstrings=True
    )

    url: str | None = None
    """A server that speaks OpenAI's chat completions and gives a second opinion on what the grader
    is unsure of, such as `http://localhost:11434/v1`. The sentences in question are sent there.
    `https`, or `http` within your own network."""
    model: Annotated[str, Field(min_length=1)] | None = None
    """The model to ask there, by the name that the server has for it."""
    key: SecretStr | None = None
    """The key, where the server wants one."""
    seconds: Annotated[float, Field(gt=0, le=60)] = 8.0
    """How long a learner waits for a second opinion at most."""
    calls_a_day: Annotated[int, Field(ge=1, le=1_000_000)] = 500
    """How often the server is asked a day at most, in UTC."""
    tokens_a_day: Annotated[int, Field(ge=10_000, le=1_000_000_000)] = 1_000_000
    """How many tokens, of questions and replies together, are used a day at most, in UTC."""

    @field_validator("url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        if value is not None:
            from grading.chat_endpoint import Address

            Address.of(value)
        return value

    @field_validator("key")
    @classmethod
    def _sendable(cls, value: SecretStr | None) -> SecretStr | None:
        return _key(value.get_secret_value()) if value is not None else None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.url is None) != (self.model is None):
            raise ValueError("set COACH_OPINION__URL and COACH_OPINION__MODEL, or neither")
        return self


def _key(text: str) -> SecretStr | None:
    """Return a key without the blanks around it; None when it is empty."""
    plain = text.strip()
    if not all("!" <= sign <= "~" for sign in plain):
        raise ValueError("a key is one word of plain letters, digits and signs")
    return SecretStr(plain) if plain else None
