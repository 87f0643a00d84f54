"""The data releases of this installation: those that came with it, and those it had to keep itself.

An installation with data of its own, or with data changed since the last release, serves a version
that no release file came with. It keeps that one in the folder of what it writes, so that each
decision saved with it can be replayed.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

from framework_picker.catalog.current import get_catalog
from framework_picker.catalog.loader import LoadedData
from framework_picker.catalog.problems import CatalogError
from framework_picker.catalog.releases import (
    FOLDER,
    ReleaseError,
    load_release,
    release_file,
    write_release,
)
from framework_picker.settings import get_settings

logger = logging.getLogger(__name__)


def release_folders() -> tuple[Path, Path]:
    """Where releases are looked for: with the data, then with what the app writes."""
    settings = get_settings()
    return settings.data_folder / FOLDER, settings.var_folder / FOLDER


def is_kept(version: str) -> bool:
    """Whether there is a release file of this data version."""
    return release_file(version, release_folders()) is not None


def keep_release() -> bool:
    """Whether the data that this process serves has a release; it is written if it had none.

    False when the files were changed since the process started: what it serves is nowhere else.

    Raises:
        CatalogError: the files were changed, and cannot be used.
        ReleaseError: a file of that name is damaged.
        OSError: the folder cannot be written.
    """
    version = get_catalog().data_version
    if is_kept(version):
        return True
    _, own = release_folders()
    write_release(get_settings().data_folder, own)
    return is_kept(version)


def try_to_keep_release() -> None:
    """Make sure that today's data can be replayed later. Blocks.

    A decision is saved also without it: its document is complete.
    """
    try:
        if not keep_release():
            logger.warning("The data files have changed since the start: no release was kept.")
    except (CatalogError, ReleaseError, OSError) as error:
        logger.warning("No release of today's data could be kept: %s", error)


@lru_cache(maxsize=2)
def released(version: str) -> LoadedData:
    """What the data of a version said.

    Raises:
        ReleaseError: there is no release file of it, or it is damaged.
        CatalogError: this version of the app can no longer use data of that form.
    """
    file = release_file(version, release_folders())
    if file is None:
        raise ReleaseError(f"there is no release of the data version {version}")
    return load_release(file)
