"""A refresh from beginning to end: ask, compare, check the whole, write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TextIO

from framework_picker.catalog.changes import CHANGE_LOG
from framework_picker.catalog.loader import LoadedData
from framework_picker.domain.model import Catalog
from framework_picker.refresh.address import AskPip, ask_pip
from framework_picker.refresh.change_log import with_entry
from framework_picker.refresh.errors import RefreshError
from framework_picker.refresh.folder import read_folder
from framework_picker.refresh.outcome import Outcome
from framework_picker.refresh.plan import Plan, PlannedFile
from framework_picker.refresh.progress import Progress
from framework_picker.refresh.recommendations import moves, recommendations
from framework_picker.refresh.services import (
    INDEX,
    SOURCES,
    Found,
    Services,
    ask_index,
    packages_of,
    plan_frameworks,
    table_sources,
)
from framework_picker.refresh.web import Patience, Web
from framework_picker.refresh.words import log_entry
from framework_picker.refresh.writing import replace_files, sweep
from framework_picker.settings import Settings


@dataclass(frozen=True, slots=True)
class Request:
    """What to refresh.

    ``now`` is a moment in UTC. ``only`` lists slugs; empty means all frameworks. ``sources`` are
    names out of ``SOURCES``.
    """

    folder: Path
    now: datetime
    only: tuple[str, ...] = ()
    sources: tuple[str, ...] = SOURCES
    is_dry_run: bool = False


def refresh(
    request: Request,
    settings: Settings,
    stream: TextIO,
    *,
    ask: AskPip = ask_pip,
    patience: Patience | None = None,
) -> Outcome:
    """What was found, and written unless it is a dry run.

    Args:
        request: What to refresh.
        settings: Where to ask.
        stream: Where progress goes.
        ask: Runs pip.
        patience: How long to wait for answers.

    Raises:
        CatalogError: the data cannot be used as it is.
        RefreshError: the refresh cannot run, or must not write. Nothing was written.
    """
    today = request.now.date()
    folder = read_folder(request.folder)
    _check_clock(folder.loaded.catalog, request)
    slugs = _chosen(folder.loaded.catalog, request.only)
    documents = {slug: folder.framework(slug) for slug in slugs}
    packages = packages_of(documents) if INDEX in request.sources else ()
    services = Services(settings, today, ask, patience)
    plan = Plan(folder)
    found: Found = {}
    sources, off = table_sources(services, folder, documents, found, request.sources)
    plan.skips += off
    progress = Progress(stream, len(packages) + sum(source.questions for source in sources))
    try:
        if packages:
            found.update(ask_index(services, packages, progress))
            plan_frameworks(plan, documents, found, today)
        with Web(patience=patience) as web:
            for source in sources:
                plan.add_table(source.refreshed(web, progress, today))
    finally:
        progress.close()
    plan.move_date(today)
    # Loading everything again is what takes longest.
    after = plan.checked() if plan.files else folder.loaded
    frameworks = [slug for slug in slugs if sources or documents[slug].get("package")]
    return _finished(request, plan, after, len(frameworks), len(packages))


def _check_clock(catalog: Catalog, request: Request) -> None:
    today = request.now.date()
    if today < catalog.as_of:
        raise RefreshError(
            f"The clock of this machine says {today.isoformat()}, the data speaks of "
            f"{catalog.as_of.isoformat()}. One of them is wrong."
        )


def _chosen(catalog: Catalog, only: Sequence[str]) -> tuple[str, ...]:
    unknown = sorted(set(only) - set(catalog.alternatives))
    if unknown:
        raise RefreshError(
            f"There is no framework {', '.join(unknown)}. "
            f"There are: {', '.join(catalog.alternatives)}."
        )
    return tuple(slug for slug in catalog.alternatives if not only or slug in only)


def _finished(
    request: Request, plan: Plan, after: LoadedData, frameworks: int, packages: int
) -> Outcome:
    """Writes, with an entry in the change log where a value or a recommendation is another one."""
    before = plan.folder.loaded
    name_by_slug = {slug: found.name for slug, found in before.catalog.alternatives.items()}
    moved = moves(recommendations(before), recommendations(after), name_by_slug)
    use_cases = len(before.catalog.use_cases)
    if plan.changes or plan.marks or moved:
        entry = log_entry(
            changes=plan.changes,
            marks=plan.marks,
            moves=moved,
            use_cases=use_cases,
            name_by_slug=name_by_slug,
        )
        log = with_entry(plan.folder.text(CHANGE_LOG), request.now, entry)
        plan.files[CHANGE_LOG] = PlannedFile(log)
    new = plan.new_files()
    if new and not request.is_dry_run:
        sweep(request.folder)
        replace_files(request.folder, new, plan.folder.bytes_by_path)
    return Outcome(
        as_of_before=before.catalog.as_of.isoformat(),
        as_of_after=after.catalog.as_of.isoformat(),
        data_version_before=before.catalog.data_version,
        data_version_after=after.catalog.data_version,
        frameworks=frameworks,
        packages=packages,
        confirmed=plan.confirmed,
        changes=plan.changes,
        marks=plan.marks,
        rows={path: file.rows for path, file in plan.files.items() if file.rows},
        skips=tuple(plan.skips),
        by_hand=tuple(plan.by_hand),
        moves=moved,
        use_cases=use_cases,
        written=tuple(new),
        is_dry_run=request.is_dry_run,
        name_by_slug=name_by_slug,
    )
