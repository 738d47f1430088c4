"""Other people's sites, for real: where the exit leads, and a school that shows our button.

Belongs here: serving their pages over TLS under their own names. Does not belong here: what is
expected of them. Nothing is intercepted in the browser: what a page sends as it goes would never
arrive.
"""

import ssl
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.doubles.fixtures import free_port

NEUTRAL = "www.bbc.co.uk"
SCHOOL = "school.example"
OURS = "handrail.example"
SUNNY = "<!doctype html><title>Weather</title><link rel=icon href='data:,'><p>Sunny"


@dataclass
class Elsewhere:
    """`pages`: what stands at which host. While `answers` is clear, nobody is answered.
    `our_port`: where a test may serve our own site under a name."""

    port: int = 0
    our_port: int = field(default_factory=free_port)
    pages: dict[str, str] = field(default_factory=lambda: {NEUTRAL: SUNNY})
    referers: list[str] = field(default_factory=list)
    answers: threading.Event = field(default_factory=threading.Event)

    def rules(self) -> str:
        """For Chromium's `--host-resolver-rules`."""
        ports = {NEUTRAL: self.port, SCHOOL: self.port, OURS: self.our_port}
        return ",".join(f"MAP {host}:443 127.0.0.1:{port}" for host, port in ports.items())


@contextmanager
def elsewhere() -> Iterator[Elsewhere]:
    sites = Elsewhere()
    sites.answers.set()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            sites.referers.append(self.headers.get("Referer", ""))
            sites.answers.wait(30)
            body = sites.pages.get(self.headers.get("Host", ""), "").encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

    with tempfile.TemporaryDirectory() as folder, _serving(Handler, certificate(folder)) as port:
        sites.port = port
        yield sites
        sites.answers.set()


@contextmanager
def _serving(handler: type[BaseHTTPRequestHandler], files: tuple[Path, Path]) -> Iterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        # The handshake belongs to the thread of each request: one that hangs holds up nobody.
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()


def certificate(folder: str) -> tuple[Path, Path]:
    """Our own, for a day; browsers are told not to mind."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, SCHOOL)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    chain, secret = Path(folder) / "chain.pem", Path(folder) / "key.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return chain, secret
