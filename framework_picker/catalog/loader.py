"""From the data folder to the catalog, or to a report of everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from framework_picker.catalog.advice import advice
from framework_picker.catalog.assembly import assembled
from framework_picker.catalog.checks import check_meaning
from framework_picker.catalog.documents import Plain
from framework_picker.catalog.drafts import draft_of
from framework_picker.catalog.folder import read_documents
from framework_picker.catalog.ledger import assembled_ledger, assembled_published
from framework_picker.catalog.performance import assembled_performance
from framework_picker.catalog.problems import CatalogError, Problem, Report
from framework_picker.catalog.runs import runs_of
from framework_picker.catalog.version import data_version
from framework_picker.domain.claims import Ledger
from framework_picker.domain.errors import JudgingError
from framework_picker.domain.model import Catalog
from framework_picker.domain.performance import Performance
from framework_picker.domain.published import Published
from framework_picker.domain.runs import BenchmarkSample, Run
from framework_picker.domain.values import ValueTable, value_table


@dataclass(frozen=True, slots=True)
class LoadedData:
    """The catalog and the values of every alternative, computed once; and what nobody is judged by.

    That is what articles claim, and which figures others and we have measured.
    """

    catalog: Catalog
    table: ValueTable
    ledger: Ledger
    published: Published
    runs: tuple[Run, ...]
    performance: Performance = field(default_factory=Performance)

    @property
    def samples(self) -> tuple[BenchmarkSample, ...]:
        """The samples of requests per second of all runs."""
        return tuple(sample for run in self.runs for sample in run.samples)


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check of the data found. ``loaded`` is None when there are problems."""

    problems: tuple[Problem, ...]
    warnings: tuple[str, ...]
    loaded: LoadedData | None


def load_catalog(folder: Path) -> Catalog:
    """Everything the folder says.

    Raises:
        CatalogError: every problem of every file in one report.
    """
    return load_data(folder).catalog


def load_data(folder: Path) -> LoadedData:
    """The catalog with its value table.

    Raises:
        CatalogError: every problem of every file in one report.
    """
    report = Report()
    documents = read_documents(folder, report)
    return loaded_from(documents, folder.name, report)


def loaded_from(documents: Mapping[str, Plain], name: str, report: Report) -> LoadedData:
    """The catalog that documents add up to; ``report`` may hold problems of reading them.

    A document that is None could not be read.

    Raises:
        CatalogError: every problem of every file in one report.
    """
    reported = {problem.file for problem in report.problems}
    for path, content in documents.items():
        if content is None and f"{name}/{path}" not in reported:
            report.add(f"{name}/{path}", "", "entries", "nothing")
    draft = draft_of(documents, name, report)
    check_meaning(draft, report)
    if report.problems:
        raise CatalogError(report.problems)
    try:
        catalog = assembled(draft, data_version(documents))
        return LoadedData(
            catalog,
            value_table(catalog),
            assembled_ledger(draft.ledger),
            assembled_published(draft.published),
            runs_of(draft),
            assembled_performance(draft.performance),
        )
    except JudgingError as error:
        # The checks let something through that the judging cannot work with.
        report.add(name, "judging", "data that can be judged", str(error))
        raise CatalogError(report.problems) from error


def check_folder(folder: Path) -> Findings:
    """Problems and warnings of a data folder; never raises for what the files say."""
    try:
        loaded = load_data(folder)
    except CatalogError as error:
        return Findings(error.problems, (), None)
    return Findings((), advice(loaded.catalog, loaded.table), loaded)
