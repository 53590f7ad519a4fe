"""The command `lianghui serve` as a user runs it: a server in a process of its own, asked over HTTP."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest

from query.page import workers
from query.page.exchange import Ask
from query.page.process import Worker
from query.page.workers import OverdueError, Workers
from tests.conftest import ROOT, Command

pytestmark = pytest.mark.slow

RUN = """
import signal

signal.signal(signal.SIGINT, signal.default_int_handler)  # also where the tests run in the background
from query.cli.entry import run

run()
"""
START = [sys.executable, "-c", RUN, "serve", "--port", "0"]


@contextmanager
def serving(index: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run the command until the end of the block; give the address that it says, and the process."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [*START, "--index", str(index), *options]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as server:
        assert server.stderr
        try:
            said = server.stderr.readline()
            address = re.search(r"http://\S+:\d+", said)
            assert address, said
            yield address[0], server
        finally:
            server.kill()


def test_it_answers_says_nothing_of_what_is_asked_and_ends_with_ctrl_c(page_index: Path) -> None:
    with serving(page_index) as (address, server):
        assert address.startswith("http://127.0.0.1:")
        with httpx2.Client(base_url=address) as client:
            assert "共 9 段" in client.get("/?q=低空经济").text
            assert client.get("/p/nobody").status_code == 404
            assert _status_of_query(address, "低" * 10_000) == 200
            assert _status_of_query(address, "低" * 10_001) == 400
            assert client.post("/").status_code == 405
            assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=10)
    assert (server.returncode, out, err) == (130, "", "lianghui: stopped\n")


def _status_of_query(address: str, query: str) -> int:
    connection = HTTPConnection(address.removeprefix("http://"))
    connection.request("GET", "/?q=" + quote(query))
    with connection.getresponse() as reply:
        return reply.status


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="there is no /proc to list processes in")
def test_its_workers_end_with_it_even_when_it_is_killed(page_index: Path) -> None:
    with serving(page_index) as (address, server):
        httpx2.get(f"{address}/?q=低空")
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children")
        pids = _within(
            10, lambda: [*map(int, children.read_text("ascii").split())], lambda found: len(found) > 1
        )
        server.kill()
        assert not _within(10, lambda: [*filter(_is_running, pids)], lambda running: not running)


def _within(seconds: float, look: Callable[[], list[int]], is_so: Callable[[list[int]], bool]) -> list[int]:
    """Look until something is so, or some seconds have passed; return what was seen last."""
    until = time.monotonic() + seconds
    while not is_so(seen := look()) and time.monotonic() < until:
        time.sleep(0.05)
    return seen


def _is_running(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_host_that_others_can_reach_is_told_of(page_index: Path) -> None:
    with serving(page_index, "--host", "0.0.0.0", "--allow-host", "archive.example") as (address, server):  # noqa: S104
        assert server.stderr
        assert "whoever can reach 0.0.0.0 can read all that is indexed" in server.stderr.readline()
        local = address.replace("0.0.0.0", "127.0.0.1")  # noqa: S104
        assert httpx2.get(local, headers={"Host": "archive.example"}).status_code == 200
        assert httpx2.get(local, headers={"Host": "other.example"}).status_code == 400


@pytest.mark.parametrize("name", ["*", "a*.example", "*.a*", "**"])
def test_a_host_of_any_name_cannot_be_allowed(lianghui: Command, page_index: Path, name: str) -> None:
    run = lianghui("serve", "--index", page_index, "--port", "0", "--allow-host", name)
    assert run.code == 2
    assert run.err == f"lianghui: --allow-host {name} is no name; give one as archive.example or *.example\n"


def test_without_an_index_it_says_so_in_one_sentence(lianghui: Command, tmp_path: Path) -> None:
    run = lianghui("serve", "--index", tmp_path / "none", "--port", "0")
    assert (run.code, run.out) == (2, "")
    none = tmp_path / "none"
    assert run.err == f"lianghui: no index at {none}; build one with: lianghui index --index {none}\n"


def test_a_port_that_is_taken_is_told(lianghui: Command, page_index: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        run = lianghui("serve", "--index", page_index, "--port", port)
    assert run.code == 2
    reason = "Address already in use"
    assert (
        run.err == f"lianghui: cannot serve at 127.0.0.1:{port} ({reason}); give another --port or --host\n"
    )


@pytest.mark.parametrize("host", ["no.such.host.invalid", "a..b", "256.1.1.1", "ü" * 70])
def test_a_host_that_is_none_is_told(lianghui: Command, page_index: Path, host: str) -> None:
    run = lianghui("serve", "--index", page_index, "--port", "0", "--host", host)
    assert run.code == 2
    assert run.err.startswith(f"lianghui: cannot serve at {host}:0 (")
    assert run.err.endswith("); give another --port or --host\n")


@pytest.fixture
def pool(page_index: Path) -> Iterator[Callable[[], Workers]]:
    """Make a function that makes a pool of two workers, which end with the test."""
    made: list[Workers] = []

    def make() -> Workers:
        made.append(Workers(page_index, Worker(page_index), count=2))
        made[-1].start()
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.mark.anyio
async def test_an_answer_that_takes_too_long_is_stopped_and_the_next_is_given(
    pool: Callable[[], Workers], monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = pool()
    asked = Ask("search", parameters=(("q", "低空经济"),))
    assert (await answer(asked)).status == 200
    monkeypatch.setattr(workers, "ANSWER_SECONDS", 0.0)
    with pytest.raises(OverdueError):
        await answer(asked)
    with pytest.raises(OverdueError):
        await answer(asked)
    monkeypatch.setattr(workers, "ANSWER_SECONDS", 10.0)
    assert [(await answer(asked)).status for _ in range(4)] == [200] * 4


@pytest.mark.anyio
async def test_a_worker_that_was_killed_is_replaced(
    pool: Callable[[], Workers], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "HEAD_START", 0.0)
    answer = pool()
    asked = Ask("search", parameters=(("q", "低空经济"),))
    assert [(await answer(asked)).status for _ in range(2)] == [200, 200]
    for worker in [*answer.all]:
        worker.stop()
    statuses = []
    for _ in range(4):
        try:
            statuses.append((await answer(asked)).status)
        except (EOFError, OSError):
            statuses.append(500)
    assert statuses == [500, 500, 200, 200]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
