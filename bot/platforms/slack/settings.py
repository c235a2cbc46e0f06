"""What an operator chooses for Slack: `COACH_SLACK__…`."""

import re
from typing import Annotated, Literal, Self

from pydantic import Field, SecretStr, ValidationInfo, field_validator, model_validator

from bot.settings import HttpAddress, PlatformSettings

CommandName = Annotated[str, Field(pattern=r"^/[a-z0-9_-]{1,31}$")]
KEY_CHARACTERS = 32
USER = re.compile(r"[UW][A-Z0-9]{2,30}")
USER_OF_TEAM = re.compile(r"[TE][A-Z0-9]{2,30}/[UW][A-Z0-9]{2,30}")


class SlackSettings(PlatformSettings):
    """How to reach Slack, and how Slack reaches the coach."""

    mode: Literal["socket", "http"] = "socket"
    """`socket` for one workspace and no public address; `http` for many."""
    bot_token: SecretStr | None = None
    """The token of the app in your workspace, `xoxb-…`. Many workspaces need none."""
    app_token: SecretStr | None = None
    """For `socket`: the app-level token, `xapp-…`."""
    signing_secret: SecretStr | None = None
    """For `http`: proves that a request comes from Slack."""
    client_id: str | None = None
    """For many workspaces, which install the app themselves: its client ID."""
    client_secret: SecretStr | None = None
    """For many workspaces: the client secret of the app."""
    key: SecretStr | None = None
    """For many workspaces: at least 32 random characters that seal their tokens. To change it, put
    the new one before the old one, with a comma between."""
    api_url: HttpAddress = "https://slack.com/api/"
    """Another address of the API, such as GovSlack's `https://slack-gov.com/api/`."""
    public_url: HttpAddress | None = None
    """For `http`: where Slack reaches the coach."""
    host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    """For `http`: the address to listen on."""
    port: Annotated[int, Field(ge=0, le=65_535)] = 3000
    """For `http`: the port to listen on."""
    managers: str = ""
    """Member IDs of those who may set up channels beside admins and owners, separated by commas;
    `TEAM/USER` where there are many workspaces. *Copy member ID* is in the menu of a profile."""
    command: CommandName = "/coach"
    """The command. Print the manifest again when you change it."""
    ask_command: CommandName | None = None
    """A short command beside it that only asks, such as `/ask`."""

    @property
    def is_set(self) -> bool:
        """Whether anything says that Slack is to be served."""
        secrets = (self.bot_token, self.app_token, self.signing_secret, self.client_secret)
        return any(secrets) or self.client_id is not None

    @property
    def missing(self) -> tuple[str, ...]:
        """The settings that this mode still needs, as their variables are called."""
        needed = {"BOT_TOKEN": self.bot_token, "APP_TOKEN": self.app_token}
        if self.mode == "http":
            needed = {"SIGNING_SECRET": self.signing_secret}
            if self.client_id is None:
                needed["BOT_TOKEN"] = self.bot_token
            else:
                needed |= {"CLIENT_SECRET": self.client_secret, "KEY": self.key}
        return tuple(f"COACH_SLACK__{name}" for name, value in needed.items() if not value)

    @property
    def manager_ids(self) -> frozenset[str]:
        """The managers, one by one."""
        return frozenset(filter(None, (each.strip() for each in self.managers.split(","))))

    @model_validator(mode="after")
    def _sound_managers(self) -> Self:
        pattern = USER_OF_TEAM if self.client_id else USER
        unfit = sorted(each for each in self.manager_ids if not pattern.fullmatch(each))
        if unfit:
            like = "T0123ABCD/U0456EFGH" if self.client_id else "U0456EFGH"
            raise ValueError(f"managers: a user is named like {like}")
        return self

    @field_validator("bot_token", "app_token")
    @classmethod
    def _kind(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        begins = {"bot_token": "xoxb-", "app_token": "xapp-"}[info.field_name or ""]
        if value and not value.get_secret_value().startswith(begins):
            raise ValueError(f"this token begins with {begins}")
        return value

    @field_validator("key")
    @classmethod
    def _long(cls, value: SecretStr | None) -> SecretStr | None:
        keys = value.get_secret_value().split(",") if value else []
        if any(len(each.strip()) < KEY_CHARACTERS for each in keys):
            raise ValueError("openssl rand -hex 32 writes a good one")
        return value
