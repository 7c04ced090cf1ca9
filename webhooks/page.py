"""The caller page: typing to one organisation, or a list of organisations to choose from."""

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
from webhooks.problems import Problem
from webhooks.resources import Resources

STATIC = Path(__file__).parent / "static"
MEDIA_TYPES = {
    "agent.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
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
        return HTMLResponse(conversation_html(business), headers=HEADERS)
    businesses = [
        await resources.desk.business(each.id) for each in await resources.desk.organisations()
    ]
    status = 200 if organisation is None and businesses else 404
    return HTMLResponse(choice_html(businesses), status_code=status, headers=HEADERS)


@router.get("/static/{name}")
async def static_file(request: Request, name: str) -> Response:
    """One of the page's own files; a browser that has it is told so."""
    if name not in MEDIA_TYPES:
        raise Problem(404, "There is nothing at this address.")
    asset = read_asset(name)
    headers = {**HEADERS, "ETag": asset.etag}
    if request.headers.get("If-None-Match") == asset.etag:
        return Response(status_code=304, headers=headers)
    return Response(asset.content, media_type=MEDIA_TYPES[name], headers=headers)


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


def conversation_html(business: Business) -> str:
    """The page with greeting and notice in place, so that they are there at once."""
    return _template("page.html").substitute(
        slug=escape(business.slug),
        name=escape(business.name),
        address=f"<p>{escape(business.address)}</p>" if business.address else "",
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
