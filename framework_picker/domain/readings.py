"""Facts and capabilities in words for people: numbers with units, ISO dates, yes and no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from framework_picker.domain.model import Capability, Fact, FactValue

NOT_VERIFIED = "not verified"
THIN_SPACE = "\u202f"
"""Between groups of three digits; it does not break at the end of a line."""

GROUPED_FROM = 10_000
"""Shorter numbers are read at a glance, and years are no quantities."""

MILLION = 1_000_000

LEVEL_WORDS = {
    "built-in": "built in",
    "official-extension": "official extension",
    "third-party": "third party",
    "none": "none",
}

UNIT_WORDS = {
    "share of the bare server": "of the bare server",
    "new major.minor series": "new series",
}
"""Units that read badly right behind a number."""


def number(value: float) -> str:
    """A number in digits: ``87 012`` with thin spaces, at most three significant decimals."""
    if isinstance(value, float) and not value.is_integer():
        digits = f"{value:.3g}" if abs(value) < 1 else f"{value:_.1f}"
    else:
        digits = f"{int(value):_d}"
    if abs(value) < GROUPED_FROM:
        return digits.replace("_", "").replace("-", "\u2212")
    return digits.replace("_", THIN_SPACE).replace("-", "\u2212")


def about(value: float) -> str:
    """A count in a few characters, three digits of it: ``11.9 million``, ``464 000``, ``9880``."""
    if value >= MILLION:
        return f"{value / MILLION:.3g} million"
    digits = len(str(int(value)))
    return number(round(value, min(0, 3 - digits)))


def reading(value: FactValue) -> str:
    """A fact's value without its unit: ``yes``, ``43.5``, ``3.12 to 3.15``, ``WSGI``."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, str):
        return value.strip()
    if value and all(isinstance(item, Mapping) for item in value):
        return "; ".join(window(item) for item in value if isinstance(item, Mapping))
    return _versions([str(item) for item in value])


def with_unit(fact: Fact) -> str:
    """A fact's value with its unit: ``43.5 MB``, ``1 package``, ``yes``."""
    words = reading(fact.value)
    if not fact.unit or isinstance(fact.value, str | bool | tuple):
        return words
    unit = UNIT_WORDS.get(fact.unit, fact.unit)
    if fact.value == 1 and unit in ("packages", "stable releases", "pre-releases", "lines"):
        unit = unit.removesuffix("s")
    if unit.startswith("percent"):
        return f"{words}{THIN_SPACE}%{unit.removeprefix('percent')}"
    return f"{words} {unit}"


def window(entry: Mapping[object, object]) -> str:
    """One release series and its dates: ``5.2 LTS: fixes until 2025-12-03, security 2028-04``."""
    series = str(entry.get("series", "")).strip()
    parts = [
        f"{words} until {entry[key]}"
        for key, words in (("mainstream", "fixes"), ("security", "security fixes"))
        if entry.get(key)
    ]
    dates = ", ".join(parts) if parts else "no dates"
    return f"{series}: {dates}" if series else dates


def capability_level(capability: Capability) -> str:
    """Who offers it: ``built in``, ``third party, in part``, ``none``."""
    words = LEVEL_WORDS[capability.level]
    if capability.level == "none":
        return words
    return f"{words}, in part" if capability.is_partial else words


def capability_package(capability: Capability) -> str:
    """The package meant, with its age where it is old: ``Flask-Login, last release 2023``."""
    if not capability.package:
        return ""
    if capability.is_stale and capability.level != "built-in":
        released = capability.package_released
        age = f"last release {released.year}" if released else "long without a release"
        return f"{capability.package}, {age}"
    return capability.package


def capability_words(capability: Capability) -> str:
    """Level and package in one line: ``third party: Flask-Login, last release 2023``."""
    package = capability_package(capability)
    level = capability_level(capability)
    return f"{level}: {package}" if package else level


def _versions(items: Sequence[str]) -> str:
    """A list in words; consecutive versions of one series as a range."""
    pairs = [item.split(".") for item in items]
    consecutive = len(items) > 2 and all(len(p) == 2 and all(n.isdigit() for n in p) for p in pairs)
    if consecutive:
        majors = {p[0] for p in pairs}
        minors = [int(p[1]) for p in pairs]
        if len(majors) == 1 and minors == list(range(minors[0], minors[0] + len(minors))):
            return f"{items[0]} to {items[-1]}"
    return ", ".join(items)
