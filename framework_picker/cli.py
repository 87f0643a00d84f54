"""Framework Picker without a browser."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from framework_picker.catalog.loader import Findings, check_folder
from framework_picker.catalog.problems import CatalogError
from framework_picker.catalog.releases import FOLDER, ReleaseError, write_release
from framework_picker.commands.check import finding, finding_json, finding_lines
from framework_picker.commands.evaluate import evaluation_text
from framework_picker.commands.reading import InputError
from framework_picker.persistence.backup import back_up
from framework_picker.persistence.current import get_database
from framework_picker.persistence.errors import StorageError
from framework_picker.refresh.errors import RefreshError
from framework_picker.refresh.run import Request, refresh
from framework_picker.refresh.services import SOURCES
from framework_picker.refresh.words import as_json, summary
from framework_picker.settings import get_settings

GOOD = 0
SKIPPED = 1
CHANGED = 1
BAD_INPUT = 2
STOPPED = 130
"""What shells give for a program that was stopped by Ctrl-C."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 when all is well, 2 when the input cannot be used."""
    options = _parser().parse_args(arguments)
    exit_code: int = options.run(options)
    return exit_code


def evaluate_answers(options: argparse.Namespace) -> int:
    """Prints what follows from a file of answers."""
    try:
        print(evaluation_text(options.file, _data_folder(options), as_json=options.json))
    except (InputError, CatalogError) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    return GOOD


def check_decision(options: argparse.Namespace) -> int:
    """Prints whether a decision still holds with today's data, and what has moved."""
    try:
        found = finding(options.file, _data_folder(options))
    except (InputError, CatalogError) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    print(finding_json(found) if options.json else "\n".join(finding_lines(found)))
    return GOOD if found.holds else CHANGED


def check_data(options: argparse.Namespace) -> int:
    """Prints what is wrong with the data, or what is in it."""
    folder = _data_folder(options)
    findings = check_folder(folder)
    if options.json:
        print(json.dumps(_as_json(findings), indent=2, ensure_ascii=False))
    elif findings.problems:
        print(CatalogError(findings.problems), file=sys.stderr)
    else:
        print(_summary(findings))
    return BAD_INPUT if findings.problems else GOOD


def refresh_data(options: argparse.Namespace) -> int:
    """Reads again what changes by itself, and prints what changed."""
    settings = get_settings()
    request = Request(
        folder=(options.data or settings.data_folder).resolve(),
        now=datetime.now(UTC),
        only=options.only,
        sources=options.sources,
        is_dry_run=options.dry_run,
    )
    try:
        outcome = refresh(request, settings, sys.stderr)
    except (RefreshError, CatalogError) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print("Stopped. Every file is as it was or completely new.", file=sys.stderr)
        return STOPPED
    if options.json:
        print(json.dumps(as_json(outcome), indent=2, ensure_ascii=False))
    else:
        print("\n".join(summary(outcome)))
    return SKIPPED if options.strict and outcome.skips else GOOD


