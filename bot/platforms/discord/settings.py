"""What an operator chooses for Discord: `COACH_DISCORD__…`."""

from typing import Annotated, Self

from pydantic import DirectoryPath, Field, SecretStr, model_validator

from bot.platforms.discord.shards import Shards
from bot.settings import HttpAddress, PlatformSettings, WebSocketAddress

CONFIGURED_BY = "COACH_DISCORD__TOKEN to the token of your Discord application (docs/discord.md)"
"""What configures Discord, to be read behind "Set"."""


class DiscordSettings(PlatformSettings):
    """How to reach Discord."""

    token: SecretStr | None = None
    """The token of your application's bot. Without one, Discord is not served."""
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

    shard_ids: str = ""
    """Which shards this program serves, such as `0,1` or `4-7`, where several programs share the
    servers. Without it, one program serves all."""
    shard_count: Annotated[int, Field(ge=1, le=100_000)] | None = None
    """How many shards there are in all, the same in every program."""

    @property
    def shards(self) -> Shards:
        """The part of the servers that this program serves."""
        return Shards.of(self.shard_ids.strip(), self.shard_count)

    @model_validator(mode="after")
    def _sound_shards(self) -> Self:
        _ = self.shards
        return self

    @property
    def secret(self) -> str | None:
        """The token; hand it on, never print it."""
        return self.token.get_secret_value().strip() or None if self.token else None
