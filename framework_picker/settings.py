"""The environment, read once into one frozen object."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROJECT_FOLDER = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs from one installation to the next.

    ``data_folder``: where the data files are (``FRAMEWORK_PICKER_DATA``).
    """

    data_folder: Path


def settings_from(environment: Mapping[str, str]) -> Settings:
    """The settings an environment asks for; an empty variable counts as not set."""
    data_folder = environment.get("FRAMEWORK_PICKER_DATA")
    return Settings(data_folder=Path(data_folder) if data_folder else PROJECT_FOLDER / "data")


@cache
def get_settings() -> Settings:
    """The settings of this process."""
    return settings_from(os.environ)
