"""The rooms and their arrows: what each room may import, and what no tracked file may contain."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "framework_picker"
ENTRY = "framework_picker.py"

OURS = {
    "domain": {"domain"},
    "catalog": {"catalog", "domain", "settings"},
    "charts": {"charts", "domain"},
    "exports": {"exports", "domain"},
    "persistence": {"persistence", "domain", "settings"},
    "state": {"state", "domain", "catalog", "charts", "exports", "persistence", "routes"},
    "components": {"components", "state", "domain", "routes"},
    "pages": {"pages", "components", "state", "catalog", "routes"},
    "api": {"api", "domain", "catalog", "exports", "persistence", "routes", "settings"},
    "refresh": {"refresh", "domain", "catalog", "settings"},
    "commands": {"commands", "domain", "catalog", "exports"},
    "cli": {
        "cli",
        "commands",
        "domain",
        "catalog",
        "exports",
        "persistence",
        "refresh",
        "settings",
    },
    "routes": set[str](),
    "settings": set[str](),
}
"""What each room may import from us (docs/architecture.md has the same table in words)."""

THEIRS = {
    "domain": {"numpy", "pandas"},
    "catalog": {"pydantic", "pydantic_core", "yaml", "pandas", "numpy"},
    "charts": {"plotly"},
    "exports": {"icalendar", "matplotlib"},
    "persistence": {"sqlmodel", "sqlalchemy", "alembic", "limits"},
    "state": {"reflex"},
    "components": {"reflex", "reflex_components_core"},
    "pages": {"reflex", "reflex_components_core"},
    "api": {"starlette", "reflex", "redis", "pydantic", "limits"},
    "refresh": {"httpx", "packaging", "yaml"},
    "commands": {"pydantic"},
    "cli": set[str](),
    "routes": set[str](),
    "settings": set[str](),
}
"""What each room may import from outside, besides the standard library.

`reflex_components_core` and `pydantic_core` are parts of Reflex and pydantic with a name of their
own; where pandas is allowed, so is the numpy below it.
"""

IMPURE = {"datetime.now", "datetime.today", "date.today", "time.time", "open", "os.environ"}
NOISY_MODULES = {"os", "io", "pathlib", "random", "secrets", "socket", "time", "urllib", "uuid"}


def room_of(path: Path) -> str:
    """The room a file of the app belongs to; its own name for a file outside every room."""
    parts = path.relative_to(APP).parts
    return parts[0] if len(parts) > 1 else path.stem


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, with dots."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide the arrow"
            module = node.module or ""
            if module == "framework_picker":
                yield from (f"framework_picker.{alias.name}" for alias in node.names)
            else:
                yield module


def modules() -> list[Path]:
    """Every Python file of the app that belongs to a room."""
    outside = {APP / ENTRY, APP / "__init__.py", APP / "__main__.py"}
    return sorted(path for path in APP.rglob("*.py") if path not in outside)


def tracked_files() -> list[Path]:
    """Every file of the project that is kept, or would be."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for line in listing.stdout.splitlines() if (path := ROOT / line).is_file()]


