"""Every environment variable of the service, once, each with a sentence.

Does not belong here: what the truth texts need (content/deployment.yaml), or any words.
The README's table of settings is tested against this module.
"""

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

CONTENT_DIR = Path(__file__).resolve().parent.parent / "content"

type Numbers = Annotated[tuple[str, ...], NoDecode]


class Settings(BaseSettings):
    """Read from `HANDRAIL_*`; a missing channel setting switches that channel off."""

    model_config = SettingsConfigDict(env_prefix="HANDRAIL_", extra="ignore", frozen=True)

    public_url: str = Field("", description="Where carriers and people reach the service.")
    database_url: SecretStr = Field(
        SecretStr(""), description="A PostgreSQL 15 or newer; empty starts one in the data folder."
    )
    data_dir: Path = Field(
        Path(".handrail"), description="Keys, the spool, and the service's own PostgreSQL."
    )
    port: int = Field(8080, description="Port of the web service.")
    rasa_url: str = Field("", description="A running Rasa server; empty starts one on loopback.")
    secret_keys: SecretStr = Field(
        SecretStr(""), description="`id:base64` keys, newest first; empty: kept in the data folder."
    )
    twilio_account_sid: str = Field("", description="Twilio account for SMS, WhatsApp and voice.")
    twilio_auth_token: SecretStr = Field(
        SecretStr(""), description="Twilio token; during a rotation both, with a comma between."
    )
    twilio_api_url: str = Field(
        "https://api.twilio.com", description="Another address for Twilio's REST API (tests)."
    )
    twilio_content_url: str = Field(
        "https://content.twilio.com", description="Another address for Twilio's Content API."
    )
    whatsapp_template_sid: str = Field(
        "", description="Neutral WhatsApp template sent when the 24-hour window has shut."
    )
    sms_number: str = Field("", description="Number that texts come to and leave from, E.164.")
    whatsapp_number: str = Field("", description="WhatsApp sender, E.164.")
    voice_number: str = Field("", description="Number that people ring, E.164.")
    voice_records: bool = Field(
        False, description="Talks on the telephone are recorded at Twilio, and callers told so."
    )
    dial_prefixes: Numbers = Field(
        ("+441", "+442", "+447"),
        description="Beginnings of numbers that are rung and texted, with commas.",
    )
    pager_number: str = Field("", description="Number that pages to staff are sent from, E.164.")
    safeguarding_number: str = Field(
        "", description="Out-of-hours safeguarding number that staff are shown, E.164."
    )
    oncall_number: str = Field("", description="Phone that is paged until a rota exists, E.164.")
    patrol_targets: Numbers = Field(
        (), description="Where route reports go, with commas: `telegram:id`, `whatsapp:+44`, `+44`."
    )
    onward: Numbers = Field(
        (),
        description="Programmes' own systems, with commas: `cirv=https://address whsec_secret`.",
    )
    watch_url: str = Field("", description="Dead man's address that a heartbeat is sent to.")
    page_url: str = Field(
        "", description="Topic that pages are posted to as well, such as one of ntfy."
    )
    drill_at: str = Field(
        "", description="Local time of the daily drill, `10:30`; empty: only by `handrail drill`."
    )
    telegram_token: SecretStr = Field(SecretStr(""), description="Telegram bot token.")
    telegram_name: str = Field("", description="Username of the Telegram bot, for links to it.")
    telegram_secret: SecretStr = Field(
        SecretStr(""), description="Secret that Telegram repeats in a header of each update."
    )
    telegram_api_url: str = Field(
        "https://api.telegram.org", description="Another address for Telegram's API (tests)."
    )

    practice: bool = Field(
        False, description="Made-up people alone; set by `handrail practice`, on its own database."
    )
    oidc_issuer: str = Field(
        "",
        description="Issuer that staff sign in by (Entra, Google, Keycloak); empty: off.",
    )
    oidc_client_id: str = Field("", description="What the identity provider calls this service.")
    oidc_client_secret: SecretStr = Field(
        SecretStr(""), description="Secret that the identity provider gave this service."
    )
    oidc_groups: str = Field(
        "",
        description="Groups and roles, `staff=worker,lead=supervisor,team=programme:cirv`.",
    )
    oidc_groups_claim: str = Field(
        "groups", description="Claim that holds the groups, such as `realm_access.roles` or `hd`."
    )

    @field_validator("patrol_targets", "dial_prefixes", "onward", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator(
        "public_url", "twilio_api_url", "twilio_content_url", "telegram_api_url", "oidc_issuer"
    )
    @classmethod
    def _without_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @property
    def twilio_tokens(self) -> tuple[str, ...]:
        """The tokens that a signature may be made with, the newest first."""
        tokens = self.twilio_auth_token.get_secret_value().split(",")
        return tuple(token.strip() for token in tokens if token.strip())
