"""Measure what is read of files that are no plain text: python -m tests.benchmarks.formats FOLDER.

Prints a table for each format of the files below FOLDER, held against keys that readers wrote (web pages), a
plain walk over the XML (Word) and what pdfium reads (PDF). Peers come with `pip install -e '.[bench]'`.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.benchmarks import formats_docx, formats_html, formats_pdf


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    folder = parser.parse_args().folder
    for title, measured in (("Word files", formats_docx), ("Web pages", formats_html), ("PDF", formats_pdf)):
        print(f"**{title}**\n")
        measured.measure(folder)
        print()


if __name__ == "__main__":
    main()
