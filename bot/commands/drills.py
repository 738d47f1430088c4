"""`handrail drill`: send one, or see how the last ones went.

Does not belong here: what a drill is (bot/drills.py).
"""

from bot import bootstrap
from bot.commands.progress import tell
from bot.errors import BadSettings
from bot.messages import ChannelName
from bot.settings import Settings
from bot.store import drills
from bot.store.drills import DrillView

_SHOWN = 20


async def drill(settings: Settings, channel: str | None) -> int:
    async with bootstrap.running(settings) as service:
        if channel is not None:
            name = ChannelName(channel)
            if not service.channels[name].is_on:
                raise BadSettings(f"{channel} is off: see `handrail doctor`")
            tell(f"sent: {await service.drills.send(name)}")
            return 0
        async with service.store.begin() as session:
            for one in await drills.latest(session, _SHOWN):
                tell(f"{one.started_at:%Y-%m-%d %H:%M} {one.channel:<9} {_outcome(one)}")
    return 0


def _outcome(one: DrillView) -> str:
    if one.acknowledged_at is not None:
        seconds = (one.acknowledged_at - one.started_at).total_seconds()
        return f"answered after {seconds:.0f} s"
    return "FAILED" if one.failed_at is not None else "waits for an answer"
