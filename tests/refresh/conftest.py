"""What the tests of the refresh share; none of them may leave this machine."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.catalog.folders import DATA, SOME_FRAMEWORKS
from tests.refresh.world import World, running_world


@pytest.fixture(autouse=True)
def only_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails a test that looks for another host."""
    found = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **options: Any) -> Any:
        if host not in ("127.0.0.1", "localhost"):
            raise AssertionError(f"a test looks for {host}")
        return found(host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def world() -> Iterator[World]:
    """Services on loopback."""
    with running_world() as running:
        yield running


@pytest.fixture(scope="session")
def small_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real data of some frameworks; not to be changed."""
    folder = tmp_path_factory.mktemp("small") / "data"
    # Without runs and releases: they name frameworks that are not among the few.
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("benchmarks", "releases"))
    (folder / "CHANGES.md").unlink(missing_ok=True)
    for file in (folder / "frameworks").glob("*.yaml"):
        if file.stem not in SOME_FRAMEWORKS:
            file.unlink()
    for file in (folder / "community").glob("*.csv"):
        head, *rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [row for row in rows if row.split(",")[1] in SOME_FRAMEWORKS]
        file.write_text("".join([head, *kept]), encoding="utf-8")
    for file in (folder / "published").glob("*.csv"):
        head, *rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text("".join([head, *rows[::50]]), encoding="utf-8")
    return folder


@pytest.fixture
def data(small_data: Path, tmp_path: Path) -> Path:
    """A copy of the small data, free to be changed."""
    return Path(shutil.copytree(small_data, tmp_path / "data"))
