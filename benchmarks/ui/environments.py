"""What has to be there before anything is measured: an environment per framework, a built site."""

import hashlib
import json
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import environment
from benchmarks.places import ROOT, without_places
from benchmarks.problems import BenchmarkError
from benchmarks.serving import free_port
from benchmarks.ui.entries import APPS, BUILT, SITE, Entry

FOLDER = BUILT.parent
PINS = ROOT / "requirements-bench-ui.txt"
NODE_PINS = Path(__file__).resolve().parent / "reflex.lock"
BUILD_SECONDS = 600
Say = Callable[[str], None]


def interpreter(asked: Path | None) -> Path:
    """The Python for all: the one asked for, the one used last time, or the newest installed.

    Raises:
        BenchmarkError: there is no such Python, or none is new enough.
    """
    last = FOLDER / ".interpreter"
    if asked is None and last.exists():
        asked = Path(last.read_text(encoding="utf-8"))
    if asked is None:
        found = environment.interpreters()
        if not found:
            raise BenchmarkError("No Python 3.11 or newer is installed.")
        asked = found[0].path
    path = Path(named) if (named := shutil.which(str(asked))) else asked
    if environment.version_of(path)[:2] < environment.OLDEST:
        raise BenchmarkError(f"--python needs a Python 3.11 or newer; {asked.name} is none.")
    FOLDER.mkdir(exist_ok=True)
    last.write_text(str(path), encoding="utf-8")
    return path


def install(entry: Entry, python: Path, say: Say) -> Path:
    """The Python of this framework's own environment, with its pinned packages.

    Raises:
        BenchmarkError: a package cannot be had for this Python.
    """
    made = environment.prepare(
        {entry.id: entry.packages}, say, python, folder=FOLDER / entry.id, pins=PINS
    )
    if entry.id in made.left_out:
        raise BenchmarkError(made.left_out[entry.id])
    return made.python


def variables(entry: Entry, programs: Path) -> dict[str, str]:
    """What a server finds in its environment, besides what is there already."""
    search = os.pathsep.join([str(programs), os.environ.get("PATH", os.defpath)])
    return {"PATH": search, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", **entry.variables}


class Site:
    """The page that Reflex builds before it serves it; the page knows its port."""

    def __init__(self, folder: Path = BUILT) -> None:
        """Keep where it is built."""
        self.folder = folder
        self._stamp = folder / ".built"

    def ready(self, entry: Entry, python: Path, say: Say) -> int:
        """The port of a site that is built from what lies here, and free.

        Raises:
            BenchmarkError: it cannot be built.
        """
        made_of = self._made_of(python)
        known = self._known()
        if known.get("made_of") == made_of and is_free(port := int(known["port"])):
            return port
        port = free_port()
        say("Building the Reflex app ...")
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        shutil.copytree(NODE_PINS, self.folder / NODE_PINS.name)
        inherited = {**os.environ, **variables(entry, python.parent)}
        try:
            built = subprocess.run(
                [str(python), str(SITE), "build", str(port), str(self.folder)],
                env=inherited,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=BUILD_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise BenchmarkError(f"the site was not built within {BUILD_SECONDS} s") from None
        if built.returncode != 0 or not (self.folder / ".web" / "build" / "client").is_dir():
            lines = (built.stderr.strip() or built.stdout.strip() or "no reason given").splitlines()
            raise BenchmarkError(f"the site cannot be built: {without_places(lines[-1])[:200]}")
        self._stamp.write_text(json.dumps({"made_of": made_of, "port": port}), encoding="utf-8")
        return port

    def _known(self) -> Mapping[str, str]:
        try:
            known = json.loads(self._stamp.read_text(encoding="utf-8"))
            return {"made_of": str(known["made_of"]), "port": str(int(known["port"]))}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    def _made_of(self, python: Path) -> str:
        digest = hashlib.sha256(str(python).encode())
        parts = [APPS / "reflex_app.py", APPS.parent / "work.py", SITE, PINS]
        for path in [*parts, *sorted(NODE_PINS.iterdir())]:
            digest.update(path.read_bytes())
        return digest.hexdigest()


def is_free(port: int) -> bool:
    """Whether nobody listens on this port."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
