"""Where things are in the project folder."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOGS = ROOT / ".make"


def environment_folder(root: Path) -> Path:
    """The folder of the project's own Python environment."""
    return root / ".venv"


def programs_folder(environment: Path) -> Path:
    """The folder in which an environment keeps its programs, Node's among them."""
    return environment / ("Scripts" if os.name == "nt" else "bin")


def python_of(environment: Path) -> Path:
    """The Python of an environment."""
    return programs_folder(environment) / ("python.exe" if os.name == "nt" else "python")
