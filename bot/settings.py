"""Settings: the environment (`COACH_…`, nested with `__`), then a .env file, then defaults."""

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
    """How to reach Discord.

    Attributes:
        token: of the bot; without one, Discord is not served.
        token_file: a file with the token, such as a secret of a container.
        api_url, gateway_url, cdn_url: other addresses than Discord's own, for a proxy in front of
            its API or an emulator; the API's with its version, the gateway's only where Discord's
            own answer shall not count.
        proxy: an HTTP proxy for all connections.
        translations: a folder with own translations of the commands, a file a language; each takes
            the place of the one that comes with the program.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    token: SecretStr | None = None
    token_file: Path | None = None
    api_url: HttpAddress = "https://discord.com/api/v10"
    gateway_url: WebSocketAddress | None = None
    cdn_url: HttpAddress = "https://cdn.discordapp.com"
    proxy: HttpAddress | None = None
    translations: DirectoryPath | None = None

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
    """How to reach Slack, and how Slack reaches the coach.

    Attributes:
        mode: socket, for one workspace and without a public address, or http.
        bot_token: of the one workspace, beginning with xoxb-; not needed with OAuth.
        app_token: for socket, beginning with xapp-.
        signing_secret: for http; by it Slack's requests are known.
        client_id, client_secret: for http in many workspaces, which install the app by OAuth.
        key: at least 32 random characters under which the tokens of workspaces are sealed; several
            with commas between them while it changes, the new one first.
        api_url: another address than Slack's own, for GovSlack or an emulator.
        public_url: where Slack reaches the coach over http, for the manifest and OAuth.
        host, port: where to listen over http.
        managers: who may set up channels beside administrators and owners of the workspace: ids of
            users with commas between them; TEAM/USER where there are many workspaces.
        command: the command of the app.
        ask_command: a short command beside it that only asks, such as /ask; none by default.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    mode: Literal["socket", "http"] = "socket"
    bot_token: SecretStr | None = None
    app_token: SecretStr | None = None
    signing_secret: SecretStr | None = None
    client_id: str | None = None
    client_secret: SecretStr | None = None
    key: SecretStr | None = None
    api_url: HttpAddress = "https://slack.com/api/"
    public_url: HttpAddress | None = None
    host: Annotated[str, Field(min_length=1)] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 3000
    managers: str = ""
    command: SlackCommand = "/coach"
    ask_command: SlackCommand | None = None

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
    """Everything an operator can choose.

    Attributes:
        home: folder for the database, the vector cache, backups, logs and history.
        database: the URL of another database than the SQLite file in the home: `sqlite:///FILE`
            or `postgresql://USER:PASSWORD@HOST/NAME`. Nothing prints it.
        model: any sentence-transformers model, by name or path.
        precision: float32, bfloat16, or auto for the faster one on this processor.
        nli_model: any sequence classifier for natural language inference, by name or path, that
            gives a second opinion on each key point; none by default.
        cache: folder of embedded texts, safe to delete; inside the home by default.
        knowledge: a folder with topics.yaml and questions/, instead of the shipped one.
        retention_days: after how many days the texts of answers go while their scores stay; kept
            by default. A community may choose another time for what is answered there.
        busy_seconds: how long to wait for a database that another program holds.
        poll_seconds: how often it is looked whether a daily question is due: it comes so late at
            worst, and an idle look costs two short reads.
        log_level: least severe entry written to the log file.
        discord: how to reach Discord.
        slack: how to reach Slack.
    """

    model_config = SettingsConfigDict(
        env_prefix="COACH_",
        env_nested_delimiter="__",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,  # the input may be a password
    )

    home: Path = Field(default_factory=lambda: user_data_path(APPLICATION))
    database: SecretStr | None = None
    model: Annotated[str, Field(min_length=1)] = DEFAULT_MODEL
    precision: Precision = Precision.AUTO
    nli_model: Annotated[str, Field(min_length=1)] | None = None
    cache: Path | None = None
    knowledge: Path | None = None
    retention_days: Annotated[int, Field(gt=0, le=36_500)] | None = None
    busy_seconds: Annotated[float, Field(gt=0, le=600)] = 5.0
    poll_seconds: Annotated[float, Field(ge=1, le=60)] = 25.0
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    discord: DiscordSettings = DiscordSettings()
    slack: SlackSettings = SlackSettings()

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
