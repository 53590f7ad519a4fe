"""The application: which address leads to which view, who may ask, what every reply tells the browser."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from functools import partial

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from indexer import LianghuiError
from query.output.sanitize import safe
from query.page.exchange import Ask, Reply
from query.page.failures import failure
from query.page.files import FILE_TYPES
from query.page.static_files import static_files
from query.page.texts import Texts, preferred_language
from query.page.workers import ANSWER_SECONDS, BusyError, OverdueError

__all__ = ["LOCAL_HOSTS", "SECURITY_HEADERS", "Answer", "application"]

Answer = Callable[[Ask], Awaitable[Reply]]
"""Answers a request: by a worker, or in a test by itself."""

LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
"""The names by which a browser on this machine may ask: no other site may take its own name for them."""

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""What every reply tells the browser: nothing is loaded but from here, and nothing is told to others."""

_LISTS = ("speakers", "topics", "sessions")
_PAGES = ("status", "advanced", "suggest", *_LISTS)
_THINGS = ("p", "speaker", "topic", "session")
_KEPT = "public, max-age=31536000, immutable"  # the address of a static file changes with its content


def application(
    answer: Answer,
    hosts: Sequence[str] = LOCAL_HOSTS,
    lifespan: Callable[[Starlette], AbstractAsyncContextManager[None]] | None = None,
) -> Starlette:
    """Make the application; `answer` answers what comes to one of the `hosts`."""
    routes = [_route("/", answer, "search"), *(_route(f"/{name}", answer, name) for name in _PAGES)]
    routes += [_route(f"/{name}/{{name:path}}", answer, name) for name in _THINGS]
    routes += [_route(f"/results.{end}", answer, "results", end) for end in FILE_TYPES]
    routes += [
        _route(f"/{name}.{end}", answer, f"{name}-file", end)
        for name in _LISTS
        for end in FILE_TYPES
        if end != "atom"
    ]
    routes += [Route(f"/{name}", partial(_static, name)) for name in static_files()]
    return Starlette(
        routes=routes,
        middleware=[
            Middleware(_Headers),
            Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False),
        ],
        exception_handlers={HTTPException: _no_page},
        lifespan=lifespan,
    )


def _route(path: str, answer: Answer, view: str, name: str = "") -> Route:
    """Lead a path to a view, of a fixed name or the one in the path."""

    async def endpoint(request: Request) -> Response:
        return await _reply(answer, _ask(request, view, name or request.path_params.get("name", "")))

    return Route(path, endpoint)


async def _static(name: str, _: Request) -> Response:
    file = static_files()[name]
    return Response(file.content, media_type=file.media_type, headers={"Cache-Control": _KEPT})


def _ask(request: Request, view: str, name: str = "") -> Ask:
    language = preferred_language(request.headers.get("accept-language", ""))
    origin = f"{request.url.scheme}://{request.url.netloc}"
    return Ask(view, name, tuple(request.query_params.multi_items()), language, origin)


async def _reply(answer: Answer, ask: Ask) -> Response:
    """Answer a request, or say why there is no answer in time."""
    say = Texts(ask.language)
    try:
        reply = await answer(ask)
    except OverdueError:
        reply = failure(ask, 503, say("too_long", n=ANSWER_SECONDS))
    except BusyError:
        reply = failure(ask, 503, say("busy"))
    except LianghuiError as error:  # a worker could not open the index anew
        reply = failure(ask, 503, str(error), language="en")
    except Exception:  # noqa: BLE001 - the page says that the fault is ours, the terminal which
        traceback.print_exc(file=sys.stderr)
        reply = failure(ask, 500)
    headers = {"Cache-Control": "no-cache", "Vary": "Accept-Language"}
    if reply.location:
        headers["Location"] = reply.location
    return Response(reply.body, reply.status, headers, reply.media_type)


async def _no_page(request: Request, error: Exception) -> Response:
    """Answer for an address that leads nowhere, and for a method other than GET and HEAD."""
    assert isinstance(error, HTTPException)
    if error.status_code != 404:
        return Response(error.detail, error.status_code, error.headers, "text/plain")
    ask = _ask(request, "search")
    reply = failure(ask, 404, Texts(ask.language)("no_page", path=safe(request.url.path)))
    return Response(reply.body, reply.status, media_type=reply.media_type)


class _Headers:
    """Adds the headers of `SECURITY_HEADERS` to every reply."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SECURITY_HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)
