"""What the manifest says of a seed that was read."""

from __future__ import annotations

from pathlib import Path

from indexer.models import Fault
from indexer.pipeline.source_report import SourceReport
from indexer.store.checksums import file_digest


def report(folder: Path, content: str = "经济") -> SourceReport:
    path = folder / "a.txt"
    path.write_text(content, "utf-8")
    return SourceReport.begin("a.txt", path)


def test_a_seed_is_known_by_its_content_size_and_time(tmp_path: Path) -> None:
    state = report(tmp_path).state()
    path = tmp_path / "a.txt"
    assert (state.sha256, state.size, state.mtime_ns) == (file_digest(path), 6, path.stat().st_mtime_ns)


def test_a_seed_that_is_not_there_has_no_hash(tmp_path: Path) -> None:
    state = SourceReport.begin("a.txt", tmp_path / "a.txt").state()
    assert (state.sha256, state.size, state.mtime_ns) == ("", 0, 0)


def test_a_seed_that_gave_nothing_is_a_fault_but_not_unreadable(tmp_path: Path) -> None:
    empty = report(tmp_path, "")
    assert [fault.reason for fault in empty.state().faults] == [
        "the file is empty; put text into it or remove it"
    ]
    assert not empty.is_unreadable


def test_faults_come_in_the_order_of_lines_that_of_the_whole_file_first(tmp_path: Path) -> None:
    broken = report(tmp_path)
    broken.faults += [Fault("a.txt", 3, "third"), Fault("a.txt", None, "all"), Fault("a.txt", 1, "first")]
    assert [fault.reason for fault in broken.state().faults] == ["all", "first", "third"]


def test_a_seed_is_unreadable_only_where_nothing_of_it_could_be_read(tmp_path: Path) -> None:
    broken = report(tmp_path)
    broken.faults.append(Fault("a.txt", 1, "no record"))
    assert not broken.is_unreadable
    broken.faults.append(Fault("a.txt", None, "it breaks off"))
    assert broken.is_unreadable
    broken.has_records = True
    assert not broken.is_unreadable
