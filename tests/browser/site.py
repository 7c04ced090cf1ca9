"""A page of another origin, and a server that its organisation lists it at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from tests.clinic import SALON_TOML
from tests.ringbook_process import Served, serving


class Site:
    """A page of another origin, with a content policy of its own."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.head = ""
        self.policy = ""


@contextmanager
def site() -> Iterator[Site]:
    """Serve it until the block ends."""
    shown = Site("")

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = f"<!doctype html><title>Site</title>{shown.head}<h1 id=title>Our site</h1>"
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", shown.policy)
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Nothing to see here."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        shown.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=partial(server.serve_forever, 0.05))
        thread.start()
        try:
            yield shown
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def two_salons(folder: Path, site: Site, *, speech: str = "off") -> Iterator[Served]:
    """Corner Salon, which lists the site, and Oak & Sons, which lists none."""
    files = folder / "businesses"
    files.mkdir()
    (files / "salon.toml").write_text(SALON_TOML.replace("https://salon.example", site.address))
    other = SALON_TOML.replace("corner-salon", "oak").replace("Corner Salon", "Oak & Sons")
    other = re.sub(r"^(numbers|assistants|origins) = .*$", "", other, flags=re.MULTILINE)
    (files / "oak.toml").write_text(other)
    with serving(folder, RINGBOOK_BUSINESS=str(files), RINGBOOK_SPEECH=speech) as served:
        yield served


def embed(site: Site, served: Served) -> None:
    """Corner Salon's widget on the site, whose policy allows no more than it needs."""
    socket = served.address.replace("http", "ws")
    site.policy = (
        f"default-src 'none'; script-src {served.address}; connect-src {served.address} {socket}"
    )
    site.head = widget_tag(served, "corner-salon")


def widget_tag(served: Served, organisation: str, *, more: str = "") -> str:
    source = f"{served.address}/widget.js"
    return f'<script src="{source}" data-organisation="{organisation}" {more} async></script>'
