"""A real cluster on this machine: two data nodes, and a small third so that any one of them may die."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

_NOBODY = 65534  # the server refuses to run as root
_START_SECONDS = 300
_SETTINGS = """\
cluster.name: lianghui
node.name: {name}
node.roles: [{roles}]
network.host: 127.0.0.1
http.port: {http}
transport.port: {transport}
discovery.seed_hosts: [{seeds}]
cluster.initial_cluster_manager_nodes: [m1]
path.data: {folder}/data
path.logs: {folder}/logs
action.auto_create_index: false
cluster.routing.allocation.disk.watermark.low: 3mb
cluster.routing.allocation.disk.watermark.high: 2mb
cluster.routing.allocation.disk.watermark.flood_stage: 1mb
cluster.info.update.interval: 10s
"""


class Node:
    """One node, which can be killed and started again."""

    def __init__(
        self, home: Path, java: Path, folder: Path, ports: dict[str, tuple[int, int]], name: str
    ) -> None:
        """Prepare a node with its ports for HTTP and for the others."""
        self.name, self.folder, self._home, self._java = name, folder / name, home, java
        self.http, transport = ports[name]
        self.process: subprocess.Popen[bytes] | None = None
        configuration = self.folder / "conf"
        for part in (
            configuration / "jvm.options.d",
            *(self.folder / each for each in ("data", "logs", "tmp")),
        ):
            part.mkdir(parents=True)
        shutil.copy(home / "config" / "log4j2.properties", configuration)
        options = (home / "config" / "jvm.options").read_text("utf-8")
        for before, after in (
            ("file=logs/", f"file={self.folder}/logs/"),
            ("ErrorFile=logs/", f"ErrorFile={self.folder}/logs/"),
            ("HeapDumpPath=data", f"HeapDumpPath={self.folder}/data"),
        ):
            options = options.replace(before, after)
        (configuration / "jvm.options").write_text(options, "utf-8")
        is_data = name != "m1"
        heap = "640m" if is_data else "256m"
        (configuration / "jvm.options.d" / "heap.options").write_text(f"-Xms{heap}\n-Xmx{heap}\n", "utf-8")
        settings = _SETTINGS.format(
            name=name,
            roles="cluster_manager, data, ingest" if is_data else "cluster_manager",
            http=self.http,
            transport=transport,
            seeds=", ".join(f'"127.0.0.1:{port}"' for _, port in ports.values()),
            folder=self.folder,
        )
        (configuration / "opensearch.yml").write_text(settings, "utf-8")
        if os.geteuid() == 0:
            subprocess.run(["chown", "-R", f"{_NOBODY}:{_NOBODY}", str(self.folder)], check=True)  # noqa: S607

    def start(self) -> None:
        """Start the node; it takes half a minute until it answers."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "OPENSEARCH_JAVA_HOME": str(self._java),
            "OPENSEARCH_PATH_CONF": str(self.folder / "conf"),
            "OPENSEARCH_TMPDIR": str(self.folder / "tmp"),
        }
        who: dict[str, Any] = {}
        if os.geteuid() == 0:
            who = {"user": _NOBODY, "group": _NOBODY, "extra_groups": []}
        with (self.folder / "out.log").open("ab") as out:
            self.process = subprocess.Popen(
                ["nice", "-n", "5", str(self._home / "bin" / "opensearch")],  # noqa: S607
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                **who,
            )

    def kill(self) -> None:
        """Kill the node at once."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Let the node end, and wait until it has."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()

    def freeze(self) -> None:
        """Stop the node's process without ending it."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let the node's process go on."""
        assert self.process
        self.process.send_signal(signal.SIGCONT)


class Cluster:
    """The nodes n1 and n2, which hold data, and m1, which only votes."""

    def __init__(self, home: Path, java: Path, folder: Path) -> None:
        """Prepare the nodes in a folder."""
        numbers = iter(_free_ports(6))
        ports = {name: (next(numbers), next(numbers)) for name in ("n1", "n2", "m1")}
        self.nodes = {name: Node(home, java, folder, ports, name) for name in ports}

    def __getitem__(self, name: str) -> Node:
        """Return a node by its name."""
        return self.nodes[name]

    def address(self, name: str) -> str:
        """Return the address of an index, by both data nodes."""
        return f"opensearch://127.0.0.1:{self['n1'].http},127.0.0.1:{self['n2'].http}/{name}"

    def request(self, method: str, path: str, body: Any = None, node: str = "") -> Any:
        """Ask the cluster past the product: by a node, or by the first that answers."""
        for each in [self.nodes[node]] if node else [self["n1"], self["n2"]]:
            data = None if body is None else json.dumps(body).encode("utf-8")
            asked = urllib.request.Request(
                f"http://127.0.0.1:{each.http}{path}",
                data,
                {"Content-Type": "application/json"},
                method=method,
            )
            try:
                with urllib.request.urlopen(asked, timeout=60) as reply:  # noqa: S310
                    return json.loads(reply.read() or b"null")
            except urllib.error.HTTPError:
                raise
            except OSError:
                continue
        raise ConnectionError("no node answers")

    def wait(self, nodes: int, status: str = "green") -> None:
        """Wait until so many nodes are there and all shards have the status."""
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end:
            with suppress(OSError):
                health = self.request("GET", "/_cluster/health")
                if health["number_of_nodes"] == nodes and health["status"] in (status, "green"):
                    return
            time.sleep(0.25)
        said = "\n".join(
            (node.folder / "out.log").read_text("utf-8")[-2_000:] for node in self.nodes.values()
        )
        raise TimeoutError(f"there are not {nodes} nodes that are {status}; they say:\n{said}")

    @contextmanager
    def settings(self, settings: dict[str, str]) -> Iterator[None]:
        """Set the cluster otherwise until the end of the block."""
        self.request("PUT", "/_cluster/settings", {"persistent": settings})
        try:
            yield
        finally:
            self.request("PUT", "/_cluster/settings", {"persistent": dict.fromkeys(settings)})

    @contextmanager
    def full_disks(self, name: str) -> Iterator[None]:
        """Demand more free disk space than there is, until the nodes let nobody write to an index."""
        watermarks = ("low", "high", "flood_stage")
        path = f"/{name},{name}-files/_settings?flat_settings=true"
        try:
            with self.settings(
                {f"cluster.routing.allocation.disk.watermark.{each}": "999tb" for each in watermarks}
            ):
                for _ in range(_START_SECONDS):
                    found = self.request("GET", path).values()
                    if all("index.blocks.read_only_allow_delete" in own["settings"] for own in found):
                        break
                    time.sleep(1)
                yield
        finally:  # a manager that saw full disks lets nobody make an index as long as it lives
            (manager,) = self.request("GET", "/_cat/cluster_manager?format=json")
            self[manager["node"]].kill()
            self.restart(manager["node"])
            self.request("PUT", "/_cluster/settings", {"persistent": {"cluster.blocks.create_index": None}})
            self.request("PUT", "/_all/_settings", {"index.blocks.read_only_allow_delete": None})

    def wait_for_documents(self, name: str) -> None:
        """Wait until a build has sent paragraphs to a new generation of an index."""
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end:
            with suppress(OSError):
                found = self.request("GET", f"/{name}-0*/_stats/indexing")["_all"]["primaries"]
                if found and found["indexing"]["index_total"]:
                    return
            time.sleep(0.05)
        raise TimeoutError(f"nothing is sent to {name}")

    @contextmanager
    def running(self) -> Iterator[Cluster]:
        """Start all nodes, and stop them at the end of the block."""
        try:
            for node in self.nodes.values():
                node.start()
            self.wait(len(self.nodes))
            yield self
        finally:
            for node in self.nodes.values():
                node.stop()

    def restart(self, name: str) -> None:
        """Start a node that was killed, and wait until the cluster is whole again."""
        self.nodes[name].start()
        self.wait(len(self.nodes))


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports
