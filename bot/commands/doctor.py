"""`handrail doctor`: what is well, what is off, what to set, and what to set at the carriers.

Does not belong here: mending anything.
"""

import httpx

from bot.bootstrap import database_url, make_vault
from bot.clock import SystemClock
from bot.commands.progress import tell
from bot.messages import ChannelName
from bot.settings import Settings
from bot.store.health import settle_alarms
from bot.store.session import Store

_NEEDS: dict[ChannelName, tuple[str, ...]] = {
    ChannelName.SMS: ("twilio_account_sid", "twilio_auth_token", "public_url", "sms_number"),
    ChannelName.WHATSAPP: (
        "twilio_account_sid",
        "twilio_auth_token",
        "public_url",
        "whatsapp_number",
    ),
    ChannelName.TELEGRAM: ("telegram_token", "telegram_secret"),
    ChannelName.VOICE: ("twilio_account_sid", "twilio_auth_token", "public_url", "voice_number"),
    ChannelName.WEB: (),
}
_AT_TWILIO_VOICE = """
  wanted at Twilio, for the voice number:
    a call comes in: {base}/hooks/voice/call (POST)
    primary handler fails: a TwiML bin on Twilio itself that says 999 and another number
    call status changes: {base}/hooks/voice/status (POST)
    geographic permissions: only the countries of HANDRAIL_DIAL_PREFIXES ({prefixes})"""
_AT_TWILIO = """
  wanted at Twilio, for each number and its messaging service:
    Advanced Opt-Out on, its replies to STOP and HELP emptied: the bot answers them itself
    START words without YES: no question of ours may opt somebody in
    incoming messages to {base}/hooks/sms/message#rc=3&rp=all
    a fallback URL on another host, so that a message survives the loss of this one
    delivery reports come by themselves: each message names its own address"""


def missing_settings(settings: Settings, channel: ChannelName) -> list[str]:
    """The environment variables that a channel still needs."""
    return [f"HANDRAIL_{name.upper()}" for name in _NEEDS[channel] if not _is_set(settings, name)]


def _is_set(settings: Settings, name: str) -> bool:
    value = getattr(settings, name)
    secret = getattr(value, "get_secret_value", None)
    return bool(secret() if secret else value)


def channel_lines(settings: Settings) -> list[str]:
    """One line a channel: on, or off and why."""
    lines = []
    for channel in ChannelName:
        missing = missing_settings(settings, channel)
        if missing:
            lines.append(f"  {channel.value:<9} off: set {', '.join(missing)}")
        else:
            lines.append(f"  {channel.value:<9} on")
    return lines


def pager_line(settings: Settings) -> str:
    """By which routes pages go, and who is woken while there is no rota."""
    by_text = _is_set(settings, "pager_number") and not missing_settings(settings, ChannelName.SMS)
    routes = {
        "text": by_text,
        "telegram": not missing_settings(settings, ChannelName.TELEGRAM),
        "call": not missing_settings(settings, ChannelName.VOICE),
        "topic": _is_set(settings, "page_url"),
    }
    on = [name for name, is_on in routes.items() if is_on]
    if not by_text and not routes["telegram"]:
        wanted = ["HANDRAIL_PAGER_NUMBER"] if not _is_set(settings, "pager_number") else []
        names = ", ".join([*wanted, *missing_settings(settings, ChannelName.SMS)])
        return f"  paging    off, nobody is woken: set {names}; or set up Telegram"
    line = f"  paging    on: {', '.join(on)}"
    if by_text and _is_set(settings, "oncall_number"):
        return line
    return f"{line}; HANDRAIL_ONCALL_NUMBER is woken while `handrail oncall` knows no rota: set it"


def _voice_at_twilio(settings: Settings) -> str:
    prefixes = ", ".join(settings.dial_prefixes)
    return _AT_TWILIO_VOICE.format(base=settings.public_url, prefixes=prefixes)


async def doctor(settings: Settings, settle: bool) -> int:
    """1 when the service is not well, or nobody can be woken. `settle`: the operator has seen
    the alarms, and they no longer count as problems."""
    for line in (*channel_lines(settings), pager_line(settings)):
        tell(line)
    if settings.twilio_account_sid:
        tell(_AT_TWILIO.format(base=settings.public_url))
    if not missing_settings(settings, ChannelName.VOICE):
        tell(_voice_at_twilio(settings))
    if settle:
        for kind in await _settled(settings):
            tell(f"  settled   {kind}")
    problems = await _problems(settings)
    for problem in problems:
        tell(f"  problem   {problem}")
    return 1 if problems else 0


async def _problems(settings: Settings) -> list[str]:
    url = f"http://127.0.0.1:{settings.port}/health/ready"
    try:
        async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
            answer = (await client.get(url)).json()
    except (httpx.HTTPError, ValueError):
        return [f"nothing answers at {url}"]
    return [str(problem) for problem in answer.get("problems", [])]


async def _settled(settings: Settings) -> list[str]:
    store = Store(database_url(settings), make_vault(settings), pool_size=1)
    try:
        async with store.begin() as session:
            return await settle_alarms(session, SystemClock().now())
    finally:
        await store.close()
