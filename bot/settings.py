"""Settings: the environment (`COACH_…`, nested with `__`), then a .env file, then defaults.

What stands below a setting is its line in docs/configuration.md: `python -m tools.docs` writes it.
"""

import re
from pathlib import Path
from typing import Annotated, Literal, Self

from platformdirs import user_data_path
from pydantic import (
    BaseModel,
    ConfigDict,
    DirectoryPath,
    Field,
    SecretStr,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from grading.encoder import DEFAULT_MODEL
from grading.precision import Precision

APPLICATION = "interview-coach"

SlackCommand = Annotated[str, Field(pattern=r"^/[a-z0-9_-]{1,31}$")]
SLACK_KEY_CHARACTERS = 32
SLACK_USER = re.compile(r"[UW][A-Z0-9]{2,30}")
SLACK_USER_OF_TEAM = re.compile(r"[TE][A-Z0-9]{2,30}/[UW][A-Z0-9]{2,30}")

HttpAddress = Annotated[str, Field(pattern=r"^https?://\S+$")]
WebSocketAddress = Annotated[str, Field(pattern=r"^wss?://\S+$")]

DATABASE_SCHEMES = ("sqlite:///", "postgres://", "postgresql://", "postgresql+psycopg://")


class DiscordSettings(BaseModel):
    """How to reach Discord."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", hide_input_in_errors=True, use_attribute_docstrings=True
    )

    token: SecretStr | None = None
    """The token of your application's bot. Without one, Discord is not served."""
    token_file: Path | None = None
    """A file that holds the token, such as a container's secret."""
    api_url: HttpAddress = "https://discord.com/api/v10"
    """Another address of the API, version included, such as that of a proxy in front of it."""
    gateway_url: WebSocketAddress | None = None
    """Another address of the gateway than the one that the API names."""
    cdn_url: HttpAddress = "https://cdn.discordapp.com"
    """Another address of the files."""
    proxy: HttpAddress | None = None
    """An HTTP proxy for every connection to Discord."""
    translations: DirectoryPath | None = None
    """A folder with your own translations of the commands, such as `it.yaml`. Each replaces the one
    that comes with the coach."""

    @property
    def secret(self) -> str | None:
        """The token, from wherever it is; hand it on, never print it.

        Raises:
            OSError: the file cannot be read.
        """
        if self.token is not None:
            return self.token.get_secret_value().strip() or None
        if self.token_file is not None:
            return self.token_file.expanduser().read_text(encoding="utf-8").strip() or None
        return None


class SlackSettings(BaseModel):
    """How to reach Slack, and how Slack reaches the coach."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", hide_input_in_errors=True, use_attribute_docstrings=True
    )

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
    command: SlackCommand = "/coach"
    """The command. Print the manifest again when you change it."""
    ask_command: SlackCommand | None = None
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
        pattern = SLACK_USER_OF_TEAM if self.client_id else SLACK_USER
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
        if any(len(each.strip()) < SLACK_KEY_CHARACTERS for each in keys):
            raise ValueError("openssl rand -hex 32 writes a good one")
        return value


class Settings(BaseSettings):
    """Everything an operator can choose."""

    model_config = SettingsConfigDict(
        env_prefix="COACH_",
        env_nested_delimiter="__",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,  # the input may be a password
        use_attribute_docstrings=True,
    )

    home: Path = Field(default_factory=lambda: user_data_path(APPLICATION))
    """The folder for everything that the coach stores. `--home` goes before it."""
    database: SecretStr | None = None
    """The URL of another database than `coach.sqlite3` in the home: `sqlite:///FILE` or
    `postgresql://USER:PASSWORD@HOST/NAME`."""
    model: Annotated[str, Field(min_length=1)] = DEFAULT_MODEL
    """Any sentence-transformers model, by name or path. The grader's weights were fitted with the
    default."""
    precision: Precision = Precision.AUTO
    """How the model computes. `auto` takes `bfloat16` where the processor multiplies it: twice as
    fast, with the same agreement, though a score may differ in the third decimal."""
    nli_model: Annotated[str, Field(min_length=1)] | None = None
    """A model for natural language inference, by name or path, that gives a second opinion on each
    key point."""
    cache: Path | None = None
    """Another folder of computed vectors than `cache` in the home. It is safe to delete."""
    knowledge: Path | None = None
    """Your own folder with `topics.yaml` and `questions/`, instead of the shipped questions."""
    retention_days: Annotated[int, Field(gt=0, le=36_500)] | None = None
    """After how many days the text of an answer goes while its score stays. Without it, texts stay;
    a community may choose its own time."""
    busy_seconds: Annotated[float, Field(gt=0, le=600)] = 5.0
    """How long to wait for a database that another program holds."""
    poll_seconds: Annotated[float, Field(ge=1, le=60)] = 25.0
    """How often to look whether a daily question is due. It may be as late as that."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """The least severe entry that is written to the log."""
    discord: DiscordSettings = DiscordSettings()
    """How to reach Discord."""
    slack: SlackSettings = SlackSettings()
    """How to reach Slack, and how Slack reaches the coach."""

    @field_validator("log_level", mode="before")
    @classmethod
    def _capitals(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("database")
    @classmethod
    def _scheme(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not value.get_secret_value().startswith(DATABASE_SCHEMES):
            raise ValueError("write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME")
        return value

    @field_validator("home", "cache", "knowledge")
    @classmethod
    def _whole_path(cls, value: Path | None) -> Path | None:
        return value.expanduser().absolute() if value else None

    @property
    def database_url(self) -> str:
        """The URL or the path of the database, with its password: hand it on, never print it."""
        return self.database.get_secret_value() if self.database else str(self.database_file)

    @property
    def database_file(self) -> Path:
        """The SQLite file in the home, which serves unless `database` names another one."""
        return self.home / "coach.sqlite3"

    @property
    def backups(self) -> Path:
        """The folder of copies made before the database changes its schema."""
        return self.home / "backups"

    @property
    def vectors(self) -> Path:
        """The folder of embedded texts."""
        return self.cache or self.home / "cache"

    @property
    def discord_commands(self) -> Path:
        """The file of what Discord was told last of the commands."""
        return self.home / "discord-commands.json"

    @property
    def room(self) -> Path:
        """The file in which the terminal notes what it posted."""
        return self.home / "room.tsv"

    @property
    def history(self) -> Path:
        """The file of lines typed at the terminal."""
        return self.home / "history"

    @property
    def log_file(self) -> Path:
        """The log."""
        return self.home / "coach.log"


def load_settings(home: Path | None = None) -> Settings:
    """Read the settings; a `home` given on the command line wins over the environment.

    Raises:
        pydantic.ValidationError: a setting has a value that does not fit.
    """
    return Settings(home=home) if home else Settings()
