"""Stock OpenSearch as Maven Central keeps it: fetched once into a folder, for the Java that is found."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from xml.sax.saxutils import escape

_GROUP = "org.opensearch.plugin"
_UNNAMED = (
    'grant {\n  permission java.lang.RuntimePermission "createClassLoader";\n'
    '  permission java.lang.RuntimePermission "getClassLoader";\n};\n'
)
_FETCH_SECONDS = 900


@dataclass(frozen=True)
class Module:
    """A module that a distribution lacks: its class, what it extends, its policy, and its jars."""

    name: str
    plugin: str
    extends: str
    policy: str
    jars: tuple[str, ...]


@dataclass(frozen=True)
class Release:
    """A release: the least Java that it runs on, the digest of its zip, and the modules that it lacks."""

    version: str
    java: int
    digest: str
    modules: tuple[Module, ...] = ()


def _modules(version: str) -> tuple[Module, ...]:
    asm = (
        f"org.ow2.asm:{name}:9.7" for name in ("asm", "asm-util", "asm-tree", "asm-commons", "asm-analysis")
    )
    painless = (
        f"{_GROUP}:lang-painless:{version}",
        f"{_GROUP}:opensearch-scripting-painless-spi:{version}",
        "org.antlr:antlr4-runtime:4.13.1",
        *asm,
    )
    analysis = (f"{_GROUP}:analysis-common:{version}",)
    return (
        Module("lang-painless", "org.opensearch.painless.PainlessPlugin", "", _UNNAMED, painless),
        Module(
            "analysis-common",
            "org.opensearch.analysis.common.CommonAnalysisPlugin",
            "lang-painless",
            "",
            analysis,
        ),
    )


RELEASES = (
    Release("3.8.0", 21, "196c3cf4602c394f2e40e6174ccbf2a924eae37246f08fa6bbb6b75f9fd5ff1f"),
    Release(
        "2.19.6",
        11,
        "71d6d8b1c637f3faecda0752b184b1cc526fc6eaad59ec1408c6327bb00b9293",
        _modules("2.19.6"),
    ),
)
"""The releases that the tests can run, the newest first."""


def find_java(least: int) -> Path | None:
    """Find the home of a Java of at least some version."""
    homes = [Path(os.environ["JAVA_HOME"])] if "JAVA_HOME" in os.environ else []
    homes += sorted(Path("/usr/lib/jvm").glob("*"))
    versions = {home: _version(home) for home in homes if (home / "bin" / "java").exists()}
    fit = [home for home, version in versions.items() if version >= least]
    return min(fit, key=versions.__getitem__, default=None)


def _version(home: Path) -> int:
    try:
        release = (home / "release").read_text("utf-8")
    except OSError:
        return 0
    match = re.search(r'JAVA_VERSION="(\d+)', release)
    return int(match[1]) if match else 0


def runnable() -> tuple[Release, Path] | None:
    """Choose the newest release that a Java here can run, or that of LIANGHUI_OPENSEARCH_VERSION."""
    wanted = os.environ.get("LIANGHUI_OPENSEARCH_VERSION", "")
    for release in RELEASES:
        java = find_java(release.java)
        if java and shutil.which("mvn") and release.version.startswith(wanted):
            return release, java
    return None


def fetch(release: Release) -> Path:
    """Return the folder of a release, fetched by one call of Maven where it is not there yet."""
    # Not below the home of root, where the server, which runs as nobody, may not look.
    home = Path(tempfile.gettempdir()) if os.geteuid() == 0 else Path.home() / ".cache"
    cache = Path(os.environ.get("LIANGHUI_TEST_CACHE") or home / "lianghui-tests")
    home = cache / f"opensearch-{release.version}"
    if (home / ".complete").exists():
        return home
    shutil.rmtree(home, ignore_errors=True)
    downloads = cache / f"downloads-{release.version}"
    downloads.mkdir(parents=True, exist_ok=True)
    _download(release, downloads)
    archive = downloads / f"opensearch-{release.version}.zip"
    digest = sha256(archive.read_bytes()).hexdigest()
    if digest != release.digest:
        raise RuntimeError(f"{archive.name} has the digest {digest}")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(cache)
    for script in (home / "bin").iterdir():
        script.chmod(0o755)  # zipfile drops the bit
    for module in release.modules:
        _install(module, release.version, downloads, home)
    subprocess.run(["chmod", "-R", "a+rX", str(home)], check=True)  # noqa: S607
    shutil.rmtree(downloads)
    (home / ".complete").touch()
    return home


def _download(release: Release, folder: Path) -> None:
    items = [f"org.opensearch.distribution.integ-test-zip:opensearch:{release.version}:zip:{folder}"]
    items += [f"{jar}:jar:{folder / module.name}" for module in release.modules for jar in module.jars]
    pom = folder / "pom.xml"
    pom.write_text(_pom(items), "utf-8")
    command = ["mvn", "-B", "-q", "-f", str(pom), "dependency:copy"]
    subprocess.run(command, check=True, timeout=_FETCH_SECONDS, stdin=subprocess.DEVNULL, stdout=sys.stderr)


def _pom(items: list[str]) -> str:
    rows = "".join(
        f"<artifactItem><groupId>{group}</groupId><artifactId>{name}</artifactId><version>{version}</version>"
        f"<type>{kind}</type><outputDirectory>{escape(folder)}</outputDirectory></artifactItem>"
        for group, name, version, kind, folder in (item.split(":", 4) for item in items)
    )
    return (
        "<project><modelVersion>4.0.0</modelVersion><groupId>tests</groupId><artifactId>tests</artifactId>"
        "<version>1</version><packaging>pom</packaging><build><plugins><plugin>"
        "<groupId>org.apache.maven.plugins</groupId><artifactId>maven-dependency-plugin</artifactId>"
        f"<version>2.8</version><configuration><artifactItems>{rows}</artifactItems></configuration>"
        "</plugin></plugins></build></project>"
    )


def _install(module: Module, version: str, downloads: Path, home: Path) -> None:
    folder = home / "modules" / module.name
    shutil.copytree(downloads / module.name, folder)
    (folder / "plugin-descriptor.properties").write_text(
        f"description={module.name}\nversion={version}\nname={module.name}\nclassname={module.plugin}\n"
        f"java.version=11\nopensearch.version={version}\ncustom.foldername=\n"
        f"extended.plugins={module.extends}\nhas.native.controller=false\n",
        "utf-8",
    )
    if module.policy:
        (folder / "plugin-security.policy").write_text(module.policy, "utf-8")
