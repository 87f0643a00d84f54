# -*- coding: utf-8 -*-
"""Runs, tests and checks Framework Picker: `python3 run.py`, or `python3 run.py --help`.

This file is written so that even a very old Python can read it and say what is missing.
"""

import os
import subprocess
import sys

OLDEST = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")


def _is_new_enough(python):
    """Whether this command starts a Python that can run the app."""
    question = "import sys; sys.exit(sys.version_info < %r)" % (OLDEST,)
    with open(os.devnull, "w") as nowhere:
        try:
            return subprocess.call([python, "-c", question], stdout=nowhere, stderr=nowhere) == 0
        except OSError:
            return False


def main():
    """Start with this Python, or with a newer one if this one is too old."""
    if sys.version_info >= OLDEST:
        from house.commands import main as run_command

        return run_command(sys.argv[1:])
    for python in NEWER:
        if _is_new_enough(python):
            command = [python, os.path.abspath(__file__)] + sys.argv[1:]
            if os.name == "posix":
                os.execvp(python, command)
            return subprocess.call(command)
    sys.stderr.write(
        "Framework Picker needs Python 3.11 or newer; this is Python %d.%d, and no newer one was"
        " found.\nInstall one, then run: make run PYTHON=python3.11 (or: python3.11 run.py)\n"
        % tuple(sys.version_info[:2])
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
