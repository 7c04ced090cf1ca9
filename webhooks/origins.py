"""Which web pages may speak to `/v1`: ours, and those on sites their business lists."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scheduling.values import Organisation
from webhooks.problems import problem_response
from webhooks.resources import Resources
from webhooks.settings import is_loopback_host

_PREFLIGHT_SECONDS = "600"
PORTS = {"http": 80, "https": 443}


class Origins:
    """Cross-origin answers below `/v1`, for origins that are allowed; others get no permission."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/v1/"):
            await self._app(scope, receive, send)
            return
        origin = Headers(scope=scope).get("origin")
        if origin is None:
            await self._app(scope, receive, send)
            return
        allowed = await is_allowed(Request(scope), origin)
        if scope["method"] == "OPTIONS":
            await _preflight(origin, allowed=allowed)(scope, receive, send)
            return

        async def permitted(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.add_vary_header("Origin")
                if allowed:
                    headers["Access-Control-Allow-Origin"] = origin
                    headers["Access-Control-Expose-Headers"] = "X-Call-ID, Retry-After"
            await send(message)

        await self._app(scope, receive, permitted)


async def is_allowed(request: Request, origin: str) -> bool:
    """Ours, or listed by any organisation."""
    return is_ours(request, origin) or len(await listed_by(request, origin)) > 0


def is_ours(request: Request, origin: str) -> bool:
    """The page came from this server: from its public address, or on this machine from the host it
    was asked by. Any other name may have been made to lead here by whoever owns it."""
    resources: Resources = request.app.state.ringbook
    public = resources.settings.public_url
    if public is not None and normal_origin(origin) == normal_origin(public):
        return True
    _, _, host = normal_origin(origin).partition("://")
    return is_loopback_host(host) and host == request.headers.get("host", "").lower()


async def listed_by(request: Request, origin: str) -> list[Organisation]:
    """The organisations whose sites include this origin."""
    resources: Resources = request.app.state.ringbook
    wanted = normal_origin(origin)
    found = []
    for organisation in await resources.desk.organisations():
        business = await resources.desk.business(organisation.id)
        if wanted and wanted in {normal_origin(each) for each in business.origins}:
            found.append(organisation)
    return found


def normal_origin(address: str) -> str:
    """Scheme, host and port as browsers write an origin; empty for what is none."""
    try:
        parts = urlsplit(address.lower())
        port = parts.port
    except ValueError:
        return ""
    if not parts.scheme or not parts.hostname or "@" in parts.netloc:
        return ""
    host = (
        parts.netloc.removesuffix(f":{port}") if port == PORTS.get(parts.scheme) else parts.netloc
    )
    return f"{parts.scheme}://{host}"


def _preflight(origin: str, *, allowed: bool) -> Response:
    if not allowed:
        return problem_response(403, "forbidden", "This site is not among the business's origins.")
    headers = {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Methods": "GET, POST",
        "Access-Control-Allow-Headers": "Authorization, Content-Type, X-Call-ID",
        "Access-Control-Max-Age": _PREFLIGHT_SECONDS,
        "Vary": "Origin",
    }
    return Response(status_code=204, headers=headers)
