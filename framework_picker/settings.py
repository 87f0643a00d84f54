"""The environment, read once into one frozen object."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

PROJECT_FOLDER = Path(__file__).resolve().parent.parent
DATABASE_FILE = "picker.db"
OFF = "off"
"""The setting of a public api that is not to be asked, and of a limit that is not to hold."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs from one installation to the next.

    ``data_folder``: where the data files are (``FRAMEWORK_PICKER_DATA``). ``var_folder``: what the
    app writes, a SQLite database among it (``FRAMEWORK_PICKER_VAR``). ``database_url``: where saved
    decisions are (``REFLEX_DB_URL``); by default a SQLite file in ``var_folder``. ``issues``: where
    corrections of the data are taken, an https address (``FRAMEWORK_PICKER_ISSUES``); without one
    no page links anywhere.

    For programs that use the JSON API: ``api_origins`` are the origins whose pages may ask from a
    browser, ``*`` for all; by default none but our own (``FRAMEWORK_PICKER_API_ORIGINS``, with
    commas). ``evaluation_limit`` and ``decision_limit``: how many evaluations one address may ask
    for and how many decisions it may save, such as ``300/minute;5000/hour``, or ``off``
    (``FRAMEWORK_PICKER_EVALUATION_LIMIT``, ``FRAMEWORK_PICKER_DECISION_LIMIT``).

    The others are for ``data refresh`` alone. ``package_index``: address of the Python package
    index; empty means the one pip uses (``FRAMEWORK_PICKER_INDEX``). ``stars_api``,
    ``downloads_api``, ``support_api``, ``advisories_api``: addresses of public apis, or ``off``
    (``FRAMEWORK_PICKER_STARS_API`` and so on). ``stars_token``: raises the limit on questions
    about stars (``FRAMEWORK_PICKER_STARS_TOKEN``); not needed.
    """

    data_folder: Path
    var_folder: Path = PROJECT_FOLDER / "var"
    database_url: str = field(default="", repr=False)  # may hold a password
    issues: str = ""
    api_origins: tuple[str, ...] = ()
    evaluation_limit: str = "300/minute"
    decision_limit: str = "20/minute;200/day"
    package_index: str = ""
    stars_api: str = "https://api.github.com"
    downloads_api: str = "https://hugovk.github.io/top-pypi-packages"
    support_api: str = "https://endoflife.date/api/v1"
    advisories_api: str = "https://api.osv.dev/v1"
    stars_token: str = field(default="", repr=False)


def settings_from(environment: Mapping[str, str]) -> Settings:
    """The settings an environment asks for; an empty variable counts as not set.

    Raises:
        ValueError: a setting that cannot be used, naming the variable.
    """
    data_folder = environment.get("FRAMEWORK_PICKER_DATA")
    var_folder = Path(environment.get("FRAMEWORK_PICKER_VAR") or PROJECT_FOLDER / "var").absolute()
    database_url = environment.get("REFLEX_DB_URL", "").strip()
    origins = environment.get("FRAMEWORK_PICKER_API_ORIGINS", "").split(",")
    variable_by_field = {
        "evaluation_limit": "FRAMEWORK_PICKER_EVALUATION_LIMIT",
        "decision_limit": "FRAMEWORK_PICKER_DECISION_LIMIT",
        "package_index": "FRAMEWORK_PICKER_INDEX",
        "stars_api": "FRAMEWORK_PICKER_STARS_API",
        "downloads_api": "FRAMEWORK_PICKER_DOWNLOADS_API",
        "support_api": "FRAMEWORK_PICKER_SUPPORT_API",
        "advisories_api": "FRAMEWORK_PICKER_ADVISORIES_API",
        "stars_token": "FRAMEWORK_PICKER_STARS_TOKEN",
    }
    return Settings(
        data_folder=Path(data_folder) if data_folder else PROJECT_FOLDER / "data",
        var_folder=var_folder,
        issues=_address("FRAMEWORK_PICKER_ISSUES", environment),
        api_origins=tuple(origin.strip().rstrip("/") for origin in origins if origin.strip()),
        database_url=database_url or f"sqlite:///{var_folder / DATABASE_FILE}",
        **{
            name: environment[variable].strip()
            for name, variable in variable_by_field.items()
            if environment.get(variable, "").strip()
        },
    )


_ADDRESS = re.compile(
    r"https://[A-Za-z0-9.-]+(?::\d+)?(?:/[\w.~!$&'()*+,;=:@%/-]*)?(?:\?[\w.~%=&-]*)?", re.ASCII
)


def _address(variable: str, environment: Mapping[str, str]) -> str:
    """An https address, or nothing where the variable is not set."""
    given = environment.get(variable, "").strip()
    if given and not _ADDRESS.fullmatch(given):
        raise ValueError(
            f"{variable}: expected an address that begins with https://, got {given!r}"
        )
    return given


@cache
def get_settings() -> Settings:
    """The settings of this process."""
    return settings_from(os.environ)
