"""The files' entries in their shapes, before their meaning is checked.

A draft may have holes: an entry that does not fit its shape is reported and left out, but its
name still counts as known, so that one fault is not reported a second time wherever the name is
used. A file that cannot be read leaves ``None`` in place of its names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from framework_picker.catalog.claim_shapes import (
    ClaimsFileShape,
    ClaimShape,
    ClaimSourcesFileShape,
    ClaimSourceShape,
    ExamplesFileShape,
    ExampleShape,
    NotCountedShape,
    ReadingFileShape,
    SubjectsFileShape,
    SubjectShape,
    WorkloadShape,
)
from framework_picker.catalog.documents import Plain
from framework_picker.catalog.performance_shapes import PerformanceShape
from framework_picker.catalog.problems import Report, listed, shown
from framework_picker.catalog.run_shapes import (
    RUN_SHAPES,
    LatencyShape,
    RunShape,
    SampleShape,
    StartShape,
    UiSampleShape,
)
from framework_picker.catalog.schema import (
    DERIVE_SHAPES,
    CapabilityKindShape,
    CapabilityShape,
    CatalogShape,
    ChoiceShape,
    CriteriaFileShape,
    CriterionShape,
    DeriveShape,
    EvidenceShape,
    FactKindShape,
    FactsFileShape,
    FrameworkShape,
    GroupShape,
    ImportanceShape,
    LevelShape,
    MustHaveShape,
    PartShape,
    PresetShape,
    QuestionsFileShape,
    QuestionShape,
    Shape,
    UseCasesFileShape,
    UseCaseShape,
    ValueShape,
    joined,
    shaped,
)

Names = frozenset[str] | None
ShapeT = TypeVar("ShapeT", bound=Shape)


@dataclass(frozen=True, slots=True)
class FrameworkDraft:
    """One framework's file; the names are there even when their entries do not fit."""

    file: str
    header: FrameworkShape | None
    facts: Mapping[str, ValueShape]
    capabilities: Mapping[str, CapabilityShape]
    production_users: Mapping[str, ValueShape]
    limits: Mapping[str, ValueShape]
    slug: str
    fact_names: tuple[str, ...]
    capability_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactKindDraft:
    """One entry of facts.yaml; ``derive`` is set for facts that are computed."""

    shape: FactKindShape
    derive: DeriveShape | None


@dataclass(frozen=True, slots=True)
class CriterionDraft:
    """One criterion with those of its parts that fit; ``is_whole`` when all of them do."""

    shape: CriterionShape
    parts: Mapping[str, PartShape]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class TableDraft:
    """One community table: its rows are texts still."""

    file: str
    rows: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True)
class RunDraft:
    """One benchmark run; measurements by their place in the file.

    ``is_whole`` when all of them fit their shape.
    """

    file: str
    shape: RunShape
    samples: Mapping[str, SampleShape]
    starts: Mapping[str, StartShape]
    latencies: Mapping[str, LatencyShape]
    ui_samples: Mapping[str, UiSampleShape]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class LedgerDraft:
    """The claims, their articles, and what is laid side by side; entries by their place."""

    head: ClaimsFileShape | None
    claim_ids: Names
    claims: Mapping[str, ClaimShape]
    source_ids: Names
    sources: Mapping[str, ClaimSourceShape]
    subjects: Mapping[str, SubjectShape]
    examples: Mapping[str, ExampleShape]


