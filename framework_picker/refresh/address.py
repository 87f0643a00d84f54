"""Where the Python package index is: from our setting, else from pip's own configuration.

The address never stands in a file of this project. pip is asked as a program, because where it
keeps its configuration, and which index it takes without one, is its own business.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit, urlunsplit

from framework_picker.refresh.errors import RefreshError

SETTING = "FRAMEWORK_PICKER_INDEX"
PIP_SECONDS = 60

_CONFIGURED = re.compile(r"(?P<section>:env:|[\w-]+)\.(?P<name>[\w-]+)=(?P<value>.*)")
_DEFAULT = re.compile(r"--index-url <url> .*?\(default (?P<address>\S+?)\)")
_SECTIONS = (":env:", "install", "download", "global")
"""Where pip looks for an option of ``pip install``; the first one wins."""

AskPip = Callable[[Sequence[str]], str]


@dataclass(frozen=True, slots=True)
class IndexAddress:
    """How to reach the index.

    ``files``: address under which each package has its list of files, without a slash at the end.
    ``records``: address under which ``/pypi/NAME/json`` may be served; empty where that is unknown.
    """

    files: str
    records: str
    login: tuple[str, str] | None = field(default=None, repr=False)
    certificates: str = ""
    proxy: str = field(default="", repr=False)


def ask_pip(arguments: Sequence[str]) -> str:
    """What pip prints; empty where there is no pip or it fails."""
    command = [sys.executable, "-m", "pip", *arguments]
    # Wide, so that the help does not break an address into lines.
    environment = {**os.environ, "COLUMNS": "2000", "NO_COLOR": "1"}
    try:
        finished = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=PIP_SECONDS,
            env=environment,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return finished.stdout if finished.returncode == 0 else ""


def index_address(setting: str, ask: AskPip = ask_pip) -> IndexAddress:
    """The address to read releases from.

    Args:
        setting: Our own setting; empty to take what pip takes.
        ask: Runs pip.

    Raises:
        RefreshError: there is none, or it is no web address.
    """
    configured = _configuration(ask(["config", "list"]))
    address = setting or configured.get("index-url", "") or _without_configuration(ask)
    if not setting and configured.get("no-index", "").lower() in ("1", "true", "yes", "on"):
        raise RefreshError(f"pip is set up to use no package index; {SETTING} can name one.")
    if not address:
        raise RefreshError(f"pip does not say which package index it uses; {SETTING} can name one.")
    return _split(address, configured)


def _configuration(printed: str) -> dict[str, str]:
    """Each option's value, of the section that wins."""
    found: dict[str, dict[str, str]] = {}
    for line in printed.splitlines():
        match = _CONFIGURED.fullmatch(line.strip())
        if match:
            try:
                value = str(ast.literal_eval(match["value"]))
            except (ValueError, SyntaxError):
                value = match["value"]
            found.setdefault(match["section"], {})[match["name"]] = value
    values: dict[str, str] = {}
    for section in reversed(_SECTIONS):
        values.update(found.get(section, {}))
    return values


def _without_configuration(ask: AskPip) -> str:
    """The index that pip takes when nobody tells it; its help names it."""
    match = _DEFAULT.search(" ".join(ask(["install", "--help"]).split()))
    return match["address"] if match else ""


def _split(address: str, configured: Mapping[str, str]) -> IndexAddress:
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        parts, host, port = urlsplit(""), "", ""
    if parts.scheme not in ("http", "https") or not host:
        raise RefreshError(
            f"The package index is no web address; {SETTING} can name another one (it ends in "
            "/simple)."
        )
    if ":" in host:
        host = f"[{host}]"
    path = parts.path.rstrip("/")
    files = urlunsplit((parts.scheme, f"{host}{port}", path, "", ""))
    has_records = path.endswith("/simple")
    return IndexAddress(
        files=files,
        records=files.removesuffix("/simple") if has_records else "",
        login=(unquote(parts.username), unquote(parts.password or "")) if parts.username else None,
        certificates=configured.get("cert", ""),
        proxy=configured.get("proxy", ""),
    )
