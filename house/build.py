"""What the build folder holds: whether it can be served as it is, built upon, or neither."""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

PARTS = ("rxconfig.py", "framework_picker", "data", "assets", "reflex.lock/package-lock.json")
"""What a build depends on, besides the installed packages."""

NOT_BUILT_FROM = {"__pycache__", "external", "README.md", "releases"}

SERVE_AS_IT_IS = """
import sys
from reflex import constants
from reflex.config import environment, get_config
from reflex.utils.exec import run_backend_prod

host, port = sys.argv[1], int(sys.argv[2])
environment.REFLEX_ENV_MODE.set(constants.Env.PROD)
environment.REFLEX_SKIP_COMPILE.set(True)
get_config()._set_persistent(frontend_port=port, backend_port=port, backend_host=host)
run_backend_prod(host, port, mount_frontend_compiled_app=True)
"""
"""The end of Reflex's own `reflex run --env prod`, without the build before it."""


def build_folder(folder: Path) -> Path:
    """Where Reflex compiles and builds an app."""
    return folder / ".web"


def _note(folder: Path) -> Path:
    """What the finished build was made from. Reflex removes it with every new build."""
    return build_folder(folder) / "build" / "made-from"


def is_up_to_date(folder: Path, fingerprint: str) -> bool:
    """Whether the last build was finished and made from exactly this."""
    note = _note(folder)
    return note.exists() and note.read_text() == fingerprint


def prepare(folder: Path) -> None:
    """Make room for a new build.

    A build folder that never got as far as a page is removed: an installation of Node's packages
    that was interrupted stays broken, because Reflex takes it for complete the next time.
    """
    if build_folder(folder).exists() and not _note(folder).exists():
        shutil.rmtree(build_folder(folder))
    forget(folder)


def forget(folder: Path) -> None:
    """Take the last build for unfinished, so that the next one begins with an empty folder."""
    _note(folder).unlink(missing_ok=True)


def finish(folder: Path, fingerprint: str) -> None:
    """Remember what was built, and leave the tracked files as they were."""
    _note(folder).parent.mkdir(parents=True, exist_ok=True)
    _note(folder).write_text(fingerprint)
    tidy_lock(folder)


def fingerprint(folder: Path, python: Path, port: int) -> str:
    """What a build is made from, as one hash: the app's files, its packages, its settings.

    The port belongs to it: the page knows where its server is.
    """
    digest = hashlib.sha256()
    for path in _sources(folder):
        digest.update(f"{path.relative_to(folder)}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    if own_data := os.environ.get("FRAMEWORK_PICKER_DATA"):
        for path in sorted(Path(own_data).rglob("*")):
            if path.is_file():
                digest.update(f"{path}\n".encode() + path.read_bytes())
    environment = python.parent.parent
    for stamp in sorted(environment.glob(".installed-*")):
        digest.update(stamp.read_bytes())
    settings = {key: value for key, value in os.environ.items() if key.startswith("REFLEX_")}
    digest.update(json.dumps([settings, port, str(environment)], sort_keys=True).encode())
    return digest.hexdigest()


def _sources(folder: Path) -> Iterator[Path]:
    for name in PARTS:
        part = folder / name
        paths = sorted(part.rglob("*")) if part.is_dir() else [part]
        for path in paths:
            if path.is_file() and not NOT_BUILT_FROM & set(path.relative_to(folder).parts):
                yield path


def tidy_lock(folder: Path) -> None:
    """Write the list of Node's packages in one order and one form.

    Reflex writes it back with every build, its keys in whatever order, and running the app should
    not change a tracked file.
    """
    path = folder / "reflex.lock" / "package.json"
    if path.exists():
        content = json.loads(path.read_text(encoding="utf-8"))
        path.write_text(json.dumps(content, indent=2, sort_keys=True) + "\n", encoding="utf-8")
