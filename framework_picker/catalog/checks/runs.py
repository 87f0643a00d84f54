"""Checks on the benchmark runs."""

from __future__ import annotations

from pathlib import Path

from framework_picker.catalog.drafts import Draft
from framework_picker.catalog.problems import Report, shown


def runs_are_named_and_dated(draft: Draft, report: Report) -> None:
    for run in draft.runs:
        stem = Path(run.file).stem
        if run.shape.run != stem:
            report.add(run.file, "run", f"{stem}, as the file", shown(run.shape.run))
        if draft.catalog is not None and run.shape.as_of > draft.catalog.as_of:
            report.add(
                run.file,
                "as_of",
                f"a date up to {draft.catalog.as_of.isoformat()} (as_of in catalog.yaml)",
                run.shape.as_of.isoformat(),
            )


def samples_name_known_frameworks(draft: Draft, report: Report) -> None:
    for run in draft.runs:
        known = draft.slugs | {run.shape.baseline}
        for place, sample in run.samples.items():
            if draft.frameworks and sample.framework not in known:
                report.add(
                    run.file,
                    f"{place}.framework",
                    "the slug of a framework or the baseline",
                    shown(sample.framework),
                )


def baselines_are_measured(draft: Draft, report: Report) -> None:
    """Without the bare server in the same run there is nothing to compare with."""
    for run in draft.runs:
        names = {sample.framework for sample in run.samples.values()}
        if len(run.samples) == len(run.shape.samples) and run.shape.baseline not in names:
            report.add(
                run.file, "baseline", "the name of one of the samples", shown(run.shape.baseline)
            )


CHECKS = (runs_are_named_and_dated, samples_name_known_frameworks, baselines_are_measured)
