"""Serves the page: starts the workers and the server, says where it is, and ends with Ctrl-C."""

from __future__ import annotations

import ipaddress
import os
import socket
import webbrowser
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from indexer import LianghuiError
from query.page.process import Worker

__all__ = ["serve"]

_LIMITS: dict[str, Any] = {
    "access_log": False,  # what is asked is nobody's business
    "h11_max_incomplete_event_size": 1 << 17,  # an address with a query of 10,000 characters fits
    "limit_concurrency": 1_000,
    "log_level": "error",
    "server_header": False,
    "timeout_graceful_shutdown": 1,
}


_BACKLOG = 2048  # connections that wait to be taken


def serve(
    where: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8420,
    allowed: Sequence[str] = (),
    show: bool = False,
    say: Callable[[str], None] = print,
) -> None:
    """Serve the page of the index at a place until the process is interrupted.

    `allowed` are further names by which it may be asked for, or *.example for all of a domain; `show` opens
    it in a browser; `say` prints a sentence.
    Raise `LianghuiError` for what is no name, and when there is no index or the address cannot be taken.
    """
    for name in allowed:
        if "*" in name.removeprefix("*."):
            raise LianghuiError(f"--allow-host {name} is no name; give one as archive.example or *.example")
    first = Worker(where)  # it opens the index while this process imports the server
    try:
        with _bind(host, port) as listener:
            _run(first, where, listener, [host, *allowed], show=show, say=say)
    finally:
        first.close()


def _bind(host: str, port: int) -> socket.socket:
    """Listen at an address; raise `LianghuiError` when it cannot be taken."""
    # Of the protocol TCP by name: asyncio sends at once on such sockets alone, on others 40 ms later.
    listener = socket.socket(_family(host), socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere it would let two servers take the same address
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except (OSError, OverflowError, TypeError, ValueError) as error:  # taken, too large, or no name
        listener.close()
        reason = getattr(error, "strerror", None) or str(error)
        sentence = f"cannot serve at {host}:{port} ({reason}); give another --port or --host"
        raise LianghuiError(sentence) from None
    return listener


def _run(
    first: Worker,
    where: str | Path,
    listener: socket.socket,
    hosts: Sequence[str],
    *,
    show: bool,
    say: Callable[[str], None],
) -> None:
    import uvicorn  # noqa: PLC0415 - meanwhile the worker opens the index

    from query.page.application import LOCAL_HOSTS, application  # noqa: PLC0415 - the same
    from query.page.workers import Workers  # noqa: PLC0415 - the same

    workers = Workers(where, first)

    @asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        workers.start()
        yield

    app = application(workers, [*LOCAL_HOSTS, *map(_as_host, hosts)], lifespan)
    config = uvicorn.Config(app, **_LIMITS)
    first.wait_until_ready()
    _announce(_address(listener), hosts[0], show=show, say=say)
    try:
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        workers.close()


def _announce(address: str, host: str, *, show: bool, say: Callable[[str], None]) -> None:
    say(f"the page is at {address}; stop it with Ctrl-C")
    if not _is_local(host):
        say(
            f"whoever can reach {host} can read all that is indexed, and nobody has to sign in; "
            "names by which it may be asked for: --allow-host"
        )
    if show:
        webbrowser.open(address)


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{_as_host(host)}:{port}"


def _as_host(host: str) -> str:
    """Write a host as it stands in an address: IPv6 in brackets."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
