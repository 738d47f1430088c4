"""The button for other people's sites: one small script, and nothing else that others may fetch.

Does not belong here: who may show the chat in a frame (content/site/look.yaml, api/guards.py).
"""

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from api.pages import HERE


async def script(_: Request) -> Response:
    return FileResponse(
        HERE / "static" / "button.js",
        media_type="text/javascript",
        headers={"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "max-age=86400"},
    )


ROUTES = [Route("/static/button.js", script, methods=["GET"])]
