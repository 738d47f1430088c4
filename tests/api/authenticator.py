"""A passkey in software, as a browser and its authenticator would answer (WebAuthn, ES256).

Does not belong here: what our side makes of an answer (tests/api/test_passkeys.py).
"""

import hashlib
import json
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

_PRESENT, _HAS_KEY = 0x01, 0x40


def encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class Authenticator:
    """One key, bound to the site that it was made at."""

    origin: str
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    count: int = 0

    def creates(self, asked: dict[str, Any]) -> str:
        numbers = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        about = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        data = self._data(asked["rp"]["id"], _PRESENT | _HAS_KEY) + about
        attested = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._said("webauthn.create", asked)
        return self._answer({"clientDataJSON": said, "attestationObject": attested})

    def gets(self, asked: dict[str, Any]) -> str:
        self.count += 1
        data, said = self._data(asked["rpId"], _PRESENT), self._said("webauthn.get", asked)
        signed = data + hashlib.sha256(said).digest()
        signature = self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
        parts = {"clientDataJSON": said, "authenticatorData": data, "signature": signature}
        return self._answer(parts)

    def _data(self, site: str, flags: int) -> bytes:
        place = hashlib.sha256(site.encode()).digest()
        return place + bytes([flags]) + self.count.to_bytes(4, "big")

    def _said(self, kind: str, asked: dict[str, Any]) -> bytes:
        said = {"type": kind, "challenge": asked["challenge"], "origin": self.origin}
        return json.dumps(said).encode()

    def _answer(self, response: dict[str, bytes]) -> str:
        written = {name: encoded(part) for name, part in response.items()}
        name = encoded(self.id)
        answer = {"id": name, "rawId": name, "type": "public-key", "response": written}
        return json.dumps(answer | {"clientExtensionResults": {}})
