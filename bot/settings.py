"""Settings: the environment (`COACH_…`, nested with `__`), then a .env file, then defaults.

What stands below a setting is its line in docs/configuration.md: `python -m tools.docs` writes it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from platformdirs import user_data_path
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationInfo,
    create_model,
    field_validator,
)
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from bot.grading_settings import GradingSettings
from bot.opinion_settings import OpinionSettings
from bot.rate_limit_settings import RateLimitSettings
from bot.setting_sources import PREFIX, SecretFiles
from bot.watch_settings import WatchSettings
from grading.encoder import DEFAULT_MODEL
from grading.precision import Precision

__all__ = ["PlatformSettings", "Settings", "SettingsError", "with_platforms"]

APPLICATION = "interview-coach"

HttpAddress = Annotated[str, Field(pattern=r"^https?://\S+$")]
WebSocketAddress = Annotated[str, Field(pattern=r"^wss?://\S+$")]

DATABASE_SCHEMES = ("sqlite:///", "postgres://", "postgresql://", "postgresql+psycopg://")


class PlatformSettings(BaseModel):
    """What an operator chooses for one platform; its folder says what."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", hide_input_in_errors=True, use_attribute_docstrings=True
    )


P = TypeVar("P", bound=PlatformSettings)


class Settings(BaseSettings):
    """Everything an operator can choose, whatever the platforms; `with_platforms` adds theirs."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
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
    """A model for natural language inference, by name or path, that gives a second opinion on what
    the grader is unsure of."""
    opinion: OpinionSettings = OpinionSettings()
    """A second opinion by a chat model instead."""
    grading: GradingSettings = GradingSettings()
    """Where answers are graded."""
    cache: Path | None = None
    """Another folder of computed vectors than `cache` in the home. It is safe to delete."""
    knowledge: Path | None = None
    """Your own folder with `topics.yaml` and `questions/`, instead of the shipped questions."""
    retention_days: Annotated[int, Field(gt=0, le=36_500)] | None = None
    """After how many days the text of an answer goes while its score stays. Without it, texts stay;
    a community may choose its own time."""
    backup_hours: Annotated[float, Field(ge=0, le=8_760)] = 24
    """How many hours lie between two copies of the database that `coach run` makes in `backups`; 0
    for none."""
    backups_kept: Annotated[int, Field(ge=0, le=1_000)] = 7
    """How many of these copies are kept. None is kept for longer than 30 days."""
    busy_seconds: Annotated[float, Field(gt=0, le=600)] = 5.0
    """How long to wait for a database that another program holds."""
    poll_seconds: Annotated[float, Field(ge=1, le=60)] = 25.0
    """How often to look whether a daily question is due. It may be as late as that."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """The least severe entry that is written to the log."""
    log_format: Literal["text", "json"] = "text"
    """How a line of the log looks: `text` for people, `json` for what collects logs."""

    rate_limits: RateLimitSettings = RateLimitSettings()
    """How often people may do what costs."""
    watch: WatchSettings = WatchSettings()
    """Health and metrics, for those who watch the coach."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let each secret come from a file that is named."""
        del file_secret_settings
        assert isinstance(env_settings, EnvSettingsSource)  # noqa: S101 so they always are
        assert isinstance(dotenv_settings, EnvSettingsSource)  # noqa: S101
        files = SecretFiles(settings_cls, env_settings, dotenv_settings)
        return init_settings, files, env_settings, dotenv_settings

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

    @field_validator("opinion")
    @classmethod
    def _only_opinion(cls, value: OpinionSettings, info: ValidationInfo) -> OpinionSettings:
        if value.url and info.data.get("nli_model"):
            raise ValueError("set COACH_NLI_MODEL or COACH_OPINION__URL, not both")
        return value

    @field_validator("grading")
    @classmethod
    def _no_opinion_elsewhere(cls, value: GradingSettings, info: ValidationInfo) -> GradingSettings:
        chosen = info.data.get("opinion")
        if value.backend == "ray" and chosen is not None and chosen.url:
            told = "its cap a day cannot be kept by many replicas"
            raise ValueError(f"set COACH_OPINION__URL or COACH_GRADING__BACKEND=ray: {told}")
        return value

    def of(self, kind: type[P]) -> P:
        """Return what was chosen for the platform with these settings.

        Raises:
            LookupError: these are the settings without that platform's.
        """
        for _, value in self:
            if isinstance(value, kind):
                return value
        raise LookupError(kind.__name__)

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
        """The folder of the copies that the coach makes of its database by itself."""
        return self.home / "backups"

    @property
    def ledger(self) -> Path:
        """The file that notes who was deleted, so that no copy brings them back."""
        return self.home / "deletions"

    @property
    def last_seen(self) -> Path:
        """The file that notes when the coach last served, by which a loss is noticed."""
        return self.home / "last-seen"

    @property
    def vectors(self) -> Path:
        """The folder of embedded texts."""
        return self.cache or self.home / "cache"

    @property
    def spent(self) -> Path:
        """The file that counts what second opinions cost a day."""
        return self.home / "opinions.sqlite3"

    @property
    def room(self) -> Path:
        """The file in which the terminal notes what it posted."""
        return self.home / "room.tsv"

    @property
    def history(self) -> Path:
        """The file of lines typed at the terminal."""
        return self.home / "history"

    @property
    def files(self) -> Path:
        """The folder of exports and pictures that were asked for at the terminal."""
        return self.home / "files"

    @property
    def log_file(self) -> Path:
        """The log."""
        return self.home / "coach.log"


def with_platforms(platforms: Mapping[str, type[PlatformSettings]]) -> type[Settings]:
    """Return the settings with a section for each platform, under its name."""
    sections: dict[str, Any] = {name: (kind, kind()) for name, kind in platforms.items()}
    return create_model("Settings", __base__=Settings, **sections)
