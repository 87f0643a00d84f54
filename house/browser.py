"""Finds the browser the tests drive, and gets one if there is none."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from house.installation import variables
from house.places import LOGS, ROOT
from house.problems import SetupError
from house.progress import Steps, run_step

OWN_CHOICE = "CHROMIUM"
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "chrome.exe",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
)
QUIET = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)
HOW_TO_GET_ONE = (
    "The tests need a browser, and none was found or could be installed. Install Chromium or"
    " Chrome (Debian and Ubuntu: apt-get install chromium; macOS: brew install --cask chromium), or"
    f" say where one is with {OWN_CHOICE}=/path/to/chrome, then run make test again."
    " `make check` needs no browser."
)


def launch_arguments() -> list[str]:
    """What to start the browser with: no calls home; root cannot have the sandbox."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*QUIET, *(["--no-sandbox"] if is_root else [])]


def find_browser(python: Path) -> Path | None:
    """An installed browser that starts, or Playwright's own if it was downloaded before.

    Args:
        python: The Python that has Playwright.

    Raises:
        SetupError: the browser somebody chose does not start.
    """
    if chosen := os.environ.get(OWN_CHOICE):
        if starts(Path(chosen)):
            return Path(chosen)
        raise SetupError(f"{OWN_CHOICE} names {chosen}, but no browser starts from there.")
    return next((path for path in _candidates(python) if starts(path)), None)


def ensure_browser(python: Path, steps: Steps) -> Path:
    """The browser for the tests: an installed one, else Playwright's download, else Debian's.

    Raises:
        SetupError: there is none, and none could be installed.
    """
    if found := find_browser(python):
        return found
    for text, commands in _ways_to_get_one(python):
        try:
            for command in commands:
                run_step(
                    steps,
                    text,
                    command,
                    log=LOGS / "browser.log",
                    folder=ROOT,
                    environment=variables(python.parent.parent),
                )
        except SetupError:
            steps.say("  that did not work here")
            continue
        if found := find_browser(python):
            return found
    raise SetupError(HOW_TO_GET_ONE)


def starts(path: Path) -> bool:
    """Whether the browser at this path shows a page.

    Being there is not enough: Ubuntu's `chromium-browser` may be a note about another package,
    and a download may lack libraries of the system.
    """
    if not path.is_file():
        return False
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [str(path), "--headless", *launch_arguments(), f"--user-data-dir={profile}"]
        try:
            answer = subprocess.run(
                [*command, "--dump-dom", "data:text/html,<p>ready</p>"],
                capture_output=True,
                check=False,
                timeout=60,
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
    return answer.returncode == 0 and b"ready" in answer.stdout


def _candidates(python: Path) -> Iterator[Path]:
    """Where a browser may be, the likeliest places first."""
    for name in NAMES:
        if found := shutil.which(name):
            yield Path(found)
    yield from (Path(place) for place in PLACES)
    if own := _playwright_browser(python):
        yield own


def _playwright_browser(python: Path) -> Path | None:
    """Where Playwright keeps, or would keep, its own browser."""
    question = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as p: print(p.chromium.executable_path)"
    )
    answer = subprocess.run(
        [python, "-c", question], capture_output=True, check=False, text=True, timeout=60
    )
    path = answer.stdout.strip()
    return Path(path) if answer.returncode == 0 and path else None


def _ways_to_get_one(python: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Ways to install a browser, with what to say while trying."""
    yield (
        "No browser found: downloading Playwright's own",
        [[str(python), "-m", "playwright", "install", "chromium"]],
    )
    if shutil.which("apt-get") and (rights := _rights_to_install()) is not None:
        quietly = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
        yield (
            "Installing the system's package chromium",
            [
                [*rights, *quietly, "update"],
                [*rights, *quietly, "install", "-y", "--no-install-recommends", "chromium"],
            ],
        )


def _rights_to_install() -> list[str] | None:
    """What to put before a command that installs a package; None without the right to."""
    if sys.platform == "win32":
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    asks_nothing = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asks_nothing.returncode == 0 else None
