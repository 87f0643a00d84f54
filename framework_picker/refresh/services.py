"""Every service asked in turn, for the frameworks that are to be refreshed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import date
from functools import partial

from framework_picker.refresh import advisories, downloads, stars, support
from framework_picker.refresh.address import AskPip, index_address
from framework_picker.refresh.changes import Skip
from framework_picker.refresh.errors import BadAnswerError, RefreshError
from framework_picker.refresh.folder import DataFolder
from framework_picker.refresh.framework_files import (
    Entries,
    companion_names,
    refreshed,
    support_end,
)
from framework_picker.refresh.package_index import PackageIndex
from framework_picker.refresh.plan import Plan
from framework_picker.refresh.progress import Progress
from framework_picker.refresh.releases import History
from framework_picker.refresh.tables import TableRefresh
from framework_picker.refresh.web import Patience, Web
from framework_picker.settings import OFF, Settings

INDEX = "index"
STARS, DOWNLOADS, SUPPORT, ADVISORIES = "stars", "downloads", "support", "advisories"
SOURCES = (INDEX, STARS, DOWNLOADS, SUPPORT, ADVISORIES)
THREADS = 4

Found = dict[str, History | BadAnswerError]


@dataclass(frozen=True, slots=True)
class TableSource:
    """A public api that feeds a table. ``questions`` is how often it is going to be asked."""

    name: str
    address: str
    questions: int
    read: Callable[..., TableRefresh]

    def refreshed(self, web: Web, progress: Progress, today: date) -> TableRefresh:
        """What it adds to its table."""
        return self.read(web, progress, address=self.address.rstrip("/"), today=today)


@dataclass(frozen=True, slots=True)
class Services:
    """Where to ask, and how. ``ask_pip`` runs pip."""

    settings: Settings
    today: date
    ask_pip: AskPip
    patience: Patience | None = None


def packages_of(documents: Mapping[str, Entries]) -> tuple[str, ...]:
    """The packages of frameworks and their companions, each once."""
    names: dict[str, None] = {}
    for document in documents.values():
        if document.get("package"):
            names[str(document["package"])] = None
            names.update((name, None) for _, name in companion_names(document))
    return tuple(names)


def ask_index(services: Services, packages: tuple[str, ...], progress: Progress) -> Found:
    """The releases of each package, or why they cannot be had.

    Raises:
        RefreshError: there is no index to ask.
    """
    address = index_address(services.settings.package_index, services.ask_pip)
    try:
        web = Web(
            certificates=address.certificates, proxy=address.proxy, patience=services.patience
        )
    except OSError:
        raise RefreshError("The certificates that pip is set up with cannot be read.") from None
    found: Found = {}
    with web, ThreadPoolExecutor(THREADS) as pool:
        index = PackageIndex(web, address, services.today)
        package_by_future = {pool.submit(index.history, package): package for package in packages}
        try:
            for future in as_completed(package_by_future):
                package = package_by_future[future]
                try:
                    found[package] = future.result()
                except BadAnswerError as error:
                    found[package] = error
                progress.advance(package)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    return found


def plan_frameworks(
    plan: Plan, documents: Mapping[str, Entries], found: Found, today: date
) -> None:
    """Plans what the releases change in the frameworks' files."""
    for slug, document in documents.items():
        if document.get("package"):
            result = refreshed(document, found[str(document["package"])], found, today)
            plan.add_framework(slug, result)


def table_sources(
    services: Services,
    folder: DataFolder,
    documents: Mapping[str, Entries],
    found: Found,
    sources: Collection[str],
) -> tuple[list[TableSource], list[Skip]]:
    """The public apis to ask, and those that are switched off.

    Args:
        services: Where to ask.
        folder: Holds the tables.
        documents: The frameworks' files by slug.
        found: The releases of each package, once they are there.
        sources: Names out of ``SOURCES``.
    """
    settings = services.settings
    slugs = list(documents)
    package_by_slug = {
        slug: str(document["package"])
        for slug, document in documents.items()
        if document.get("package")
    }
    star_rows, support_rows = folder.rows(stars.TABLE), folder.rows(support.TABLE)
    known = [
        TableSource(
            STARS,
            settings.stars_api,
            len(stars.repositories(star_rows, slugs)),
            partial(stars.recounted, token=settings.stars_token, rows=star_rows, slugs=slugs),
        ),
        TableSource(
            DOWNLOADS,
            settings.downloads_api,
            1 if package_by_slug else 0,
            partial(
                downloads.recounted,
                rows=folder.rows(downloads.TABLE),
                package_by_slug=package_by_slug,
            ),
        ),
        TableSource(
            SUPPORT,
            settings.support_api,
            len(support.products(support_rows, slugs)),
            partial(
                support.reread,
                rows=support_rows,
                slugs=slugs,
                support_end_by_slug={
                    slug: support_end(document) for slug, document in documents.items()
                },
            ),
        ),
        TableSource(
            ADVISORIES,
            settings.advisories_api,
            len(package_by_slug),
            partial(
                advisories.reread,
                rows=folder.rows(advisories.TABLE),
                package_by_slug=package_by_slug,
                history_by_package=found,
            ),
        ),
    ]
    wanted = [source for source in known if source.name in sources]
    return (
        [source for source in wanted if source.address != OFF],
        [
            Skip(source.name, "switched off by its setting")
            for source in wanted
            if source.address == OFF
        ],
    )
