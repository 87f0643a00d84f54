"""Brings the project's environment up to date: `.venv`, once per change of what it should hold."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from house.places import LOGS, environment_folder, programs_folder, python_of
from house.problems import SetupError
from house.progress import Steps, run_step

OLDEST_PYTHON = (3, 11)
FOR_THE_APP = "requirements.txt"
FOR_TESTS = "requirements-dev.txt"
PINNED = ("requirements.txt", "requirements-dev.txt", "constraints.txt")


def install(root: Path, requirements: str, steps: Steps) -> Path:
    """The Python of the project's environment, once it holds what `requirements` names.

    Raises:
        SetupError: the environment could not be made or filled.
    """
    environment = environment_folder(root)
    python = python_of(environment)
    if not is_usable(python):
        make_environment(environment, steps)
    wanted = fingerprint(root, python)
    if not any(
        stamp(environment, name).exists() and stamp(environment, name).read_text() == wanted
        for name in (requirements, FOR_TESTS)
    ):
        run_step(
            steps,
            f"Installing the Python packages of {requirements} into .venv (about half a minute)",
            [python, "-m", "pip", "install", "--disable-pip-version-check", "-r", requirements],
            log=LOGS / "install.log",
            folder=root,
            environment=variables(environment),
        )
        stamp(environment, requirements).write_text(wanted)
    return python


def is_usable(python: Path) -> bool:
    """Whether this environment's Python starts, is new enough and has pip.

    A folder that was moved or copied, or whose Python was upgraded away, does not.
    """
    if not python.exists():
        return False
    question = f"import sys, pip; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    try:
        answer = subprocess.run(
            [python, "-c", question], capture_output=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def make_environment(environment: Path, steps: Steps) -> None:
    """Make an empty environment, in place of a broken one if there is one.

    Raises:
        SetupError: this Python cannot make environments.
    """
    if environment.exists():
        steps.say("The Python environment in .venv does not work (any more): making a new one.")
        shutil.rmtree(environment)
    try:
        run_step(
            steps,
            "Making a Python environment in .venv",
            [sys.executable, "-m", "venv", environment],
            log=LOGS / "venv.log",
            folder=environment.parent,
            environment=os.environ,
        )
    except SetupError as error:
        shutil.rmtree(environment, ignore_errors=True)
        if "ensurepip" in str(error) or "No module named venv" in str(error):
            version = f"{sys.version_info.major}.{sys.version_info.minor}"
            raise SetupError(
                "This Python cannot make environments. On Debian and Ubuntu install the missing"
                f" part with: apt-get install python{version}-venv, then try again."
            ) from error
        raise


def fingerprint(root: Path, python: Path) -> str:
    """What the environment should hold, as one hash: the pinned files and the Python they are for.

    The environment's own folder belongs to it, because programs in it name that folder.
    """
    digest = hashlib.sha256()
    configuration = python.parent.parent / "pyvenv.cfg"
    for path in (*(root / name for name in PINNED), configuration):
        digest.update(path.read_bytes())
    digest.update(str(python).encode())
    return digest.hexdigest()


def stamp(environment: Path, requirements: str) -> Path:
    """The file that remembers what was installed last."""
    return environment / f".installed-{Path(requirements).stem}"


def variables(environment: Path) -> dict[str, str]:
    """The variables for programs of the environment: its own Python and Node come first."""
    path = os.pathsep.join([str(programs_folder(environment)), os.environ.get("PATH", "")])
    own = {key: value for key, value in os.environ.items() if key != "PYTHONHOME"}
    return own | {"PATH": path, "VIRTUAL_ENV": str(environment), "PYTHONUNBUFFERED": "1"}
