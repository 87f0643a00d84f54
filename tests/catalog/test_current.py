"""The catalog of the running app: one folder, read once, refused when it is bad."""

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from framework_picker.catalog import current
from framework_picker.catalog.problems import CatalogError
from framework_picker.settings import Settings
from tests.catalog.folders import DATA, data_copy


@pytest.fixture(autouse=True)
def _nothing_cached(monkeypatch: pytest.MonkeyPatch) -> None:
    """A memory of its own: what other tests have read stays the same object for them."""
    monkeypatch.setattr(current, "_current", cache(current._current.__wrapped__))


def test_catalog_and_value_table_are_read_once() -> None:
    assert current.get_catalog() is current.get_catalog()
    assert current.get_value_table() is current.get_value_table()
    assert set(current.get_value_table().values.columns) == set(current.get_catalog().criteria)


@pytest.mark.slow
def test_the_folder_comes_from_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = data_copy(tmp_path)
    evidence = folder / "evidence.yaml"
    text = evidence.read_text(encoding="utf-8")
    evidence.write_text(
        text.replace("stale_companion_days: 730", "stale_companion_days: 731"), encoding="utf-8"
    )
    before = current.get_catalog().data_version
    current._current.cache_clear()
    monkeypatch.setattr(current, "get_settings", lambda: Settings(data_folder=folder))

    assert current.get_catalog().data_version != before


def test_bad_data_is_refused_with_the_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = data_copy(tmp_path)
    (folder / "presets.yaml").write_text("- {id: x}", encoding="utf-8")
    monkeypatch.setattr(current, "get_settings", lambda: Settings(data_folder=folder))

    with pytest.raises(
        CatalogError, match=r"data/presets.yaml: presets\[x\].name: expected an entry"
    ):
        current.get_catalog()


@pytest.mark.slow
def test_the_catalog_loads_without_reflex() -> None:
    program = (
        "import sys; from framework_picker.catalog.current import get_catalog; get_catalog(); "
        "sys.exit('reflex' in sys.modules)"
    )

    assert (
        subprocess.run([sys.executable, "-c", program], cwd=DATA.parent, check=False).returncode
        == 0
    )
