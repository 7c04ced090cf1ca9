"""The caller page: talking or typing to one organisation, or a list of them to choose from; and the
same conversation as a widget on other sites."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote

import phonenumbers
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from scheduling.business import Business
from webhooks.live_calls import LiveCalls
from webhooks.problems import Problem
from webhooks.resources import Resources

STATIC = Path(__file__).parent / "static"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
FILES = frozenset(path.name for path in STATIC.iterdir() if path.suffix in MEDIA_TYPES)
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Permissions-Policy": "microphone=(self)",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}

router = APIRouter(include_in_schema=False)


@router.get("/")
async def caller_page(request: Request, organisation: str | None = None) -> Response:
    """The named organisation's page, the only one's, or the choice."""
    resources: Resources = request.app.state.ringbook
    found = await resources.desk.find_organisation(slug=organisation)
    if found is not None:
        business = await resources.desk.business(found.id)
        return HTMLResponse(page_html(business, speech_state(request)), headers=HEADERS)
    businesses = [
        await resources.desk.business(each.id) for each in await resources.desk.organisations()
    ]
    status = 200 if organisation is None and businesses else 404
    return HTMLResponse(choice_html(businesses), status_code=status, headers=HEADERS)


@router.get("/static/{name}")
async def static_file(request: Request, name: str) -> Response:
    """One of the page's own files; a browser that has it is told so."""
    if name not in FILES:
        raise Problem(404, "There is nothing at this address.")
    return _file(request, name)


@router.get("/widget.js")
async def widget_script(request: Request) -> Response:
    """What a script tag on another site names: it brings the rest from here."""
    return _file(request, "widget.js")


@router.get("/v1/widget")
async def widget_markup(request: Request, organisation: str | None = None) -> Response:
    """The conversation as the widget shows it. Browsers let sites that a business lists read it."""
    resources: Resources = request.app.state.ringbook
    found = await resources.desk.find_organisation(slug=organisation)
    if found is None:
        raise Problem(404, "There is no such organisation here.", code="unknown_organisation")
    business = await resources.desk.business(found.id)
    conversation = conversation_html(business, speech_state(request))
    html = f"<title>{escape(business.name)}</title>{conversation}"
    return HTMLResponse(html, headers=HEADERS)


def _file(request: Request, name: str) -> Response:
    asset = read_asset(name)
    # The widget brings these files into pages of any origin; there is no secret in them.
    headers = {
        **HEADERS,
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "ETag": asset.etag,
    }
    if request.headers.get("If-None-Match") == asset.etag:
        return Response(status_code=304, headers=headers)
    media_type = MEDIA_TYPES[Path(name).suffix]
    return Response(asset.content, media_type=media_type, headers=headers)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the page and the mark by which browsers know it again."""

    content: bytes
    etag: str


@cache
def read_asset(name: str) -> Asset:
    """Read once: the files change only with a release."""
    content = (STATIC / name).read_bytes()
    return Asset(content, f'"{hashlib.sha256(content).hexdigest()[:16]}"')


@cache
def _template(name: str) -> Template:
    return Template((STATIC / name).read_text("utf-8"))


def speech_state(request: Request) -> str:
    """Whether one can talk here: "ready", "loading" or "absent"."""
    live_calls: LiveCalls = request.app.state.live_calls
    return live_calls.speech.state


def page_html(business: Business, speech: str) -> str:
    """The page with the conversation in place, so that it is there at once."""
    return _template("page.html").substitute(
        name=escape(business.name),
        address=f"<p>{escape(business.address)}</p>" if business.address else "",
        conversation=conversation_html(business, speech),
    )


def conversation_html(business: Business, speech: str) -> str:
    """The conversation with greeting and notice, and whether one can talk here."""
    return _template("conversation.html").substitute(
        slug=escape(business.slug),
        speech=speech,
        greeting=escape(business.greeting),
        notice=_notice(business.notice),
        telephone=_telephone(business),
    )


def choice_html(businesses: Sequence[Business]) -> str:
    """Links to every organisation's page."""
    if not businesses:
        return _template("choice.html").substitute(
            title="Nobody answers here yet", choices="<p>No organisation has been loaded.</p>"
        )
    links = "".join(
        f'<li><a href="?organisation={quote(business.slug)}">{escape(business.name)}'
        f"<small>{escape(business.address)}</small></a></li>"
        for business in businesses
    )
    return _template("choice.html").substitute(
        title="Who would you like to reach?", choices=f'<ul class="choices">{links}</ul>'
    )


def _notice(notice: str) -> str:
    if not notice:
        return ""
    return f'<p class="line us notice" data-opening><span>{escape(notice)}</span></p>'


def _telephone(business: Business) -> str:
    """Where to ring instead of typing, as people of its country write it."""
    number = next(iter(business.numbers), business.phone)
    if number is None:
        return ""
    parsed = phonenumbers.parse(number)
    shown = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    return f'<span>Or call <a href="tel:{escape(number)}">{escape(shown)}</a></span>'
