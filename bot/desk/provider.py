"""Signing in by the identity provider of the deployment (OpenID Connect, code flow with PKCE).

Belongs here: asking the provider and believing its answer or not. Does not belong here: what its
groups mean (bot/rules/provider.py), accounts and sessions (bot/desk/signin.py).

State, nonce and verifier are derived from one secret in the browser's cookie, so nothing of an
attempt is kept; the provider lets each code in once.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from typing import Final
from urllib.parse import quote_plus, urlencode

import httpx
import structlog
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel, ValidationError

from bot.errors import Refuse, RetryLater
from bot.rules.provider import Place, groups_in, place_of, read_groups, showed_second_factor
from bot.settings import Settings
from bot.store.crypto import Vault

log = structlog.get_logger()

BACK = "/desk/login/provider/back"
_SCOPE = "openid profile"
_SIGNED_WITH: Final = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")
"""Never `none`, never a shared secret."""
_LEEWAY = 60
_TIMEOUT: Final = httpx.Timeout(10.0, connect=3.0)


class ProviderAway(RetryLater):
    """The provider cannot be reached, or answers nonsense."""


class NotBelieved(Refuse):
    """The answer is not one to the question that this browser asked, or is no good."""


class NoPlace(Refuse):
    """Known there, and none of their groups has a role here."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody as the provider knows them."""

    subject: str
    """Issuer and subject: the same for the same person for ever."""
    name: str
    place: Place | None
    has_second_factor: bool


class _Metadata(BaseModel):
    """Of the discovery document, what is used."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    token_endpoint_auth_methods_supported: Sequence[str] = ("client_secret_basic",)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one browser asks with."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def of(cls, vault: Vault, secret: str) -> "Attempt":
        return cls(
            *(vault.index(f"oidc_{part}", secret).hex() for part in ("state", "nonce", "pkce"))
        )


@dataclass(frozen=True, slots=True)
class Provider:
    """Off without an issuer."""

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str
    groups_claim: str
    places: Mapping[str, Place]

    @property
    def is_on(self) -> bool:
        return bool(self.issuer and self.client_id)

    async def address(self, attempt: Attempt) -> str:
        """Where the browser is sent. Raises `ProviderAway`."""
        async with httpx.AsyncClient(timeout=_TIMEOUT, trust_env=False) as http:
            metadata = await self._metadata(http)
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": _SCOPE,
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": create_s256_code_challenge(attempt.verifier),
            "code_challenge_method": "S256",
        }
        joined = "&" if "?" in metadata.authorization_endpoint else "?"
        return f"{metadata.authorization_endpoint}{joined}{urlencode(query)}"

    async def answer(self, attempt: Attempt, answered: Mapping[str, str], now: datetime) -> Known:
        """Who came back. `answered`: the query of their way back. Raises `NotBelieved`,
        `ProviderAway`."""
        state, code = answered.get("state", ""), answered.get("code", "")
        if not code or not compare_digest(state.encode(), attempt.state.encode()):
            raise NotBelieved("state")
        async with httpx.AsyncClient(timeout=_TIMEOUT, trust_env=False) as http:
            metadata = await self._metadata(http)
            id_token = await self._redeem(http, metadata, code, attempt)
            keys = await _json(http, metadata.jwks_uri)
        return self._believe(id_token, keys, attempt, now)

    async def _metadata(self, http: httpx.AsyncClient) -> _Metadata:
        found = await _json(http, f"{self.issuer}/.well-known/openid-configuration")
        try:
            metadata = _Metadata.model_validate(found)
        except ValidationError as error:
            raise ProviderAway("metadata") from error
        if metadata.issuer.rstrip("/") != self.issuer:
            raise ProviderAway("issuer")
        return metadata

    async def _redeem(
        self, http: httpx.AsyncClient, metadata: _Metadata, code: str, attempt: Attempt
    ) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": attempt.verifier,
        }
        headers: dict[str, str] = {}
        if "client_secret_basic" in metadata.token_endpoint_auth_methods_supported:
            headers["Authorization"] = _basic(self.client_id, self.client_secret)
        else:
            form |= {"client_id": self.client_id, "client_secret": self.client_secret}
        try:
            answer = await http.post(metadata.token_endpoint, data=form, headers=headers)
            id_token = answer.json().get("id_token")
        except (httpx.HTTPError, ValueError, AttributeError) as error:
            raise ProviderAway("token") from error
        if answer.status_code != httpx.codes.OK or not isinstance(id_token, str):
            log.warning("the identity provider gave no token", status=answer.status_code)
            raise NotBelieved("code")
        return id_token

    def _believe(
        self, id_token: str, keys: Mapping[str, object], attempt: Attempt, now: datetime
    ) -> Known:
        wanted = {
            "iss": {"essential": True, "values": [self.issuer, f"{self.issuer}/"]},
            "aud": {"essential": True, "value": self.client_id},
        }
        params = {"nonce": attempt.nonce, "client_id": self.client_id}
        try:
            token = jwt.decode(id_token, KeySet.import_key_set(dict(keys)), [*_SIGNED_WITH])  # type: ignore[arg-type]
            claims = CodeIDToken(token.claims, token.header, wanted, params)
            claims.validate(now=int(now.timestamp()), leeway=_LEEWAY)
        except (JoseError, ValueError, KeyError) as error:
            log.warning("an ID token was not believed", why=type(error).__name__)
            raise NotBelieved("token") from error
        subject = str(claims["sub"])
        groups = groups_in(claims, self.groups_claim)
        return Known(
            subject=f"{self.issuer} {subject}",
            name=str(claims.get("name") or claims.get("preferred_username") or subject),
            place=place_of(groups, self.places),
            has_second_factor=showed_second_factor(claims.get("amr")),
        )


def _basic(client_id: str, secret: str) -> str:
    """RFC 6749 2.3.1: both parts are form-encoded before they are joined."""
    joined = f"{quote_plus(client_id)}:{quote_plus(secret)}"
    return f"Basic {b64encode(joined.encode()).decode()}"


async def _json(http: httpx.AsyncClient, url: str) -> dict[str, object]:
    try:
        answer = await http.get(url)
        answer.raise_for_status()
        found = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise ProviderAway("away") from error
    if not isinstance(found, dict):
        raise ProviderAway("nonsense")
    return found


def provider_of(settings: Settings) -> Provider:
    """Raises `BadSettings`."""
    return Provider(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret.get_secret_value(),
        redirect_uri=f"{settings.public_url}{BACK}",
        groups_claim=settings.oidc_groups_claim,
        places=read_groups(settings.oidc_groups),
    )