@dataclass(frozen=True, slots=True)
class PublishedDraft:
    """Published rows, texts still, and the workloads their tests belong to."""

    table: TableDraft | None
    head: ReadingFileShape | None
    has_all_workloads: bool
    workloads: Mapping[str, WorkloadShape]
    not_counted: Mapping[str, NotCountedShape]


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything the files say. Mappings go from the place in the file to the entry."""

    name: str
    catalog: CatalogShape | None
    evidence: EvidenceShape | None
    fact_groups: tuple[str, ...] | None
    fact_keys: Names
    capability_keys: Names
    fact_kinds: Mapping[str, FactKindDraft]
    capability_kinds: Mapping[str, CapabilityKindShape]
    frameworks: tuple[FrameworkDraft, ...]
    slugs: frozenset[str]
    group_ids: Names
    groups: Mapping[str, GroupShape]
    criterion_ids: Names
    criteria: Mapping[str, CriterionDraft]
    level_ids: tuple[str, ...] | None
    levels: Mapping[str, LevelShape]
    must_have_ids: Names
    must_haves: Mapping[str, MustHaveShape]
    question_ids: Names
    questions: Mapping[str, QuestionShape]
    presets: Mapping[str, PresetShape]
    use_case_ids: Names
    use_cases: Mapping[str, UseCaseShape]
    table_names: frozenset[str]
    tables: Mapping[str, TableDraft]
    runs: tuple[RunDraft, ...]
    ledger: LedgerDraft
    published: PublishedDraft
    performance: PerformanceShape | None

    def file(self, stem: str) -> str:
        """The name under which reports speak of one of the single files."""
        return f"{self.name}/{stem}.yaml"


def draft_of(documents: Mapping[str, Plain], name: str, report: Report) -> Draft:
    """The documents' entries in their shapes; faults go into the report."""
    reader = _Reader(documents, name, report)
    facts = reader.file("facts", FactsFileShape)
    criteria = reader.file("criteria", CriteriaFileShape)
    questions = reader.file("questions", QuestionsFileShape)
    use_cases = reader.file("use_cases", UseCasesFileShape)
    frameworks = tuple(
        reader.framework(path) for path in sorted(documents) if path.startswith("frameworks/")
    )
    level_entries = questions.levels if questions else []
    preset_entries = documents.get("presets.yaml")
    if preset_entries is not None and not isinstance(preset_entries, list):
        report.add(f"{name}/presets.yaml", "", "a list", shown(preset_entries))
        preset_entries = None
    return Draft(
        name=name,
        catalog=reader.file("catalog", CatalogShape),
        evidence=reader.file("evidence", EvidenceShape),
        fact_groups=tuple(facts.groups) if facts else None,
        fact_keys=frozenset(facts.facts) if facts else None,
        capability_keys=frozenset(facts.capabilities) if facts else None,
        fact_kinds=reader.fact_kinds(facts.facts if facts else {}),
        capability_kinds=reader.named(
            "facts", "capabilities", facts.capabilities if facts else {}, CapabilityKindShape
        ),
        frameworks=frameworks,
        slugs=frozenset(framework.slug for framework in frameworks),
        group_ids=_ids(criteria.groups) if criteria else None,
        groups=reader.entries(
            "criteria", "groups", criteria.groups if criteria else [], GroupShape
        ),
        criterion_ids=_ids(criteria.criteria) if criteria else None,
        criteria=reader.criteria(criteria.criteria if criteria else []),
        level_ids=tuple(_id(entry, "id") for entry in level_entries) if questions else None,
        levels=reader.entries("questions", "levels", level_entries, LevelShape),
        must_have_ids=_ids(questions.must_haves) if questions else None,
        must_haves=reader.entries(
            "questions", "must_haves", questions.must_haves if questions else [], MustHaveShape
        ),
        question_ids=_ids(questions.questions) if questions else None,
        questions=reader.questions(questions.questions if questions else []),
        presets=reader.entries("presets", "presets", preset_entries or [], PresetShape),
        use_case_ids=_ids(use_cases.use_cases, "use_case") if use_cases else None,
        use_cases=reader.entries(
            "use_cases",
            "use_cases",
            use_cases.use_cases if use_cases else [],
            UseCaseShape,
            id_name="use_case",
        ),
        table_names=frozenset(
            Path(path).stem for path in documents if path.startswith("community/")
        ),
        tables=reader.tables(),
        runs=reader.runs(),
        ledger=reader.ledger(),
        published=reader.published(),
        performance=reader.file("performance", PerformanceShape),
    )


