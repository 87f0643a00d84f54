"""The text of a suggested correction: what we say, and room for what is right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from framework_picker.domain.sources import SourceLine

VERSION_SHOWN = 7
"""Characters of the data version, as in the footer of every page."""


def correction_text(
    *,
    framework: str,
    field: str,
    receipt_id: str,
    reading: str,
    as_of: str,
    sources: Sequence[SourceLine],
    data_version: str,
    data_as_of: date,
) -> str:
    """A text to copy into an issue or a message, with everything that finds the value again."""
    ours = reading if not as_of else f"{reading} (as of {as_of})"
    named = [f"{line.text} {line.href}".strip() for line in dict.fromkeys(sources)]
    lines = [
        f"Correction: {field}, {framework}",
        "",
        f"Framework: {framework}",
        f"Field: {field} ({receipt_id})",
        f"Our value: {ours}",
        *(f"Our source: {line}" for line in named or ["none, not verified"]),
        f"Data version: {data_version[:VERSION_SHOWN]} of {data_as_of.isoformat()}",
        "",
        "What is right instead:",
        "Source (address), and the date of it:",
    ]
    return "\n".join(lines)
