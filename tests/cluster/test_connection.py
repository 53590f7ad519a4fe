"""TLS, certificates and credentials, through a proxy: the stock server has none. And addresses."""

from __future__ import annotations

import base64
import http.client
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from indexer import LianghuiError
from indexer.store.address import ClusterAddress
from query import open_index
from tests.cluster.nodes import Cluster
from tests.conftest import SEEDS, Command

USER, PASSWORD, TOKEN = "zhao", "geheim-123", "token-456"
ALLOWED = {"Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode(), f"Bearer {TOKEN}"}


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """Make a certificate for localhost that nobody signed but itself."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    command += ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    return key, certificate


class Proxy(BaseHTTPRequestHandler):
    """Passes on what comes with the right credentials."""

    protocol_version = "HTTP/1.1"
    port = 0

    def handle_one(self) -> None:
        """Ask the node behind, and answer what it answers; refuse wrong credentials."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.headers.get("Authorization") not in ALLOWED:
            self._answer(401, b'{"error": "Unauthorized", "status": 401}')
            return
        node = http.client.HTTPConnection("127.0.0.1", self.port)
        kind = {"Content-Type": self.headers.get("Content-Type") or "application/json"}
        node.request(self.command, self.path, body or None, kind)
        reply = node.getresponse()
        self._answer(reply.status, reply.read())

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = handle_one  # noqa: N815 - the names that the library calls

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def secure(cluster: Cluster, certificate: tuple[Path, Path]) -> Iterator[str]:
    """Serve the cluster by TLS to those with credentials; return the address without a name."""
    key, own = certificate
    handler = type("PortProxy", (Proxy,), {"port": cluster["n1"].http})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"opensearch+https://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.cluster
@pytest.mark.parametrize(
    "credentials",
    [
        {"LIANGHUI_OPENSEARCH_USER": USER, "LIANGHUI_OPENSEARCH_PASSWORD": PASSWORD},
        {"LIANGHUI_OPENSEARCH_TOKEN": TOKEN},
    ],
)
def test_an_index_is_built_and_searched_by_tls_with_credentials(
    lianghui: Command,
    secure: str,
    certificate: tuple[Path, Path],
    credentials: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LIANGHUI_OPENSEARCH_CA", str(certificate[1]))
    for name, value in credentials.items():
        monkeypatch.setenv(name, value)
    built = lianghui("index", SEEDS, "--index", f"{secure}/secured")
    assert (built.code, built.err) == (0, "")
    found = lianghui("search", "低空经济", "--count", "--index", f"{secure}/secured")
    assert (found.code, found.out) == (0, "9\n")


@pytest.mark.cluster
def test_wrong_credentials_are_refused_in_one_sentence_that_does_not_hold_them(
    lianghui: Command, secure: str, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANGHUI_OPENSEARCH_CA", str(certificate[1]))
    monkeypatch.setenv("LIANGHUI_OPENSEARCH_USER", USER)
    monkeypatch.setenv("LIANGHUI_OPENSEARCH_PASSWORD", "falsch-789")
    run = lianghui("search", "经济", "--index", f"{secure}/secured")
    assert run.code == 2
    assert "refuses the credentials; set LIANGHUI_OPENSEARCH_USER" in run.err
    assert "falsch" not in run.err
    assert run.err.count("\n") == 1


@pytest.mark.cluster
def test_a_certificate_that_nobody_trusts_is_refused(
    lianghui: Command, secure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANGHUI_OPENSEARCH_TOKEN", TOKEN)
    run = lianghui("search", "经济", "--index", f"{secure}/secured")
    assert run.code == 2
    assert "is not trusted; name the authority that signed it in LIANGHUI_OPENSEARCH_CA" in run.err


def test_credentials_are_not_sent_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("opensearchpy")
    monkeypatch.setenv("LIANGHUI_OPENSEARCH_TOKEN", TOKEN)
    with pytest.raises(LianghuiError, match="by TLS alone") as raised:
        open_index("opensearch://127.0.0.1:9/name")
    assert TOKEN not in str(raised.value)


def test_a_cluster_that_is_not_there_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("opensearchpy")
    monkeypatch.setattr(
        "indexer.cluster.connection.Connection.__init__.__kwdefaults__", {"patience": 0.2, "timeout": 1.0}
    )
    with pytest.raises(LianghuiError, match=r"does not answer .*; start it, or name a node that is up"):
        open_index("opensearch://127.0.0.1:9/name")


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("opensearch://zhao:geheim@host/name", "holds no user and no password"),
        ("opensearch://host", "is no address of an index"),
        ("http://host/name", "is no address of an index"),
        ("opensearch://host:0/name", "names no host"),
        ("opensearch://host:99999/name", "names no host"),
        ("opensearch:///name", "names no host"),
        ("opensearch://host/", "cannot be the name"),
        ("opensearch://host/Name", "cannot be the name"),
        ("opensearch://host/_all", "cannot be the name"),
    ],
)
def test_an_address_that_is_none_is_refused(lianghui: Command, address: str, message: str) -> None:
    run = lianghui("search", "经济", "--index", address)
    assert run.code == 2
    assert message in run.err
    assert "geheim" not in run.err


def test_an_address_names_hosts_with_ports_and_tls() -> None:
    address = ClusterAddress.parse("opensearch+https://one.example,[::1]:9201/reports-2025")
    assert address.hosts == (("one.example", 9200), ("[::1]", 9201))
    assert address.secure
    assert str(address) == "opensearch+https://one.example:9200,[::1]:9201/reports-2025"
