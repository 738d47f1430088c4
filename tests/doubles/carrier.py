"""A carrier of our own that can misbehave: Twilio's message list and Telegram's bot methods.

It answers 5xx, refuses with any code, says nothing at all, or takes a message and loses the
answer; it keeps what it took, so a test can tell what a person would have received. It knows
only what the service uses; the shapes are checked against the doubles that others wrote.

As a process: `python -m tests.doubles.carrier --port 9100`, steered by `POST /_mode` and
`POST /_inbound`, read at `GET /_received`, emptied by `DELETE /_received`.
"""

import argparse
import asyncio
import itertools
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, Literal
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httptools

type Mode = Literal["ok", "error", "silent", "drop", "lose", "garble"]
"""ok takes it; error answers `status` and `code` and takes nothing; silent never answers and takes
nothing; drop closes the connection and takes nothing; lose takes it and closes the connection;
garble takes it and answers what no carrier says."""

type Json = dict[str, Any]


@dataclass
class Behaviour:
    mode: Mode = "ok"
    status: int = 400
    code: int | None = None
    description: str = "said the double"
    retry_after: int | None = None
    """Telegram: seconds to wait, told with a 429."""
    times: int | None = None
    """Requests that it holds for; None until it is changed."""
    to: str | None = None
    """Only messages to this address, or what asks for `content`; None for all."""


@dataclass
class Received:
    """One message that the carrier took, or one that was put in from a person's phone."""

    sid: str
    channel: str
    to: str
    sender: str
    body: str
    at: float
    direction: str = "outbound-api"
    status: str = "queued"
    template: str = ""
    status_callback: str = ""
    choices: list[str] = field(default_factory=list)


@dataclass
class Reply:
    status: int
    body: Json


type Answer = Reply | Literal["silent", "drop"]


