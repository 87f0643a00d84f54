"""The catalog the running app uses, read once."""

from __future__ import annotations

from functools import cache

from framework_picker.catalog.loader import LoadedData, load_data
from framework_picker.domain.benchmark_choice import Stock, stock_of
from framework_picker.domain.claims import Ledger
from framework_picker.domain.model import Catalog
from framework_picker.domain.performance import Performance
from framework_picker.domain.published import Published
from framework_picker.domain.runs import BenchmarkSample, Run
from framework_picker.domain.values import ValueTable
from framework_picker.settings import get_settings


def get_catalog() -> Catalog:
    """Everything we know, from the data folder of the settings.

    Raises:
        CatalogError: the data cannot be used; the message is the report.
    """
    return _current().catalog


def get_value_table() -> ValueTable:
    """The values of every alternative in ``get_catalog()``.

    Raises:
        CatalogError: as in ``get_catalog``.
    """
    return _current().table


def get_ledger() -> Ledger:
    """What articles claim, and whether it holds.

    Raises:
        CatalogError: as in ``get_catalog``.
    """
    return _current().ledger


def get_published() -> Published:
    """The benchmarks that others have published.

    Raises:
        CatalogError: as in ``get_catalog``.
    """
    return _current().published


def get_runs() -> tuple[Run, ...]:
    """Every run of our own benchmarks; none until the first one.

    Raises:
        CatalogError: as in ``get_catalog``.
    """
    return _current().runs


def get_performance() -> Performance:
    """Which benchmark speaks of which work.

    Raises:
        CatalogError: as in ``get_catalog``.
    """
    return _current().performance


@cache
def get_stock() -> Stock:
    """Everything of the benchmarks that can be looked at.

    Raises:
        CatalogError: as in ``get_catalog``.
    """
    alternatives = sorted(get_catalog().alternatives.values(), key=lambda one: one.name.casefold())
    names = {one.slug: one.name for one in alternatives}
    return stock_of(get_runs(), get_published(), get_performance(), names)


@cache
def get_samples() -> tuple[BenchmarkSample, ...]:
    """Every sample of our own benchmark runs; none until the first one.

    Raises:
        CatalogError: as in ``get_catalog``.
    """
    return _current().samples


def get_issue_tracker() -> str:
    """Where corrections of the data are taken, an https address; empty where no place is set."""
    return get_settings().issues


@cache
def _current() -> LoadedData:
    return load_data(get_settings().data_folder)
