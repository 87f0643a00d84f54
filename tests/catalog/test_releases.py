"""Data releases: what goes in comes out, and what is damaged does not get in."""

import json
import lzma
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from framework_picker.catalog import kept, releases
from framework_picker.catalog.loader import load_data
from framework_picker.catalog.problems import CatalogError
from framework_picker.catalog.releases import (
    ReleaseError,
    load_release,
    release_file,
    write_release,
)
from framework_picker.domain.document import canonical_json
from framework_picker.domain.engine import engine
from framework_picker.domain.replay import replay
from framework_picker.settings import Settings
from tests.catalog.folders import DATA, data_copy

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def today(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of today's data; written once, to be copied."""
    return write_release(DATA, tmp_path_factory.mktemp("releases"))


@pytest.fixture
def copy(today: Path, tmp_path: Path) -> Path:
    """A release file, free to be damaged."""
    return Path(shutil.copy(today, tmp_path))


def test_a_release_replays_every_preset_as_the_folder_does(today: Path) -> None:
    folder, release = load_data(DATA), load_release(today)

    assert release.catalog == folder.catalog
    assert list(release.catalog.questions) == list(folder.catalog.questions)
    one, other = (engine(loaded.catalog, loaded.table) for loaded in (folder, release))
    for preset in folder.catalog.presets.values():
        assert canonical_json(
            replay(release.catalog, release.table, other, preset.answers)
        ) == canonical_json(replay(folder.catalog, folder.table, one, preset.answers))


def test_it_is_named_after_the_data_version_and_small(today: Path) -> None:
    assert today.name == f"{load_data(DATA).catalog.data_version}.json.xz"
    assert today.stat().st_size < 1_500_000


def test_the_data_of_this_commit_have_their_release(today: Path) -> None:
    """Else decisions saved today could not be replayed; made by `data release`."""
    kept_there = DATA / releases.FOLDER / today.name

    assert kept_there.read_bytes() == today.read_bytes()


def test_equal_data_gives_equal_bytes_and_a_file_is_never_written_again(
    today: Path, tmp_path: Path
) -> None:
    folder = data_copy(tmp_path)
    shutil.rmtree(folder / releases.FOLDER, ignore_errors=True)

    again = write_release(folder, folder / releases.FOLDER)

    assert again.read_bytes() == today.read_bytes()
    written = again.stat().st_mtime_ns
    assert write_release(folder, folder / releases.FOLDER) == again
    assert again.stat().st_mtime_ns == written


def test_releases_in_the_data_folder_are_no_data(today: Path, tmp_path: Path) -> None:
    folder = data_copy(tmp_path)
    before = load_data(folder).catalog.data_version
    (folder / releases.FOLDER).mkdir(exist_ok=True)

    shutil.copy(today, folder / releases.FOLDER)

    assert load_data(folder).catalog.data_version == before


def test_every_release_that_is_kept_can_be_used() -> None:
    for path in sorted((DATA / releases.FOLDER).glob("*")):
        assert load_release(path).catalog.data_version == path.name.partition(".")[0]


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1_000])


def _flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _changed(path: Path) -> None:
    content = json.loads(lzma.decompress(path.read_bytes()))
    content["documents"]["catalog.yaml"]["as_of"] = "2026-11-19"
    path.write_bytes(lzma.compress(json.dumps(content).encode()))


def _of_another_form(path: Path) -> None:
    content = json.loads(lzma.decompress(path.read_bytes()))
    path.write_bytes(lzma.compress(json.dumps({**content, "format": 99}).encode()))


def _swelling(path: Path) -> None:
    path.write_bytes(lzma.compress(b" " * (releases.LARGEST_CONTENT + 1)))


def _too_large(path: Path) -> None:
    path.write_bytes(bytes(releases.LARGEST_FILE + 1))


def _greedy(path: Path) -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 512 * 1024 * 1024}]
    path.write_bytes(lzma.compress(b"{}", format=lzma.FORMAT_XZ, filters=filters))


@pytest.mark.parametrize(
    "damage",
    [
        _cut,
        _flipped,
        _changed,
        _of_another_form,
        _swelling,
        _too_large,
        _greedy,
        lambda path: path.write_bytes(b"not packed"),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(lzma.compress(b"[" * 100_000)),
        lambda path: path.write_bytes(lzma.compress(b'{"documents": []}')),
        lambda path: path.write_bytes(lzma.compress(b"\xff")),
    ],
)
def test_a_damaged_release_is_refused(copy: Path, damage: Callable[[Path], object]) -> None:
    damage(copy)

    with pytest.raises(ReleaseError, match=copy.name):
        load_release(copy)


def test_a_release_under_another_name_is_refused(copy: Path) -> None:
    with pytest.raises(ReleaseError, match="promises"):
        load_release(copy.rename(copy.with_name("00000000.json.xz")))


@pytest.mark.parametrize("version", ["", "../x", "0" * 9, "ABCDEF12", "0000000\n"])
def test_only_a_data_version_names_a_file(today: Path, version: str) -> None:
    assert release_file(version, [today.parent]) is None


def test_data_that_cannot_be_used_becomes_no_release(tmp_path: Path) -> None:
    folder = data_copy(tmp_path)
    (folder / "criteria.yaml").write_text("nothing: good")

    with pytest.raises(CatalogError):
        write_release(folder, tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_an_installation_keeps_the_release_it_serves(
    tmp_path: Path, today: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = data_copy(tmp_path)
    shutil.rmtree(folder / releases.FOLDER, ignore_errors=True)
    settings = Settings(data_folder=folder, var_folder=tmp_path / "var")
    monkeypatch.setattr(kept, "get_settings", lambda: settings)
    version = today.name.partition(".")[0]

    assert not kept.is_kept(version)
    assert kept.keep_release()
    assert kept.is_kept(version)
    assert [file.name for file in (tmp_path / "var" / "releases").iterdir()] == [today.name]
    assert kept.keep_release()  # there already
    assert kept.released(version).catalog.data_version == version


def test_data_changed_since_the_start_is_not_kept_under_its_old_name(
    tmp_path: Path, today: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = data_copy(tmp_path)
    shutil.rmtree(folder / releases.FOLDER, ignore_errors=True)
    text = (folder / "frameworks" / "flask.yaml").read_text(encoding="utf-8")
    (folder / "frameworks" / "flask.yaml").write_text(
        text.replace("2026-11-20", "2026-11-19", 1), encoding="utf-8"
    )
    settings = Settings(data_folder=folder, var_folder=tmp_path / "var")
    monkeypatch.setattr(kept, "get_settings", lambda: settings)

    assert not kept.keep_release()
    assert not kept.is_kept(today.name.partition(".")[0])


def test_a_missing_release_is_named() -> None:
    with pytest.raises(ReleaseError, match="00000000"):
        kept.released("00000000")