class _Reader:
    """Shapes entries of one set of documents into one report."""

    def __init__(self, documents: Mapping[str, Plain], name: str, report: Report) -> None:
        self._documents = documents
        self._name = name
        self._report = report

    def file(self, stem: str, model: type[ShapeT]) -> ShapeT | None:
        """A single file as a whole; None when it was unreadable, which is reported already."""
        content = self._documents.get(f"{stem}.yaml")
        if content is None:
            return None
        return self._shaped(model, content, f"{self._name}/{stem}.yaml", "")

    def named(
        self, stem: str, field: str, entries: Mapping[str, object], model: type[ShapeT]
    ) -> dict[str, ShapeT]:
        """Entries under names, those that fit."""
        file = f"{self._name}/{stem}.yaml"
        return self._fitting(
            {key: (joined(field, key), entry) for key, entry in entries.items()}, model, file
        )

    def entries(
        self,
        stem: str,
        field: str,
        entries: list[Plain],
        model: type[ShapeT],
        id_name: str = "id",
    ) -> dict[str, ShapeT]:
        """Entries of a list by their place, those that fit."""
        file = f"{self._name}/{stem}.yaml"
        places = _places(field, entries, id_name)
        return self._fitting(
            {place: (place, entry) for place, entry in zip(places, entries, strict=True)},
            model,
            file,
        )

    def framework(self, path: str) -> FrameworkDraft:
        file = f"{self._name}/{path}"
        content = self._documents[path]
        header = None
        if content is not None:
            header = self._shaped(FrameworkShape, content, file, "")
        entries = content if isinstance(content, dict) else {}

        def under(name: str, model: type[ShapeT]) -> dict[str, ShapeT]:
            found = entries.get(name)
            if not isinstance(found, dict):
                return {}
            return self._fitting(
                {key: (joined(name, key), entry) for key, entry in found.items()}, model, file
            )

        def names(name: str) -> tuple[str, ...]:
            found = entries.get(name)
            return tuple(found) if isinstance(found, dict) else ()

        def inside(name: str) -> dict[str, ValueShape]:
            found = entries.get(name)
            if not isinstance(found, list):
                return {}
            places = {f"{name}[{place}]": entry for place, entry in enumerate(found, start=1)}
            return self._fitting(
                {place: (place, entry) for place, entry in places.items()}, ValueShape, file
            )

        return FrameworkDraft(
            file=file,
            header=header,
            facts=under("facts", ValueShape),
            capabilities=under("capabilities", CapabilityShape),
            production_users=inside("production_users"),
            limits=inside("limits"),
            slug=header.slug if header else Path(path).stem,
            fact_names=names("facts"),
            capability_names=names("capabilities"),
        )

    def fact_kinds(self, entries: Mapping[str, Plain]) -> dict[str, FactKindDraft]:
        drafts: dict[str, FactKindDraft] = {}
        for key, shape in self.named("facts", "facts", entries, FactKindShape).items():
            if shape.derive is None:
                drafts[key] = FactKindDraft(shape, None)
                continue
            derive = self._derive(f"facts.{key}.derive", shape.derive)
            if derive is not None:
                drafts[key] = FactKindDraft(shape, derive)
        return drafts

    def criteria(self, entries: list[Plain]) -> dict[str, CriterionDraft]:
        file = f"{self._name}/criteria.yaml"
        drafts: dict[str, CriterionDraft] = {}
        for place, shape in self.entries("criteria", "criteria", entries, CriterionShape).items():
            places = [f"{place}.{part}" for part in _places("parts", shape.parts)]
            parts = self._fitting(
                {at: (at, part) for at, part in zip(places, shape.parts, strict=True)},
                PartShape,
                file,
            )
            drafts[place] = CriterionDraft(shape, parts, len(parts) == len(shape.parts))
        return drafts

    def questions(self, entries: list[Plain]) -> dict[str, QuestionShape]:
        file = f"{self._name}/questions.yaml"
        questions: dict[str, QuestionShape] = {}
        for place, entry in zip(_places("questions", entries), entries, strict=True):
            kind = entry.get("kind") if isinstance(entry, dict) else None
            models: dict[object, type[QuestionShape]] = {
                "importance": ImportanceShape,
                "choice": ChoiceShape,
                "switch": ChoiceShape,
            }
            if not isinstance(kind, str) or kind not in models:
                self._report.add(file, f"{place}.kind", "importance, choice or switch", shown(kind))
                continue
            shape = self._shaped(models[kind], entry, file, place)
            if shape is not None:
                questions[place] = shape
        return questions

    def tables(self) -> dict[str, TableDraft]:
        return {
            Path(path).stem: table
            for path in sorted(self._documents)
            if path.startswith("community/") and (table := self.table(path)) is not None
        }

    def table(self, path: str) -> TableDraft | None:
        content = self._documents.get(path)
        if not isinstance(content, list):
            return None
        rows = tuple(
            {str(column): str(cell) for column, cell in row.items()}
            for row in content
            if isinstance(row, dict)
        )
        return TableDraft(f"{self._name}/{path}", rows)

    def ledger(self) -> LedgerDraft:
        head = self.file("claims/claims", ClaimsFileShape)
        sources = self.file("claims/sources", ClaimSourcesFileShape)
        subjects = self.file("claims/subjects", SubjectsFileShape)
        examples = self.file("claims/examples", ExamplesFileShape)
        return LedgerDraft(
            head=head,
            claim_ids=_ids(head.claims) if head else None,
            claims=self.entries("claims/claims", "claims", head.claims if head else [], ClaimShape),
            source_ids=_ids(sources.sources) if sources else None,
            sources=self.entries(
                "claims/sources", "sources", sources.sources if sources else [], ClaimSourceShape
            ),
            subjects=self.entries(
                "claims/subjects", "subjects", subjects.subjects if subjects else [], SubjectShape
            ),
            examples=self.entries(
                "claims/examples",
                "examples",
                examples.examples if examples else [],
                ExampleShape,
                id_name="claim",
            ),
        )

    def published(self) -> PublishedDraft:
        stem = "published/reading"
        head = self.file(stem, ReadingFileShape)
        entries = head.workloads if head else []
        workloads = self.entries(stem, "workloads", entries, WorkloadShape)
        return PublishedDraft(
            table=self.table("published/published.csv"),
            head=head,
            has_all_workloads=head is not None and len(workloads) == len(entries),
            workloads=workloads,
            not_counted=self.entries(
                stem,
                "not_counted",
                head.not_counted if head else [],
                NotCountedShape,
                id_name="source",
            ),
        )

    def runs(self) -> tuple[RunDraft, ...]:
        runs: list[RunDraft] = []
        for path, content in sorted(self._documents.items()):
            if path.startswith("benchmarks/") and content is not None:
                run = self.run(f"{self._name}/{path}", content)
                if run is not None:
                    runs.append(run)
        return tuple(runs)

    def run(self, file: str, content: Plain) -> RunDraft | None:
        kind = content.get("kind") if isinstance(content, dict) else None
        if not isinstance(content, dict) or not isinstance(kind, str) or kind not in RUN_SHAPES:
            self._report.add(file, "kind", listed(RUN_SHAPES), shown(kind))
            return None
        shape = self._shaped(RUN_SHAPES[kind], content, file, "")
        if shape is None:
            return None
        given: list[int] = []

        def measured(field: str, model: type[ShapeT]) -> dict[str, ShapeT]:
            entries = getattr(shape, field, [])
            given.append(len(entries))
            places = {f"{field}[{number}]": one for number, one in enumerate(entries, start=1)}
            return self._fitting({at: (at, one) for at, one in places.items()}, model, file)

        samples = measured("samples", SampleShape)
        starts = measured("starts", StartShape)
        latencies = measured("latencies", LatencyShape)
        ui_samples = measured("ui_samples", UiSampleShape)
        fitting = sum(len(found) for found in (samples, starts, latencies, ui_samples))
        return RunDraft(
            file=file,
            shape=shape,
            samples=samples,
            starts=starts,
            latencies=latencies,
            ui_samples=ui_samples,
            is_whole=fitting == sum(given),
        )

    def _derive(self, field: str, content: Mapping[str, object]) -> DeriveShape | None:
        file = f"{self._name}/facts.yaml"
        kind = content.get("kind")
        if not isinstance(kind, str) or kind not in DERIVE_SHAPES:
            self._report.add(file, f"{field}.kind", listed(DERIVE_SHAPES), shown(kind))
            return None
        return self._shaped(DERIVE_SHAPES[kind], content, file, field)

    def _fitting(
        self, entries: Mapping[str, tuple[str, object]], model: type[ShapeT], file: str
    ) -> dict[str, ShapeT]:
        fitting: dict[str, ShapeT] = {}
        for key, (field, entry) in entries.items():
            shape = self._shaped(model, entry, file, field)
            if shape is not None:
                fitting[key] = shape
        return fitting

    def _shaped(self, model: type[ShapeT], content: object, file: str, field: str) -> ShapeT | None:
        return shaped(model, content, file=file, field=field, report=self._report)


def _places(field: str, entries: list[Plain], id_name: str = "id") -> list[str]:
    """``field[id]`` per entry, or ``field[number]`` where the id is missing or taken."""
    places: list[str] = []
    for number, entry in enumerate(entries, start=1):
        place = f"{field}[{_id(entry, id_name) or number}]"
        places.append(f"{field}[{number}]" if place in places else place)
    return places


def _ids(entries: list[Plain], id_name: str = "id") -> frozenset[str]:
    return frozenset(filter(None, (_id(entry, id_name) for entry in entries)))


def _id(entry: Plain, id_name: str) -> str:
    found = entry.get(id_name) if isinstance(entry, dict) else None
    return found if isinstance(found, str) else ""
