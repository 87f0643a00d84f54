"""The base score of a CVSS 3 vector.

The formula is that of the specification, version 3.1, section 7.1 (first.org/cvss/v3.1); the test
compares it with the scores that the table of advisories took over from the advisories themselves.
"""

from __future__ import annotations

import re

_METRICS = {
    "AV": {"N": 0.85, "A": 0.62, "L": 0.55, "P": 0.2},
    "AC": {"L": 0.77, "H": 0.44},
    "UI": {"N": 0.85, "R": 0.62},
    "C": {"H": 0.56, "L": 0.22, "N": 0.0},
    "I": {"H": 0.56, "L": 0.22, "N": 0.0},
    "A": {"H": 0.56, "L": 0.22, "N": 0.0},
}
_PRIVILEGES = {
    "U": {"N": 0.85, "L": 0.62, "H": 0.27},
    "C": {"N": 0.85, "L": 0.68, "H": 0.5},
}
_VECTOR = re.compile(r"CVSS:3\.[01]((/[A-Z]{1,3}:[A-Z])+)")
_LEVELS = ((9.0, "critical"), (7.0, "high"), (4.0, "medium"), (0.1, "low"))


def base_score(vector: str) -> float | None:
    """The base score, 0 to 10; None for anything that is no full CVSS 3 vector."""
    match = _VECTOR.fullmatch(vector)
    if match is None:
        return None
    letter = dict(part.split(":") for part in match[1].strip("/").split("/"))
    try:
        weight = {name: values[letter[name]] for name, values in _METRICS.items()}
        privileges = _PRIVILEGES[letter["S"]][letter["PR"]]
    except KeyError:
        return None
    is_changed = letter["S"] == "C"
    lost = 1 - (1 - weight["C"]) * (1 - weight["I"]) * (1 - weight["A"])
    impact = 7.52 * (lost - 0.029) - 3.25 * (lost - 0.02) ** 15 if is_changed else 6.42 * lost
    if impact <= 0:
        return 0.0
    exploitability = 8.22 * weight["AV"] * weight["AC"] * privileges * weight["UI"]
    factor = 1.08 if is_changed else 1.0
    return _rounded_up(min(factor * (impact + exploitability), 10))


def severity(score: float) -> str:
    """The word for a score; empty for 0."""
    return next((word for least, word in _LEVELS if score >= least), "")


def _rounded_up(number: float) -> float:
    """Up to one decimal, in whole numbers so that 4.000001 does not become 4.1."""
    whole = round(number * 100_000)
    return whole / 100_000 if whole % 10_000 == 0 else (whole // 10_000 + 1) / 10
