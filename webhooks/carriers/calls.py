"""Live calls at Twilio's REST interface: to a person, or to an end."""

from __future__ import annotations

from types import TracebackType

import httpx2
import structlog

from webhooks.carriers.twiml import dial_twiml, say_twiml
from webhooks.certificates import trusted

log = structlog.stdlib.get_logger(__name__)

API = "https://api.twilio.com/2010-04-01"
TIMEOUT_SECONDS = 5.0


class CarrierCalls:
    """Redirects and ends calls of one account; what fails is logged and told by the answer."""

    def __init__(
        self,
        account: str,
        token: str,
        *,
        voice_address: str,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        """`voice_address`: where the carrier asks how a call goes on."""
        self._account = account
        self._voice_address = voice_address
        self._client = httpx2.AsyncClient(
            transport=transport,
            verify=trusted(),
            auth=httpx2.BasicAuth(account, token),
            timeout=TIMEOUT_SECONDS,
            follow_redirects=False,
            trust_env=False,
        )

    async def __aenter__(self) -> CarrierCalls:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        frames: TracebackType | None,
    ) -> None:
        await self._client.aclose()

    async def transfer(self, call_sid: str, number: str) -> bool:
        """Whether the carrier took it: the media stream then ends, and the person is rung."""
        return await self._change(call_sid, {"Twiml": dial_twiml(number, then=self._voice_address)})

    async def end_saying(self, call_sid: str, sentence: str) -> bool:
        """The carrier says this in its own voice and hangs up: when ours is lost."""
        return await self._change(call_sid, {"Twiml": say_twiml(sentence)})

    async def hang_up(self, call_sid: str) -> bool:
        """End the call."""
        return await self._change(call_sid, {"Status": "completed"})

    async def _change(self, call_sid: str, fields: dict[str, str]) -> bool:
        address = f"{API}/Accounts/{self._account}/Calls/{call_sid}.json"
        try:
            response = await self._client.post(address, data=fields)
        except httpx2.HTTPError as error:
            log.warning("carrier unreachable", call_id=call_sid, error=type(error).__name__)
            return False
        if not response.is_success:
            log.warning("carrier declined", call_id=call_sid, status=response.status_code)
        return response.is_success