def name_of(path: Path) -> str:
    """How a file is called in a test's name."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_room_imports_only_what_its_arrows_allow(path: Path) -> None:
    room = room_of(path)
    assert room in OURS, f"{name_of(path)}: a new room needs its arrows here and in the docs"
    for module in imports(path):
        first, _, rest = module.partition(".")
        if first == "framework_picker":
            target = rest.partition(".")[0]
            assert target in OURS[room], f"{name_of(path)}: {room} may not import {module}"
        elif first not in sys.stdlib_module_names:
            assert first in THEIRS[room], f"{name_of(path)}: {room} may not import {module}"


@pytest.mark.parametrize("path", sorted((APP / "domain").rglob("*.py")), ids=name_of)
def test_the_domain_touches_no_file_clock_network_or_chance(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    used = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    called = {ast.unparse(n.func) for n in ast.walk(tree) if isinstance(n, ast.Call)}

    outside = set(imports(path)) - {"urllib.parse"}
    assert not {module.partition(".")[0] for module in outside} & NOISY_MODULES
    assert not (used | called) & IMPURE


def test_the_package_can_be_imported_without_reflex() -> None:
    assert (APP / "__init__.py").read_text(encoding="utf-8") == ""

    question = "import sys, framework_picker.domain.judging; sys.exit('reflex' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", question], cwd=ROOT, check=False).returncode == 0


def test_all_pages_are_added_in_the_entry() -> None:
    for path in modules():
        text = path.read_text(encoding="utf-8")
        assert "add_page(" not in text, name_of(path)
        assert "@rx.page" not in text, name_of(path)


def test_no_url_is_typed_by_hand_outside_routes() -> None:
    routes = {
        node.value.value
        for node in ast.parse((APP / "routes.py").read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and str(node.value.value).startswith("/")
    } - {"/"}
    assert "/result" in routes

    for path in [APP / ENTRY, *modules()]:
        if path.name == "routes.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        later_parts = {  # of f-strings, as in f"{folder}/frameworks"
            part
            for node in ast.walk(tree)
            if isinstance(node, ast.JoinedStr)
            for part in node.values[1:]
        }
        for node in ast.walk(tree):
            if node in later_parts:
                continue
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                address = node.value.partition("?")[0].rstrip("/")
                assert address not in routes, f"{name_of(path)}:{node.lineno} types {node.value!r}"


def test_the_house_needs_nothing_installed_and_the_app_does_not_know_it() -> None:
    for path in sorted((ROOT / "house").glob("*.py")):
        for module in imports(path):
            first = module.partition(".")[0]
            assert first in sys.stdlib_module_names | {"house"}, f"{name_of(path)}: {module}"
    for path in [APP / ENTRY, *modules()]:
        assert "house" not in {module.partition(".")[0] for module in imports(path)}


def test_the_benchmarks_are_no_part_of_the_app_and_do_not_know_it() -> None:
    for path in [APP / ENTRY, *modules()]:
        assert "benchmarks" not in {module.partition(".")[0] for module in imports(path)}
    for path in sorted((ROOT / "benchmarks").rglob("*.py")):
        assert "framework_picker" not in {module.partition(".")[0] for module in imports(path)}


def test_the_harness_of_the_benchmarks_needs_nothing_installed() -> None:
    harness = sorted((ROOT / "benchmarks").glob("*.py"))
    assert harness
    for path in harness:
        for module in imports(path):
            first = module.partition(".")[0]
            assert first in sys.stdlib_module_names | {"benchmarks"}, f"{name_of(path)}: {module}"


REGISTRY_HOSTS = re.compile(
    # In two halves, so that this file does not contain what it looks for.
    "|".join(
        [r"registry\." + "npm", r"npm" + r"mirror\.", r"files\." + "pythonhosted", "/simple" + "/"]
    )
)
MACHINE_PATHS = re.compile(r"(?<![\w./-])/(?:" + r"root|home/\w+|Users/\w+|work" + r")/")
MAY_NAME_PATHS = {"tests/test_architecture.py"}


def test_no_file_names_a_package_registry_or_a_path_of_one_machine() -> None:
    for path in tracked_files():
        if name_of(path) in MAY_NAME_PATHS:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a font
        for pattern in (REGISTRY_HOSTS, MACHINE_PATHS):
            found = pattern.search(text)
            assert found is None, f"{name_of(path)} contains {found and found.group()}"


def test_node_packages_are_pinned_without_download_addresses() -> None:
    lock_files = [path for path in tracked_files() if path.name == "package-lock.json"]

    assert ROOT / "reflex.lock" / "package-lock.json" in lock_files
    for path in lock_files:
        lock = json.loads(path.read_text(encoding="utf-8"))
        packages = {name: entry for name, entry in lock["packages"].items() if name}
        assert packages
        assert [name for name, entry in packages.items() if "resolved" in entry] == []
        assert [name for name, entry in packages.items() if not entry.get("integrity")] == []


def test_every_python_package_is_pinned() -> None:
    pin = re.compile(r"[\w.-]+(\[\w+\])?==[\w.]+")
    for name in ("requirements.txt", "requirements-dev.txt", "constraints.txt"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith(("#", "-c ", "-r ")):
                assert pin.fullmatch(line), f"{name}: {line}"


def test_no_server_is_installed_that_reflex_would_use_instead_of_its_own() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "constraints.txt"):
        assert "gunicorn==" not in (ROOT / name).read_text(encoding="utf-8")
