"""What we answer, read by the official SDK's own types; importing them takes a while."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.clinic import SALON_TOML
from tests.webhooks.doors import VAPI, Opened, opened, settings_in
from tests.webhooks.payloads import message, tool_call, tool_calls

pytestmark = pytest.mark.slow


async def answer(door: Opened, body: dict[str, Any]) -> Any:
    return (await door.client.post("/vapi/events", json=body, headers=VAPI)).json()


async def test_results_of_tools_fit(door: Opened) -> None:
    from vapi.types.server_message_response_tool_calls import ServerMessageResponseToolCalls

    body = tool_calls(
        tool_call("check_availability", {"service": "check-up"}, "call_1"),
        tool_call("no_such_tool", {}, "call_2"),
    )
    read = ServerMessageResponseToolCalls.model_validate(await answer(door, body))
    assert read.results is not None
    assert [result.tool_call_id for result in read.results] == ["call_1", "call_2"]
    assert read.results[0].result
    assert read.results[1].error


@pytest.mark.parametrize("public_url", [None, "https://ringbook.example"])
@pytest.mark.parametrize("business", ["sample", "salon"])
async def test_answers_to_incoming_calls_fit_and_are_exactly_one(
    tmp_path: Path, business: str, public_url: str | None
) -> None:
    from vapi.types.server_message_response_assistant_request import (
        ServerMessageResponseAssistantRequest,
    )

    settings = settings_in(tmp_path, public_url=public_url)
    if business == "salon":
        file = tmp_path / "salon.toml"
        file.write_text(SALON_TOML)
        settings = settings_in(tmp_path, public_url=public_url, business=file)
    async with opened(settings) as door:
        given = await answer(door, message("assistant-request"))
    read = ServerMessageResponseAssistantRequest.model_validate(given)
    chosen = [read.assistant_id, read.assistant, read.destination, read.squad, read.error]
    assert sum(each is not None for each in chosen) == 1
    if read.assistant is not None:
        assert read.assistant.model is not None
        assert read.assistant.model.provider == "custom-llm"


async def test_destinations_fit(tmp_path: Path) -> None:
    from vapi.types.server_message_response_handoff_destination_request import (
        ServerMessageResponseHandoffDestinationRequest,
    )
    from vapi.types.server_message_response_transfer_destination_request import (
        ServerMessageResponseTransferDestinationRequest,
    )

    file = tmp_path / "salon.toml"
    file.write_text(SALON_TOML)
    async with opened(settings_in(tmp_path, business=file)) as door:
        transfer = await answer(door, message("transfer-destination-request"))
        parameters = {"destination": "salon-assistant"}
        handoff = await answer(door, message("handoff-destination-request", parameters=parameters))
    transferred = ServerMessageResponseTransferDestinationRequest.model_validate(transfer)
    assert transferred.destination is not None
    assert transferred.destination.type == "number"
    handed_over = ServerMessageResponseHandoffDestinationRequest.model_validate(handoff)
    assert handed_over.destination is not None


async def test_the_other_answers_fit(door: Opened) -> None:
    from vapi.types.server_message_response_call_endpointing_request import (
        ServerMessageResponseCallEndpointingRequest,
    )
    from vapi.types.server_message_response_campaign_predial import (
        ServerMessageResponseCampaignPredial,
    )
    from vapi.types.server_message_response_knowledge_base_request import (
        ServerMessageResponseKnowledgeBaseRequest,
    )

    asked = [{"role": "user", "content": "Where can I park?"}]
    pause = await answer(door, message("call.endpointing.request"))
    ServerMessageResponseCallEndpointingRequest.model_validate(pause)
    predial = await answer(door, message("campaign.predial"))
    ServerMessageResponseCampaignPredial.model_validate(predial)
    known = await answer(door, message("knowledge-base-request", messagesOpenAIFormatted=asked))
    read = ServerMessageResponseKnowledgeBaseRequest.model_validate(known)
    assert read.documents
