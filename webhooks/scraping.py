"""Where Prometheus reads what is counted; behind the admin token."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from webhooks.admission import admit_staff

router = APIRouter()


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """The counters in Prometheus' text format."""
    admit_staff(request)
    registry = request.app.state.ringbook.metrics.registry
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
