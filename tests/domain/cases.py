"""The reference cases, as read from their files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "reference_cases"


def read(name: str) -> dict[str, Any]:
    """One reference case: ``input``, ``expected`` and ``tolerance`` as its source states them."""
    case: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return case


def edge_case(name: str) -> dict[str, Any]:
    """One of the degenerate inputs, by its name."""
    found: dict[str, Any] = next(
        case for case in read("edge-cases")["expected"]["cases"] if case["name"] == name
    )
    return found
