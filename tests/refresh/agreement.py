"""A made-up index that agrees with the data as it is: same releases, same days, same numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from packaging.utils import canonicalize_name
from packaging.version import Version

from framework_picker.refresh.framework_files import a_year_before
from framework_picker.refresh.releases import series_of
from tests.refresh.world import World, file_of

LONG_AGO = "2001-01-01"


def documents(folder: Path) -> dict[str, Any]:
    """What the frameworks' files say, by slug."""
    found = [
        yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for path in sorted((folder / "frameworks").glob("*.yaml"))
    ]
    return {document["slug"]: document for document in found}


def as_of(folder: Path) -> date:
    """The day the data speaks of."""
    content = yaml.load((folder / "catalog.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    return date.fromisoformat(content["as_of"])


def agreeing_releases(facts: Mapping[str, Any], day: date) -> dict[str, Any]:
    """Releases from which exactly these facts follow."""
    value = {key: fact["value"] for key, fact in facts.items()}
    newest, released = value["latest_release"], value["latest_release_date"]
    requires = value.get("python_requires")
    in_window = a_year_before(day) + timedelta(days=1)
    listed = facts["feature_series_12m"].get("note", "") if "feature_series_12m" in facts else ""
    new_series = [series for series in listed.split(", ") if series]
    own_series = series_of(Version(newest))
    releases: dict[str, Any] = {
        f"{series}.0": in_window.isoformat() for series in new_series if series != own_series
    }
    if own_series not in new_series:
        releases[f"{own_series}.0"] = LONG_AGO
    recent = len(releases) - (own_series not in new_series)
    recent += date.fromisoformat(released) >= a_year_before(day)
    releases["0.0.0"] = LONG_AGO
    for number in range(int(value["releases_12m"]) - recent):
        releases[f"0.0.{number + 1}"] = in_window.isoformat()
    for number in range(int(value.get("prereleases_12m", 0))):
        releases[f"0.0.1a{number + 1}"] = in_window.isoformat()
    # Under the name in the file: "6.1.0" for 6.1, were it the newest, is the same version.
    same = [version for version in releases if Version(version) == Version(newest)]
    for version in same:
        del releases[version]
    releases[newest] = [file_of("x", newest, released, requires=requires)]
    return releases


def put_index(world: World, folder: Path) -> None:
    """Lets the index of a world agree with every framework and companion package."""
    day = as_of(folder)
    found = documents(folder)
    for document in found.values():
        for capability in document["capabilities"].values():
            if "package_version" in capability and document.get("package"):
                name = canonicalize_name(capability["package"])
                released = capability.get("package_released", LONG_AGO)
                world.put_record(name, {capability["package_version"]: released})
    for document in found.values():
        if document.get("package"):
            name = canonicalize_name(document["package"])
            world.put_record(name, agreeing_releases(document["facts"], day))
