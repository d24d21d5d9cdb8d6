"""Settings: flags, then the environment, then a `.env` file (DESIGN section 6)."""

import re
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from leadsync.errors import SettingsError
from leadsync.keen.options import KEEN_URL, ClientOptions

PREFIX = "LEADSYNC_"


class Settings(BaseSettings):
    """Where Keen is, with which key, how fast, and where the state is kept."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        allow_inf_nan=False,
        hide_input_in_errors=True,
    )

    api_key: SecretStr | None = None
    api_key_file: Path | None = None
    base_url: str = KEEN_URL
    state_dir: Path = Path(".leadsync")
    rate: float = Field(10.0, gt=0, le=1_000_000)
    concurrency: int = Field(8, ge=1, le=512)
    tries: int = Field(5, ge=1, le=100)
    timeout: float = Field(60.0, gt=0, le=3600)
    connect_timeout: float = Field(10.0, gt=0, le=3600)
    backoff: float = Field(0.5, ge=0, le=3600)
    longest_retry_after: float = Field(300.0, ge=0, le=86_400)
    patience: float = Field(600.0, ge=0, le=604_800)
    max_failures: str | None = None
    metrics_file: Path | None = None
    report_formats: str = "csv,xlsx,html,json"
    ping: SecretStr | None = None
    notify: SecretStr | None = None
    notify_on: Literal["failure", "change", "always"] = "failure"
    notify_details: bool = False

    @field_validator("notify", mode="before")
    @classmethod
    def _in_a_row(cls, given: Any) -> Any:
        """Take addresses from options, one each, as those of the environment, all in one text."""
        return " ".join(given) if isinstance(given, (list, tuple)) else given

    @field_validator("max_failures")
    @classmethod
    def _failures(cls, text: str | None) -> str | None:
        if text is not None and not re.fullmatch(r"\d{1,9}|(100|\d{1,2}(\.\d+)?)%", text):
            raise ValueError("write a number of rows, such as 100, or a share of them, such as 5%")
        return text

    @field_validator("api_key_file", "state_dir", "metrics_file")
    @classmethod
    def _at_home(cls, path: Path | None) -> Path | None:
        """Read `~` as a shell does; a `.env` file and cron have none that would."""
        try:
            return path and path.expanduser()
        except RuntimeError:
            raise ValueError("there is no such user") from None

    @property
    def has_key(self) -> bool:
        """Tell whether a key is set at all."""
        return self.api_key is not None or self.api_key_file is not None

    @property
    def ping_url(self) -> str | None:
        """Give the address of the health check; it is a secret of the user's."""
        return self.ping.get_secret_value() if self.ping else None

    @property
    def notify_urls(self) -> list[str]:
        """Give the addresses to notify, which are secrets; blanks and commas separate them where another one begins."""
        text = self.notify.get_secret_value().strip(" \t\r\n,") if self.notify else ""
        return re.split(r"[\s,]+(?=[A-Za-z][A-Za-z0-9+.-]*://)", text) if text else []

    def client_options(self, **overrides: Any) -> ClientOptions:
        """Give what the client needs; raises SettingsError where there is no usable key or address."""
        given: dict[str, Any] = {
            "base_url": self.base_url,
            "rate": self.rate,
            "concurrency": self.concurrency,
            "tries": self.tries,
            "timeout": self.timeout,
            "connect_timeout": self.connect_timeout,
            "backoff": self.backoff,
            "longest_retry_after": self.longest_retry_after,
            "patience": self.patience,
        }
        given |= overrides
        if "api_key" not in given:
            given["api_key"] = self._key()
        return ClientOptions(**given)

    def _key(self) -> SecretStr:
        if self.api_key is not None and self.api_key_file is not None:
            raise SettingsError("Both LEADSYNC_API_KEY and LEADSYNC_API_KEY_FILE are set: unset one of them.")
        if self.api_key is not None:
            return self.api_key
        if self.api_key_file is None:
            raise SettingsError(
                "There is no API key: make one in the Keen dashboard and set LEADSYNC_API_KEY, or "
                "LEADSYNC_API_KEY_FILE with the path of a file that holds it. To try it without: sync … --sandbox."
            )
        try:
            return SecretStr(self.api_key_file.read_text(encoding="utf-8").strip())
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not text"
            raise SettingsError(
                f"The key file {self.api_key_file} of LEADSYNC_API_KEY_FILE cannot be read ({reason})."
            ) from None


def load_settings(**flags: Any) -> Settings:
    """Read the settings; flags that are None were not given.

    Raises SettingsError with one sentence for each setting that cannot be used; it never shows a value.
    """
    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        raise SettingsError("\n".join(_sentence(flags, dict(fault)) for fault in error.errors())) from None
    except OSError as error:
        raise SettingsError(f"The file .env cannot be read ({error.strerror}): mend its permissions.") from None
    except UnicodeDecodeError:
        raise SettingsError("The file .env is not UTF-8 text: write it again, or remove it.") from None


def _sentence(flags: dict[str, Any], fault: dict[str, Any]) -> str:
    name = str(fault["loc"][0])
    where = f"--{name.replace('_', '-')}" if flags.get(name) is not None else PREFIX + name.upper()
    limits = fault.get("ctx", {})
    for word, key in (("above", "gt"), ("at least", "ge"), ("at most", "le"), ("below", "lt")):
        if key in limits:
            return f"{where} must be {word} {limits[key]:g}."
    if "expected" in limits:
        return f"{where} must be {limits['expected']}."
    if fault["type"].startswith("bool"):
        return f"{where} must be true or false."
    if fault["type"] == "value_error":
        return f"{where} cannot be used: {limits['error']}."
    return f"{where} cannot be used: it must be a {'whole number' if fault['type'].startswith('int') else 'number'}."
