"""What the running app draws and prepares once, for all visitors and programs together."""

from __future__ import annotations

from functools import cache

from framework_picker.catalog.current import get_catalog, get_value_table
from framework_picker.domain.engine import Engine, engine


@cache
def get_engine() -> Engine:
    """Draws and sampled values, made once per process.

    Raises:
        CatalogError: the data cannot be used.
    """
    return engine(get_catalog(), get_value_table())
