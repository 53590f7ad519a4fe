"""A real cluster for the tests of this folder, started once; without Java and Maven they are skipped."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from indexer import Report, build_index
from indexer.store.address import ClusterAddress
from query import Index, open_index
from tests.cluster.nodes import Cluster
from tests.cluster.releases import fetch, runnable
from tests.conftest import SEEDS

_numbers = count()


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Start two data nodes and a third that votes."""
    found = runnable()
    if not found or not os.environ.get("LIANGHUI_CLUSTER"):
        pytest.skip(
            "a cluster is tested where Java, Maven and LIANGHUI_CLUSTER=1 are there: see tests/cluster"
        )
    pytest.importorskip("opensearchpy", reason="a cluster is asked by opensearch-py")
    release, java = found
    try:
        home = fetch(release)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        pytest.skip(f"Maven cannot fetch OpenSearch {release.version}: {error}")
    folder = tmp_path_factory.mktemp("nodes")
    for part in (folder, *folder.parents[:2]):
        part.chmod(0o755)  # the server runs as nobody
    os.environ["LIANGHUI_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    os.environ["LIANGHUI_OPENSEARCH_SHARDS"] = "2"  # what is added up over several is added up right
    with Cluster(home, java, folder).running() as running:
        yield running


class Places:
    """Where a test's indexes lie: an address of its own for each folder that it names."""

    def __init__(self, cluster: Cluster) -> None:
        """Take the cluster in which they lie."""
        self._cluster = cluster
        self._prefix = f"t{next(_numbers)}"
        self._names: dict[str, str] = {}

    def address(self, folder: object) -> str:
        """Return the address in place of a folder; an address stays."""
        if "://" in str(folder):
            return str(folder)
        name = self._names.setdefault(str(folder), f"{self._prefix}-{len(self._names)}")
        return self._cluster.address(name)

    def name(self, folder: object) -> str:
        """Return what the index in place of a folder is called in the cluster."""
        return ClusterAddress.parse(self.address(folder)).name

    def build(self, seeds: Path, index: object, **options: Any) -> Report:
        """Build where `build_index` would into a folder."""
        return build_index(seeds, self.address(index), **options)

    def open(self, index: object = "index") -> Index:
        """Open what `build` built."""
        return open_index(self.address(index))

    def remove(self) -> None:
        """Remove the indexes from the cluster."""
        self._cluster.request("DELETE", f"/{self._prefix}-*?expand_wildcards=all")


@pytest.fixture
def places(cluster: Cluster) -> Iterator[Places]:
    """Give addresses to the indexes of a test, and remove them behind it."""
    found = Places(cluster)
    yield found
    found.remove()


@pytest.fixture(scope="session")
def page_address(cluster: Cluster) -> str:
    """Build an index of the shipped page; tests read it only."""
    address = cluster.address("page")
    build_index(SEEDS, address)
    return address


@pytest.fixture
def page(page_address: str) -> Iterator[Index]:
    """Open the index of the shipped page."""
    with open_index(page_address) as index:
        yield index


@pytest.fixture
def page_index(page_address: str) -> str:
    """Name the index of the shipped page."""
    return page_address


Patch = Callable[[Any], None]


@pytest.fixture(scope="session")
def built(cluster: Cluster) -> dict[str, tuple[str, Report]]:
    """Remember where the seeds of any test were built: tests with the same seeds read the same index."""
    del cluster
    return {}


@pytest.fixture
def in_cluster(
    cluster: Cluster, built: dict[str, tuple[str, Report]], monkeypatch: pytest.MonkeyPatch
) -> Patch:
    """Make a function that has a module of tests build and open in the cluster, not in folders."""
    addresses: dict[str, str] = {}

    def build(seeds: Path, index: object, **options: Any) -> Report:
        folder, digest = str(index), _digest(seeds, options)
        if folder in addresses:  # an update, after which the index holds other seeds
            for key in [key for key, (address, _) in built.items() if address == addresses[folder]]:
                del built[key]
            return build_index(seeds, addresses[folder], **options)
        if digest not in built:
            address = cluster.address(f"shared-{next(_numbers)}")
            built[digest] = address, build_index(seeds, address, **options)
        addresses[folder], report = built[digest]
        return report

    def open_built(index: object = "index") -> Index:
        return open_index(addresses.get(str(index), str(index)))

    def patch(module: Any) -> None:
        for name, function in (("build_index", build), ("open_index", open_built)):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, function)

    return patch


def _digest(seeds: Path, options: dict[str, Any]) -> str:
    """Digest the files of some seeds, and how they are built."""
    files = {
        str(path.relative_to(seeds)): path.read_bytes() for path in Path(seeds).rglob("*") if path.is_file()
    }
    return sha256(repr((sorted(files.items()), sorted(options.items()))).encode("utf-8")).hexdigest()
