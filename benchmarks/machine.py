"""The machine a run was made on, as facts for the run file."""

import contextlib
import hashlib
import json
import os
import platform
import resource
import subprocess
from pathlib import Path

from benchmarks.places import PINS, ROOT, folder_for_databases

ASK_PYTHON = """
import importlib.metadata, json, platform, sysconfig
flags = (sysconfig.get_config_var("CONFIG_ARGS") or "").replace("'", "").split()
print(json.dumps({
    "version": platform.python_version(),
    "implementation": platform.python_implementation(),
    "compiler": platform.python_compiler(),
    "flags": " ".join(flag for flag in flags if flag.startswith("--") and "/" not in flag),
    "optimisation": sysconfig.get_config_var("OPT") or "",
    "packages": {
        (found.metadata["Name"] or "").lower().replace("_", "-").replace(".", "-"): found.version
        for found in importlib.metadata.distributions()
    },
}))
"""


def facts() -> dict[str, str]:
    """What can be known about the machine, each by name; what it does not tell is left out."""
    found = {
        "cpu": _field(Path("/proc/cpuinfo"), "model name"),
        "cpus": str(os.cpu_count() or ""),
        "hypervisor": _hypervisor(),
        "governor": _text(Path("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")),
        "memory": _memory(),
        "kernel": f"{platform.system()} {platform.release()}",
        "system": _system(),
        "somaxconn": _text(Path("/proc/sys/net/core/somaxconn")),
        "open_files": str(resource.getrlimit(resource.RLIMIT_NOFILE)[0]),
        "mitigations": _mitigations(),
        "database_on": "memory (tmpfs)" if str(folder_for_databases()) == "/dev/shm" else "disk",
    }
    return {name: value for name, value in found.items() if value}


def sentence(known: dict[str, str]) -> str:
    """The machine in words for people; a virtual one's cores are shared with others."""
    count = known.get("cpus", "?")
    words = {"1": "One", "2": "Two", "4": "Four", "8": "Eight"}.get(count, count)
    kind = " shared virtual" if "hypervisor" in known else ""
    model = f" ({known['cpu']})" if "cpu" in known else ""
    parts = [f"{words}{kind} cores{model}", known.get("memory", ""), known.get("kernel", "")]
    return ", ".join(part for part in parts if part)


def python_facts(python: Path) -> dict[str, str | dict[str, str]]:
    """Version, build and installed packages of an interpreter."""
    answer = subprocess.run(
        [python, "-I", "-c", ASK_PYTHON], capture_output=True, text=True, check=True, timeout=60
    )
    found: dict[str, str | dict[str, str]] = json.loads(answer.stdout)
    return found


def commit() -> str:
    """The harness's own version: the commit, marked when its files were changed since."""
    parts = ["benchmarks", PINS.name]
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        head = _git("rev-parse", "--short=12", "HEAD")
        return head + ("+changes" if _git("status", "--porcelain", "--", *parts) else "")
    return "unknown"


def lock_sha256() -> str:
    """The hash of the pinned packages; empty when there is no such file."""
    return hashlib.sha256(PINS.read_bytes()).hexdigest() if PINS.exists() else ""


def load_average() -> float:
    """How many processes wanted to run, on average over the last minute."""
    return round(os.getloadavg()[0], 2)


def _git(*arguments: str) -> str:
    answer = subprocess.run(
        ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return answer.stdout.strip()


def _text(path: Path) -> str:
    with contextlib.suppress(OSError):
        return path.read_text().strip()
    return ""


def _field(path: Path, name: str) -> str:
    for line in _text(path).splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""


def _hypervisor() -> str:
    if " hypervisor " not in f" {_field(Path('/proc/cpuinfo'), 'flags')} ":
        return ""
    named = _text(Path("/sys/hypervisor/type")) or _text(Path("/sys/class/dmi/id/sys_vendor"))
    return named or "yes, it does not say which"


def _memory() -> str:
    size = _field(Path("/proc/meminfo"), "MemTotal").split()
    return f"{int(size[0]) * 1024 / 1e9:.0f} GB" if size else ""


def _system() -> str:
    for line in _text(Path("/etc/os-release")).splitlines():
        if line.startswith("PRETTY_NAME="):
            return line.partition("=")[2].strip('"')
    return ""


def _mitigations() -> str:
    folder = Path("/sys/devices/system/cpu/vulnerabilities")
    if not folder.is_dir():
        return ""
    states = {path.name: _text(path) for path in sorted(folder.iterdir())}
    concerned = [f"{name}: {text}" for name, text in states.items() if text != "Not affected"]
    return "; ".join(concerned) or "none needed"
