"""The tests that an index in a folder passes, passed by one in a cluster."""

from __future__ import annotations

from types import ModuleType

import pytest
from _pytest.fixtures import FixtureFunctionDefinition

import tests.query.conftest
from tests.cluster.conftest import Patch
from tests.contracts import test_stock_faults
from tests.query import (
    test_answers,
    test_counts,
    test_index,
    test_paragraphs,
    test_places,
    test_suggestions,
    test_words,
)
from tests.query.conftest import small, words_index  # noqa: F401 - fixtures of the tests below
from tests.query.language import test_quotations
from tests.query.matching import test_explain, test_facets, test_filters
from tests.query.output import test_concordance
from tests.query.rewriting import test_context, test_expansion, test_fillers, test_relaxation
from tests.query.verification import test_recall

pytestmark = pytest.mark.cluster

MODULES = (
    test_stock_faults,
    test_answers,
    test_concordance,
    test_context,
    test_counts,
    test_expansion,
    test_explain,
    test_facets,
    test_fillers,
    test_filters,
    test_index,
    test_paragraphs,
    test_places,
    test_quotations,
    test_recall,
    test_relaxation,
    test_suggestions,
    test_words,
)

OF_FOLDERS = (
    "test_a_paragraph_missing_from_the_index_is_found_out",  # it damages files
    "test_a_paragraph_that_is_found_without_being_there_is_found_out",
    "test_no_segment_is_copied_into_memory",
    "test_opening_an_index_does_not_unpickle_its_schema",
)
"""Tests that look into the files of a folder."""


def _tests(module: ModuleType) -> dict[str, object]:
    """Collect the tests of a module, and the fixtures that they ask for."""
    return {
        name: each
        for name, each in vars(module).items()
        if isinstance(each, FixtureFunctionDefinition)
        or (name.startswith("test_") and callable(each) and name not in OF_FOLDERS)
    }


for _module in MODULES:
    globals().update(_tests(_module))


@pytest.fixture(autouse=True)
def contract(in_cluster: Patch) -> None:
    """Let every module build and open in the cluster."""
    for module in (tests.query.conftest, *MODULES):
        in_cluster(module)