def release_data(options: argparse.Namespace) -> int:
    """Prints which file holds today's data for good; writes it when there is none."""
    folder: Path = (options.data or get_settings().data_folder).resolve()
    target = options.to.resolve() if options.to else folder / FOLDER
    before = set(target.glob("*"))
    try:
        file = write_release(folder, target)
    except (CatalogError, ReleaseError) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except OSError as error:
        print(f"{target} cannot be written: {error.strerror or error}", file=sys.stderr)
        return BAD_INPUT
    version, size, is_new = file.name.partition(".")[0], file.stat().st_size, file not in before
    if options.json:
        found = {"data_version": version, "file": str(file), "bytes": size, "is_new": is_new}
        print(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        how = "Written" if is_new else "There already, and sound"
        print(f"{how}: {file}, {size / 1000:.0f} kB, data version {version}.")
    return GOOD


def back_up_decisions(options: argparse.Namespace) -> int:
    """Copies the database of saved decisions, and prints where the copy is."""
    source, target = get_database().file, options.file.resolve()
    if source is None:
        print("The decisions are in PostgreSQL: use its own pg_dump.", file=sys.stderr)
        return BAD_INPUT
    try:
        back_up(source, target)
    except FileExistsError:
        print(f"{target} is there already; nothing was written.", file=sys.stderr)
        return BAD_INPUT
    except StorageError as error:
        print(f"No copy was made. {error} ({error.detail})", file=sys.stderr)
        return BAD_INPUT
    size = target.stat().st_size
    if options.json:
        print(json.dumps({"file": str(target), "bytes": size}, indent=2, ensure_ascii=False))
    else:
        print(f"Written: {target}, {size / 1000:.0f} kB.")
    return GOOD


def _data_folder(options: argparse.Namespace) -> Path:
    """The data folder asked for, else the one of the settings."""
    folder: Path = (options.data or get_settings().data_folder).resolve()
    return folder


def _listed(text: str) -> tuple[str, ...]:
    """Names with commas between them.

    Raises:
        argparse.ArgumentTypeError: there is none.
    """
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if not names:
        raise argparse.ArgumentTypeError("expected names with commas between them")
    return names


def _sources(text: str) -> tuple[str, ...]:
    """Names of sources.

    Raises:
        argparse.ArgumentTypeError: one of them is none.
    """
    names = _listed(text)
    unknown = [name for name in names if name not in SOURCES]
    if unknown:
        raise argparse.ArgumentTypeError(
            f"there is no source {', '.join(unknown)}; there are {', '.join(SOURCES)}"
        )
    return names


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
    _add_evaluate(commands)
    _add_check(commands)
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
    _add_refresh(data_commands)
    _add_release(data_commands)
    _add_backup(commands)
    return parser


def _add_backup(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "backup",
        help="copy the database of saved decisions while the app is running",
        description=(
            "Writes a whole copy of the SQLite database of saved decisions. The app may be running "
            "and saving meanwhile. docs/running.md says how to put a copy back."
        ),
        epilog="Exit code: 0 the copy is there, 2 it could not be made.",
    )
    command.add_argument("file", type=Path, metavar="FILE", help="the copy; it must not exist yet")
    command.add_argument("--json", action="store_true", help="print the result as JSON")
    command.set_defaults(run=back_up_decisions)


def _add_release(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "release",
        help="keep today's data for good, so that decisions saved with it can be replayed",
        description=(
            "Packs what all data files say into one file that never changes, named after the data "
            "version. A file that is there already is checked and left as it is."
        ),
        epilog="Exit code: 0 the release is there, 2 it could not be written.",
    )
    command.add_argument(
        "--data",
        type=Path,
        metavar="FOLDER",
        help="the data folder (default: $FRAMEWORK_PICKER_DATA, else the one of this project)",
    )
    command.add_argument(
        "--to", type=Path, metavar="FOLDER", help="where to write (default: releases/ inside it)"
    )
    command.add_argument("--json", action="store_true", help="print the result as JSON")
    command.set_defaults(run=release_data)


def _add_evaluate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "evaluate",
        help="rank the frameworks for a file of answers",
        description=(
            'Reads answers such as {"use": "api", "admin": "must"} and prints the ranking, '
            "how sure it is and what would change it: the numbers of the result page. The "
            "questions and their answers are in data/questions.yaml and at /api/v1/questions; "
            "what is left out stays open."
        ),
        epilog="Exit code: 0 done, 2 the answers cannot be used.",
    )
    command.add_argument("file", metavar="ANSWERS.json", help="a file, or - for standard input")
    _add_data_and_json(command, "print the whole evaluation as JSON, as the API answers it")
    command.set_defaults(run=evaluate_answers)


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "check",
        help="say whether a saved decision still holds with today's data",
        description=(
            "Computes a decision again with today's data and says whether the same framework is "
            "first, which values moved, from what to what, by which source, and which of them "
            "moved a place. Reads decision.json, an evaluation of the API, or a decision record "
            "(Markdown) with its JSON block."
        ),
        epilog="Exit code: 0 it still holds, 1 another framework is first, 2 no decision was read.",
    )
    command.add_argument("file", metavar="DECISION", help="a file, or - for standard input")
    _add_data_and_json(command, "print the finding as JSON")
    command.set_defaults(run=check_decision)


def _add_data_and_json(command: argparse.ArgumentParser, json_help: str) -> None:
    command.add_argument(
        "--data",
        type=Path,
        metavar="FOLDER",
        help="the data folder (default: $FRAMEWORK_PICKER_DATA, else the one of this project)",
    )
    command.add_argument("--json", action="store_true", help=json_help)


def _add_refresh(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser(
        "refresh",
        help="read releases, stars, downloads, support dates and advisories again",
        description=(
            "Reads the releases of every framework and companion package from the package index "
            "that pip uses, and stars, downloads, support dates and advisories from their public "
            "APIs. An answer that failed or cannot be true changes nothing and is named. Judged "
            "and measured values are never overwritten."
        ),
        epilog=(
            "Exit code: 0 done, 1 something was skipped and --strict was given, 2 nothing could "
            "be done. docs/data.md says which settings there are."
        ),
    )
    command.add_argument(
        "--dry-run", action="store_true", help="say what would change and write nothing"
    )
    command.add_argument(
        "--only",
        type=_listed,
        default=(),
        metavar="SLUGS",
        help="only these frameworks, such as django,flask",
    )
    command.add_argument(
        "--sources",
        type=_sources,
        default=SOURCES,
        metavar="NAMES",
        help=f"only these sources (default: {','.join(SOURCES)})",
    )
    command.add_argument(
        "--strict", action="store_true", help="end with 1 when anything was skipped"
    )
    command.add_argument(
        "--data",
        type=Path,
        metavar="FOLDER",
        help="the data folder (default: $FRAMEWORK_PICKER_DATA, else the one of this project)",
    )
    command.add_argument("--json", action="store_true", help="print the summary as JSON")
    command.set_defaults(run=refresh_data)
