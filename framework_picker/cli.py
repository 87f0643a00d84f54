"""Framework Picker without a browser."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from framework_picker.catalog.loader import Findings, check_folder
from framework_picker.catalog.problems import CatalogError
from framework_picker.settings import get_settings

GOOD = 0
BAD_INPUT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 when all is well, 2 when the input cannot be used."""
    options = _parser().parse_args(arguments)
    exit_code: int = options.run(options)
    return exit_code


def check_data(options: argparse.Namespace) -> int:
    """Prints what is wrong with the data, or what is in it."""
    folder: Path = (options.data or get_settings().data_folder).resolve()
    findings = check_folder(folder)
    if options.json:
        print(json.dumps(_as_json(findings), indent=2, ensure_ascii=False))
    elif findings.problems:
        print(CatalogError(findings.problems), file=sys.stderr)
    else:
        print(_summary(findings))
    return BAD_INPUT if findings.problems else GOOD


def _summary(findings: Findings) -> str:
    assert findings.loaded is not None
    catalog = findings.loaded.catalog
    lines = [
        f"The data is good: {len(catalog.alternatives)} frameworks, "
        f"{len(catalog.criteria)} criteria, {len(catalog.questions)} questions.",
        f"As of {catalog.as_of.isoformat()}, version {catalog.data_version}.",
        *(f"Warning: {warning}" for warning in findings.warnings),
    ]
    return "\n".join(lines)


def _as_json(findings: Findings) -> dict[str, object]:
    catalog = findings.loaded.catalog if findings.loaded else None
    return {
        "ok": not findings.problems,
        "as_of": catalog.as_of.isoformat() if catalog else None,
        "data_version": catalog.data_version if catalog else None,
        "problems": [asdict(problem) for problem in findings.problems],
        "warnings": list(findings.warnings),
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m framework_picker",
        description="Framework Picker on the command line.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    data = commands.add_parser(
        "data", help="work with the data files", description="Work with the data files."
    )
    data_commands = data.add_subparsers(title="commands", metavar="COMMAND", required=True)
    check = data_commands.add_parser(
        "check",
        help="report everything that is wrong with the data files",
        description=(
            "Reads all data files as the app does at its start and reports every problem of every "
            "file: file, field, what was expected, what was found. Warnings do not count as "
            "problems."
        ),
        epilog="Exit code: 0 the data is good, 2 it is not.",
    )
    check.add_argument(
        "--data",
        type=Path,
        metavar="FOLDER",
        help="the data folder (default: $FRAMEWORK_PICKER_DATA, else the one of this project)",
    )
    check.add_argument("--json", action="store_true", help="print the report as JSON")
    check.set_defaults(run=check_data)
    return parser