class Carrier:
    """The state and the answers; `Wire` speaks HTTP for it."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.requests: list[str] = []
        """Method and path of every carrier request, taken or not."""
        self.behaviour = Behaviour()
        self._ids = itertools.count(1)
        self._updates: list[Json] = []
        self.contents: list[Json] = []
        """Stored contents of Twilio's Content API, in the order of making."""
        self.typed: list[str] = []  # channel and message under which somebody is shown to write
        self._server: asyncio.Server | None = None
        self.connections: set[asyncio.Transport] = set()
        self.url = ""

    async def start(self, port: int = 0) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: Wire(self), "127.0.0.1", port)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        if self._server:
            self._server.close()
            for connection in tuple(self.connections):
                connection.abort()
            await self._server.wait_closed()
            self._server = None

    def behave(self, behaviour: Behaviour) -> None:
        self.behaviour = behaviour

    def texts_to(self, address: str) -> list[str]:
        """The words that a person at this address has, in order."""
        return [m.body for m in self.received if m.to == address and m.direction != "inbound"]

    def arrives(self, to: str, sender: str, body: str) -> Received:
        """Somebody wrote to us and no webhook came of it."""
        message = Received(
            self._sid(),
            "twilio",
            to,
            sender,
            body,
            datetime.now(UTC).timestamp(),
            direction="inbound",
            status="received",
        )
        self.received.append(message)
        return message

    def update(self, update: Json) -> None:
        """Telegram: something that `getUpdates` will hand out."""
        self._updates.append(update)

    def answer(self, method: str, target: str, body: bytes) -> Answer:
        url = urlsplit(target)
        path = url.path
        if path.startswith("/_"):
            return self._steered(method, path, body)
        self.requests.append(f"{method} {path.rpartition('/')[2]}")
        if path.endswith("/Messages.json"):
            if method == "GET":
                return self._faulty("", lambda: self._list(url.query, path))
            form = dict(parse_qsl(body.decode(), keep_blank_values=True))
            return self._faulty(form.get("To", ""), lambda: self._sms(form, path))
        if method == "DELETE" and "/Messages/" in path:
            return self._faulty("", lambda: self._delete(path.rpartition("/")[2]))
        if path == "/v2/Indicators/Typing.json":
            return self._faulty("", lambda: self._typing(dict(parse_qsl(body.decode()))))
        if path == "/v1/Content":
            made = method == "POST"
            return self._faulty("content", lambda: self._content(body) if made else self._shown())
        if path.startswith("/bot"):
            form = _telegram_form(body)
            name = path.rpartition("/")[2]
            return self._faulty(form.get("chat_id", ""), lambda: self._telegram(name, form))
        return Reply(404, {"code": 20404, "message": "not found", "status": 404})

    def _steered(self, method: str, path: str, body: bytes) -> Answer:
        match (method, path):
            case ("GET", "/_received"):
                return Reply(200, {"messages": [asdict(m) for m in self.received]})
            case ("DELETE", "/_received"):
                self.received.clear()
            case ("POST", "/_mode"):
                self.behave(Behaviour(**json.loads(body)))
            case ("POST", "/_inbound"):
                self.arrives(**json.loads(body))
            case ("POST", "/_update"):
                self.update(json.loads(body))
            case _:
                return Reply(404, {"message": "no such control"})
        return Reply(200, {})

    def _faulty(self, to: str, take: Callable[[], Reply]) -> Answer:
        how = self.behaviour
        if how.to not in (None, to) or how.times == 0:
            return take()
        if how.times is not None:
            how.times -= 1
        match how.mode:
            case "ok":
                return take()
            case "error":
                return Reply(how.status, _error(how))
            case "silent":
                return "silent"
            case "drop":
                return "drop"
            case "lose":
                take()
                return "drop"
            case "garble":
                take()
                return Reply(201, {"unexpected": True})

    def _delete(self, name: str) -> Reply:
        sid = name.removesuffix(".json")
        kept = [message for message in self.received if message.sid != sid]
        known, self.received[:] = len(kept) < len(self.received), kept
        missing = {"code": 20404, "message": "not found", "status": 404}
        return Reply(204, {}) if known else Reply(404, missing)

    def _sid(self) -> str:
        return f"SM{next(self._ids):032x}"

    def _content(self, body: bytes) -> Reply:
        asked = json.loads(body)
        made = {"sid": f"HX{len(self.contents) + 1:032x}", "account_sid": "AC" + "0" * 32, **asked}
        self.contents.append(made)
        return Reply(201, made)

    def _typing(self, form: Mapping[str, str]) -> Reply:
        self.typed.append(f"{form['channel']} {form['messageId']}")
        return Reply(200, {"success": True})

    def _shown(self) -> Reply:
        return Reply(200, {"contents": self.contents, "meta": {"next_page_url": None}})

    def _filled(self, form: Mapping[str, str]) -> tuple[str, list[str]]:
        """What a person sees of a message with a stored content: words and choices."""
        for content in self.contents:
            if content["sid"] == form.get("ContentSid"):
                (shape,) = content["types"].values()
                words = json.loads(form.get("ContentVariables", "{}")).get("1", "")
                rows = shape.get("actions") or shape.get("items")
                return words, [row.get("title") or row.get("item") for row in rows]
        return form.get("Body", ""), []

    def _sms(self, form: Mapping[str, str], path: str) -> Reply:
        to, sender = form.get("To", ""), form.get("From", "")
        if not (to and sender and (form.get("Body") or form.get("ContentSid"))):
            return Reply(400, {"code": 21602, "message": "missing", "status": 400})
        words, choices = self._filled(form)
        message = Received(
            self._sid(),
            "twilio",
            to,
            sender,
            words,
            datetime.now(UTC).timestamp(),
            template=form.get("ContentSid", ""),
            choices=choices,
            status_callback=form.get("StatusCallback", ""),
        )
        self.received.append(message)
        return Reply(201, _twilio_json(message, path))

    def _list(self, query: str, path: str) -> Reply:
        asked = {name: values[-1] for name, values in parse_qs(query).items()}
        after = asked.get("DateSent>") or asked.get("DateSent>=")
        floor = datetime.fromisoformat(after).timestamp() if after else 0.0
        found = [
            _twilio_json(m, path)
            for m in reversed(self.received)
            if m.channel == "twilio"
            and asked.get("To", m.to) == m.to
            and asked.get("From", m.sender) == m.sender
            and m.at >= floor
        ]
        size, page = int(asked.get("PageSize", 50)), int(asked.get("Page", 0))
        rest = found[size * (page + 1) :]
        more = f"{path}?{query}&Page={page + 1}" if rest else None
        shown = found[size * page : size * (page + 1)]
        return Reply(200, {"messages": shown, "next_page_uri": more, "uri": path})

    def _telegram(self, method: str, form: Mapping[str, str]) -> Reply:
        match method:
            case "sendMessage":
                return Reply(200, {"ok": True, "result": self._telegram_message(form)})
            case "getUpdates":
                offset = int(form.get("offset", 0))
                self._updates = [u for u in self._updates if u["update_id"] >= offset]
                return Reply(200, {"ok": True, "result": list(self._updates)})
            case "getWebhookInfo":
                info = {"url": "", "has_custom_certificate": False}
                info |= {"pending_update_count": len(self._updates)}
                return Reply(200, {"ok": True, "result": info})
            case (
                "answerCallbackQuery"
                | "setWebhook"
                | "deleteWebhook"
                | "leaveChat"
                | "sendChatAction"
            ):
                return Reply(200, {"ok": True, "result": True})
            case _:
                return Reply(404, {"ok": False, "error_code": 404, "description": "Not Found"})

    def _telegram_message(self, form: Mapping[str, str]) -> Json:
        markup = json.loads(form.get("reply_markup", "{}"))
        rows = markup.get("inline_keyboard", [])
        now = datetime.now(UTC).timestamp()
        number = next(self._ids)
        chat, text = form.get("chat_id", ""), form.get("text", "")
        choices = [button["text"] for row in rows for button in row]
        self.received.append(
            Received(str(number), "telegram", chat, "bot", text, now, choices=choices)
        )
        chat_json = {"id": int(chat), "type": "private", "first_name": "Robin"}
        return {"message_id": number, "date": int(now), "chat": chat_json, "text": text}


