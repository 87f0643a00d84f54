"""The catalog the running app uses, read once."""

from __future__ import annotations

from functools import cache

from framework_picker.catalog.loader import LoadedData, load_data
from framework_picker.domain.model import Catalog
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


@cache
def _current() -> LoadedData:
    return load_data(get_settings().data_folder)
