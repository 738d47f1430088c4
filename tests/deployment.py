"""A whole deployment as a user starts it: `handrail up`, real PostgreSQL, a carrier double.

Belongs here: starting, stopping, killing, and writing to it as carriers and people do. For the
end-to-end, torture and bench runs; does not belong here: what they look for.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import psutil
from twilio.request_validator import RequestValidator

from bot.bootstrap import RUNNING_DATABASE
from bot.messages import ChannelName
from tests.doubles.fixtures import free_port

TOKEN = "made-up-token"
BOT_SECRET = "made-up-secret"
OURS = {ChannelName.SMS: "+447700900100", ChannelName.WHATSAPP: "whatsapp:+447700900101"}
ONCALL = "+447700900999"
ROOT = Path(__file__).resolve().parent.parent
_UP_WITHIN = 90.0
_READY_WITHIN = 400.0
_DOWN_WITHIN = 60.0


@dataclass
class CarrierProcess:
    """tests/doubles/carrier.py in a process of its own, which outlives every kill."""

    url: str
    process: subprocess.Popen[str]

    def received(self) -> list[dict[str, Any]]:
        answer = httpx.get(f"{self.url}/_received", timeout=30, trust_env=False).json()
        messages: list[dict[str, Any]] = answer["messages"]
        return messages

    def bodies_to(self, address: str) -> list[str]:
        return [m["body"] for m in self.received() if m["to"] == address]


@contextmanager
def carrier_process() -> Iterator[CarrierProcess]:
    command = [sys.executable, "-m", "tests.doubles.carrier", "--port", str(free_port())]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        try:
            yield CarrierProcess(url, process)
        finally:
            process.kill()


@dataclass
class Deployment:
    """A running `handrail up` and its address."""

    url: str
    data_dir: Path
    env: dict[str, str]
    process: subprocess.Popen[bytes]
    http: httpx.Client = field(
        default_factory=lambda: httpx.Client(
            timeout=15, trust_env=False, limits=httpx.Limits(max_connections=64)
        )
    )

    def sends(self, channel: ChannelName, sender: str, words: str, sid: str) -> int:
        """A signed Twilio webhook; the status it was answered with, 0 when nobody answered."""
        request = twilio_request(self.url, channel, sender, words, sid)
        try:
            return self.http.post(**request).status_code
        except httpx.TransportError:
            return 0

    def telegrams(self, chat: int, words: str, update_id: int) -> int:
        person = {"id": chat, "is_bot": False, "first_name": "Sam"}
        message = {
            "message_id": update_id,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "Sam"},
            "from": person,
            "text": words,
        }
        return self.http.post(
            f"{self.url}/hooks/telegram/update",
            json={"update_id": update_id, "message": message},
            headers={"X-Telegram-Bot-Api-Secret-Token": BOT_SECRET},
        ).status_code

    def command(self, *arguments: str) -> str:
        """What a `handrail` command of this deployment prints."""
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return done.stdout.strip()

    def ready(self) -> dict[str, Any]:
        answer: dict[str, Any] = self.http.get(f"{self.url}/health/ready").json()
        return answer

    def wait_for_rasa(self) -> None:
        deadline = time.monotonic() + _READY_WITHIN
        while "rasa_away" in self.ready()["problems"]:
            assert time.monotonic() < deadline, "Rasa does not start"
            time.sleep(0.5)

    def parts(self) -> list[psutil.Process]:
        """Every process of the deployment that lives now, the supervisor first."""
        supervisor = psutil.Process(self.process.pid)
        return [supervisor, *supervisor.children(recursive=True)]

    def kill(self, name: str) -> bool:
        """SIGKILL to `serve` or `worker`; False when it was not alive."""
        for part in self.parts()[1:]:
            try:
                if part.cmdline()[-2:] == ["bot", name]:
                    part.kill()
                    return True
            except psutil.NoSuchProcess:
                continue
        return False

    def cut_database(self, seconds: float, how: signal.Signals) -> None:
        """The database that `handrail up` keeps goes, and goes again whenever it is back, for so
        long. SIGINT stops it in order, SIGKILL as a loss of power would."""
        over = time.monotonic() + seconds
        while time.monotonic() < over:
            for part in self.parts()[1:]:
                with suppress(psutil.NoSuchProcess):
                    if "postgres" in part.name() and "-D" in part.cmdline():
                        part.send_signal(how)
            time.sleep(0.2)

    @property
    def database_url(self) -> str:
        """Of the database that `handrail up` keeps."""
        return (self.data_dir / RUNNING_DATABASE).read_text(encoding="utf-8")


def twilio_request(
    base: str, channel: ChannelName, sender: str, words: str, sid: str
) -> dict[str, Any]:
    """A webhook as Twilio makes it, signed."""
    prefix = "whatsapp:" if channel is ChannelName.WHATSAPP else ""
    form = {
        "MessageSid": sid,
        "From": prefix + sender,
        "To": OURS[channel],
        "Body": words,
        "NumMedia": "0",
    }
    url = f"{base}/hooks/{channel.value}/message"
    body = httpx.Request("POST", url, data=form).content
    signature = RequestValidator(TOKEN).compute_signature(
        url, dict(parse_qsl(body.decode(), keep_blank_values=True))
    )
    headers = {
        "X-Twilio-Signature": signature,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return {"url": url, "content": body, "headers": headers}


@contextmanager
def deployment(
    carrier: CarrierProcess, database_url: str = "", **settings: str
) -> Iterator[Deployment]:
    """`handrail up` on a folder of its own, stopped with SIGTERM at the end."""
    with tempfile.TemporaryDirectory(prefix="handrail-up-") as folder:
        Path(folder).chmod(0o755)
        env, url = environment(carrier, Path(folder), database_url, settings)
        with (Path(folder) / "up.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot", "up"], cwd=ROOT, env=env, stdout=log, stderr=log
            )
        running = Deployment(url, Path(folder), env, process)
        try:
            _wait_until_up(running)
            yield running
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(_DOWN_WITHIN)
            finally:
                process.kill()
                process.wait()
                running.http.close()


def environment(
    carrier: CarrierProcess, data_dir: Path, database_url: str, settings: dict[str, str]
) -> tuple[dict[str, str], str]:
    url = f"http://127.0.0.1:{free_port()}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HANDRAIL_")}
    ours = {
        "data_dir": str(data_dir),
        "database_url": database_url,
        "port": url.rsplit(":", 1)[1],
        "public_url": url,
        "twilio_account_sid": "AC" + "0" * 32,
        "twilio_auth_token": TOKEN,
        "twilio_api_url": carrier.url,
        "twilio_content_url": carrier.url,
        "sms_number": OURS[ChannelName.SMS],
        "whatsapp_number": OURS[ChannelName.WHATSAPP].removeprefix("whatsapp:"),
        "pager_number": "+447700900102",
        "oncall_number": ONCALL,
        "telegram_token": "5550199:made-up",
        "telegram_secret": BOT_SECRET,
        "telegram_api_url": carrier.url,
        **settings,
    }
    return kept | {f"HANDRAIL_{name.upper()}": value for name, value in ours.items()}, url


def _wait_until_up(running: Deployment) -> None:
    deadline = time.monotonic() + _UP_WITHIN
    while time.monotonic() < deadline:
        try:
            if "worker_away" not in running.ready()["problems"]:
                return
        except (httpx.HTTPError, ValueError):
            pass
        assert running.process.poll() is None, (running.data_dir / "up.log").read_text()
        time.sleep(0.2)
    raise AssertionError((running.data_dir / "up.log").read_text())