class Wire(asyncio.Protocol):
    """HTTP/1.1 with kept-alive connections over httptools."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier
        self._transport: asyncio.Transport | None = None
        self._begin()

    def _begin(self) -> None:
        self._parser = httptools.HttpRequestParser(self)
        self._target = b""
        self._body = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._carrier.connections.add(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._transport is not None:
            self._carrier.connections.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_url(self, url: bytes) -> None:
        self._target += url

    def on_body(self, body: bytes) -> None:
        self._body += body

    def on_message_complete(self) -> None:
        method = self._parser.get_method().decode()
        answer = self._carrier.answer(method, self._target.decode(), self._body)
        self._target = self._body = b""
        assert self._transport is not None
        match answer:
            case "silent":
                return
            case "drop":
                self._transport.abort()
            case Reply(status, body):
                payload = b"" if status == 204 else json.dumps(body).encode()
                head = f"HTTP/1.1 {status} Answer\r\ncontent-type: application/json\r\n"
                head += f"content-length: {len(payload)}\r\n\r\n"
                self._transport.write(head.encode() + payload)


def _error(how: Behaviour) -> Json:
    telegram: Json = {"ok": False, "error_code": how.status, "description": how.description}
    if how.retry_after is not None:
        telegram["parameters"] = {"retry_after": how.retry_after}
    if how.code is None:
        return telegram
    return telegram | {"code": how.code, "message": how.description, "status": how.status}


def _telegram_form(body: bytes) -> dict[str, str]:
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def _twilio_json(message: Received, path: str) -> Json:
    at = format_datetime(datetime.fromtimestamp(message.at, UTC))
    account = path.split("/")[3]
    return {
        "sid": message.sid,
        "account_sid": account,
        "to": message.to,
        "from": message.sender,
        "body": message.body,
        "status": message.status,
        "direction": message.direction,
        "date_created": at,
        "date_updated": at,
        "date_sent": at,
        "error_code": None,
        "error_message": None,
        "num_media": "0",
        "num_segments": "1",
        "price": None,
        "price_unit": "USD",
        "api_version": "2010-04-01",
        "messaging_service_sid": None,
        "subresource_uris": {},
        "uri": f"/2010-04-01/Accounts/{account}/Messages/{message.sid}.json",
    }


async def _serve(port: int) -> None:
    carrier = Carrier()
    await carrier.start(port)
    print(carrier.url, flush=True)
    await asyncio.Event().wait()


def main() -> None:
    """Serve until killed; the first line printed is the address."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    asyncio.run(_serve(parser.parse_args().port))


if __name__ == "__main__":
    main()
