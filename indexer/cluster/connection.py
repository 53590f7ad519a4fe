"""Speaks with a cluster: retries what may pass, and says in one sentence what does not."""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from indexer.errors import GenerationGoneError, LianghuiError
from indexer.store.address import ClusterAddress

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

__all__ = ["Connection", "GoneError", "is_blocked"]

_USER, _PASSWORD, _TOKEN, _CERTIFICATES = (
    f"LIANGHUI_OPENSEARCH_{name}" for name in ("USER", "PASSWORD", "TOKEN", "CA")
)
_PASSING = {429, 502, 503, 504}  # too many requests, or a node that is just gone
_BLOCKS = ("read-only-allow-delete", "read-only / allow delete", "create-index blocked")
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 2.0  # seconds between tries
_REASON_LENGTH = 200  # characters of what a cluster says


class GoneError(GenerationGoneError):
    """What was asked for is not there."""


class Connection:
    """A connection to the nodes of a cluster; `patience` is how long a request is tried again, in seconds."""

    def __init__(self, address: ClusterAddress, *, patience: float = 15.0, timeout: float = 30.0) -> None:
        """Connect with the first request. Raise `LianghuiError` for credentials that cannot be used."""
        self.address = address
        self._patience = patience
        self._client = _connect(address, timeout)

    def get(self, path: str, **params: Any) -> Any:
        """Ask for a path."""
        return self.perform("GET", path, None, params)

    def put(self, path: str, body: Any = None, **params: Any) -> Any:
        """Put a body at a path."""
        return self.perform("PUT", path, body, params)

    def post(self, path: str, body: Any = None, **params: Any) -> Any:
        """Post a body to a path."""
        return self.perform("POST", path, body, params)

    def delete(self, path: str, **params: Any) -> Any:
        """Delete a path."""
        return self.perform("DELETE", path, None, params)

    def perform(self, method: str, path: str, body: Any, params: Mapping[str, Any]) -> Any:
        """Perform a request, and again as long as what fails may pass.

        Raise `GoneError` for what is not there, and `LianghuiError` for all else that fails.
        """
        from opensearchpy.exceptions import ConnectionError, TransportError  # noqa: A004, PLC0415

        end = time.monotonic() + self._patience
        pause = _FIRST_PAUSE
        while True:
            try:
                return self._client.transport.perform_request(method, path, params=dict(params), body=body)
            except ConnectionError as error:
                failed: Exception = error
                if _is_untrusted(error):
                    raise self._untrusted() from None
            except TransportError as error:
                failed = error
                if is_blocked(_reason(error)):
                    raise self.blocked(_reason(error)) from None
                if error.status_code not in _PASSING:
                    raise self._refused(error) from None
            if time.monotonic() + pause > end:
                raise self._unreachable(failed) from None
            time.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - so that many do not come back at once
            pause = min(2 * pause, _LONGEST_PAUSE)

    def msearch(self, index: str, requests: list[bytes]) -> list[Mapping[str, Any]]:
        """Perform several searches, written as JSON, at once; what may pass is tried again.

        A search that some shard does not answer fails: half an answer is none.
        """
        end = time.monotonic() + self._patience
        pause = _FIRST_PAUSE
        replies: dict[int, Mapping[str, Any]] = {}
        asked = {"index": index, "preference": "_local", "allow_partial_search_results": False}
        header = json.dumps(asked).encode("ascii") + b"\n"
        while True:
            left = [number for number in range(len(requests)) if number not in replies]
            body = b"".join(header + requests[number] + b"\n" for number in left)
            found = self.post("/_msearch", body)["responses"]
            failed: Mapping[str, Any] | None = None
            for number, reply in zip(left, found, strict=True):
                if "error" not in reply and not reply["_shards"]["failed"]:
                    replies[number] = reply
                elif reply.get("status", 503) in _PASSING:
                    failed = reply
                else:
                    raise self._failed(reply)
            if failed is None:
                return [replies[number] for number in range(len(requests))]
            if time.monotonic() + pause > end:
                raise self._failed(failed)
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def blocked(self, reason: str) -> LianghuiError:
        """Say that nobody may write because a disk is full, which does not pass by itself."""
        return LianghuiError(
            f"the cluster at {self.address} lets nobody write ({_short(reason)}); "
            "free disk space on its nodes or start more of them, and build again"
        )

    def _failed(self, reply: Mapping[str, Any]) -> LianghuiError:
        error = reply.get("error", {})
        if error.get("type") == "index_not_found_exception":
            return GoneError(f"the index at {self.address} was replaced or deleted; open it again")
        causes = [*error.get("root_cause", ()), error.get("caused_by") or {}, error]
        reason = next((cause["reason"] for cause in causes if cause.get("reason")), "a shard does not answer")
        return LianghuiError(f"the cluster cannot answer at {self.address}: {_short(reason)}")

    def _refused(self, error: Any) -> LianghuiError:
        if error.status_code == 404:
            return GoneError(f"there is nothing at {self.address} any more; build it again")
        if error.status_code in (401, 403):
            return LianghuiError(
                f"the cluster at {self.address} refuses the credentials; "
                f"set {_USER} and {_PASSWORD}, or {_TOKEN}"
            )
        return LianghuiError(f"the cluster at {self.address} refuses ({error.status_code}): {_reason(error)}")

    def _unreachable(self, error: Any) -> LianghuiError:
        return LianghuiError(
            f"the cluster at {self.address} does not answer ({_reason(error)}); "
            "start it, or name a node that is up"
        )

    def _untrusted(self) -> LianghuiError:
        return LianghuiError(
            f"the certificate of {self.address} is not trusted; "
            f"name the authority that signed it in {_CERTIFICATES}"
        )


def _connect(address: ClusterAddress, timeout: float) -> OpenSearch:
    try:
        from opensearchpy import OpenSearch  # noqa: PLC0415 - nothing else waits for it
    except ModuleNotFoundError:
        raise LianghuiError(
            f"to reach {address}, install what speaks with clusters: pip install 'lianghui[opensearch]'"
        ) from None
    user, password, token = (os.environ.get(name, "") for name in (_USER, _PASSWORD, _TOKEN))
    if (user or password or token) and not address.secure:
        raise LianghuiError(f"credentials are sent by TLS alone; write opensearch+https:// for {address}")
    return OpenSearch(
        [{"host": host, "port": port} for host, port in address.hosts],
        use_ssl=address.secure,
        verify_certs=True,
        ca_certs=os.environ.get(_CERTIFICATES) or None,
        http_auth=(user, password) if user and not token else None,
        headers={"Authorization": f"Bearer {token}"} if token else None,
        http_compress=False,
        max_retries=0,  # `perform` waits between two tries
        timeout=timeout,
    )


def is_blocked(reason: str) -> bool:
    """Tell whether a cluster takes no paragraphs or no new index, as where a disk is nearly full."""
    return any(block in reason for block in _BLOCKS)


def _is_untrusted(error: Any) -> bool:
    return "CERTIFICATE_VERIFY_FAILED" in str(error)


def _reason(error: Any) -> str:
    info = getattr(error, "info", None)
    if isinstance(info, dict):
        cause = info.get("error")
        return _short(cause["reason"] if isinstance(cause, dict) and cause.get("reason") else str(cause))
    return type(error).__name__


def _short(reason: str) -> str:
    reason = " ".join(str(reason).split())
    return reason if len(reason) <= _REASON_LENGTH else reason[:_REASON_LENGTH] + "…"
