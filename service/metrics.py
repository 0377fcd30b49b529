"""``/metrics``: how much is asked, how long it takes, how much waits, by route and status.

A route is its template, never the address asked for: ids of encounters stay out of the numbers.
"""

from time import perf_counter
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.deps import ModelWorker, ReadSession
from service.encounters.worklist import Worklist
from service.people.access import needs
from service.people.records import Role
from service.people.records import Scope as KeyScope
from service.problems import responses

router = APIRouter(tags=["health"])
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.12, 0.15, 0.25, 0.5, 1, 2.5, 5, 10)
_UNMATCHED = "unmatched"
_API = "/api/v1"


class Metrics:
    """The numbers of one app; each app has its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "noteproof_requests",
            "Requests answered.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "noteproof_request_seconds",
            "Seconds from a request to the end of its answer.",
            ("method", "route"),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.waiting = Gauge(
            "noteproof_encounters_waiting_for_model",
            "Encounters handed in and not yet answered.",
            registry=self.registry,
        )
        self.encounters = Gauge(
            "noteproof_encounters", "Encounters kept.", ("status",), registry=self.registry
        )

    def text(self) -> bytes:
        """All numbers, as Prometheus reads them."""
        return generate_latest(self.registry)


class Measured:
    """Counts and times every request."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and note what became of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, began = 500, perf_counter()

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            self._note(scope, status, perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        method, route = scope["method"], _route(scope)
        if route == _UNMATCHED:
            method = _UNMATCHED  # anybody can make up methods
        self._metrics.requests.labels(method, route, str(status)).inc()
        self._metrics.seconds.labels(method, route).observe(seconds)


def _route(scope: Scope) -> str:
    """The template of the route that matched, with the prefix it is included under."""
    path = getattr(scope.get("route"), "path", None)
    if path is None:
        return _UNMATCHED
    prefix = _API if scope["path"].startswith(_API) and not path.startswith(_API) else ""
    return f"{prefix}{path}"


def _metrics(request: Request) -> Metrics:
    metrics: Metrics = request.app.state.metrics
    return metrics


@router.get(
    "/metrics",
    dependencies=[needs(Role.ADMIN, Role.PLUGIN, scope=KeyScope.METRICS)],
    response_class=Response,
    responses={
        200: {"content": {CONTENT_TYPE_LATEST: {"schema": {"type": "string"}}}},
        **responses(401, 403, 503),
    },
)
def show_metrics(
    metrics: Annotated[Metrics, Depends(_metrics)], worker: ModelWorker, session: ReadSession
) -> Response:
    """The numbers of this process, and how many encounters have each status."""
    metrics.waiting.set(worker.waiting)
    for status, count in Worklist(session).counts().items():
        metrics.encounters.labels(status).set(count)
    return Response(metrics.text(), media_type=CONTENT_TYPE_LATEST)
