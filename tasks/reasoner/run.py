"""One run, from a file of examples to the Swift files. Needs no Prefect; the flow `reasoner` runs the same steps."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from josi.errors import DataError, GateBlocked
from tasks.reasoner import ledger, report, swift_files
from tasks.reasoner.gate import Verdict, judge
from tasks.reasoner.job import Done, Job, Outcome
from tasks.reasoner.present import Comparison, Present, compare, present
from tasks.reasoner.read import Dataset, read_file
from tasks.reasoner.report import Report
from tasks.reasoner.seen import Provenance
from tasks.reasoner.train import Trained, train

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
FINDINGS_TOLD = 20  # on the console; the report has all


class Begun(NamedTuple):
    """What a run starts from. `lines` is the payload that each file holds now; `answer` is there if nothing is new."""

    data: Dataset
    lines: Mapping[Path, str]
    key: str
    answer: Done | None


class Judged(NamedTuple):
    """A model, the verdict on it, and the payload as it would be written."""

    trained: Trained
    line: str
    report: Report


def run(job: Job, clock: Clock) -> Done:
    """Check, train, judge, report, write. `clock` gives the time of training, with a time zone.

    Raises DataError (bad data, secrets), GateBlocked (exit code 3; the report is written, the Swift files are not),
    ReasonerMarkerError, ReasonerPayloadError, SwiftFileError.
    """
    begun = begin(job)
    if begun.answer is not None:
        return begun.answer
    trained = learn(job, begun, clock)
    return write(job, begun, conclude(job, begun, trained, hold_against_present(job, begun, trained)))


def begin(job: Job) -> Begun:
    """Finish what a killed run began, read everything, and see whether anything is new."""
    paths = swift_files.resolve(job.swift)
    recovered = () if job.dry_run else swift_files.finish(paths)
    for path in recovered:
        log.warning("%s: an interrupted write was completed", path)
    lines = swift_files.read_payloads(paths)
    data = read_file(job.data)
    _tell(data)
    key = ledger.key_of(data.sha256, job.options)
    anew = job.dry_run or job.refresh
    return Begun(data, lines, key, None if anew else _known(job, key, lines, recovered))


def _known(job: Job, key: str, lines: Mapping[Path, str], recovered: tuple[Path, ...]) -> Done | None:
    """The answer of the run that did this before, if its model is in every file. Raises GateBlocked as it did."""
    refused = ledger.refusal(key, lines)
    if refused is not None:
        raise blocked(refused.reasons, job, f"Nothing is new since run {refused.run}. ")
    held = [ledger.provenance(line) for line in lines.values()]
    first = held[0]
    if first is None or first.key != key or len(set(lines.values())) > 1:
        return None
    return _done(Outcome.UNCHANGED, job, first, recovered)


def _tell(data: Dataset) -> None:
    """Name what the check found; raise DataError where a finding blocks."""
    for finding in data.findings[:FINDINGS_TOLD]:
        log.warning("%s", finding)
    if len(data.findings) > FINDINGS_TOLD:
        log.warning("and %d findings more; the report has all", len(data.findings) - FINDINGS_TOLD)
    if data.blocking:
        told = "; ".join(f"{one.where}: {one.got}" for one in data.blocking[:FINDINGS_TOLD])
        raise DataError(
            f"{data.name}: secrets in {len(data.blocking)} places, nothing is learned from this file. {told}.",
            "Take them out of the file and replace them where they are used.",
        )


def learn(job: Job, begun: Begun, clock: Clock) -> Trained:
    """A model, chosen by cross-validation and trained on all rows."""
    return train(begun.data, job.options.name_prefix, job.options.seed, clock())


def hold_against_present(job: Job, begun: Begun, trained: Trained) -> tuple[Comparison, ...]:
    """The model against each different one that is in the files now."""
    found = (compare(begun.data, trained, now, job.options.seed) for now in presents(begun.lines))
    return tuple(one for comparisons in found for one in comparisons)


def presents(lines: Mapping[Path, str]) -> list[Present]:
    """Each different model that is in the files, once, with the names of its files."""
    return [
        present(
            ["/".join(path.parts[-2:]) for path, held in lines.items() if held == line], line, ledger.provenance(line)
        )
        for line in dict.fromkeys(lines.values())
    ]


def conclude(job: Job, begun: Begun, trained: Trained, comparisons: tuple[Comparison, ...]) -> Judged:
    """The verdict, and the report, which is written in any case."""
    verdict = judge(begun.data, trained, comparisons, job.options)
    line = trained.payload.line()
    name = f"reasoner-{trained.payload.trained_at_utc.replace('-', '').replace(':', '')}-{begun.key[:8]}"
    drawn = report.draw_up(job, begun.data, trained, line, comparisons, verdict, name)
    report.write(drawn, job.report)
    return Judged(trained, line, drawn)


def write(job: Job, begun: Begun, judged: Judged) -> Done:
    """Every file or none, if the verdict lets it; what is remembered comes first, so that a kill leaves no riddle."""
    drawn, verdict = judged.report, judged.report.verdict
    if not verdict.open:
        reasons = _reasons(verdict)
        if not job.dry_run:
            refusal = ledger.Refusal(
                key=begun.key, run=drawn.run, present=ledger.digests(begun.lines.values()), reasons=reasons
            )
            ledger.remember_refusal(refusal)
        raise blocked(reasons, job)
    made = Provenance(
        key=begun.key,
        run=drawn.run,
        payload_sha256=drawn.payload_sha256,
        model_name=drawn.model_name,
        marks=tuple(row.mark for row in begun.data.rows),
        accuracy=drawn.accuracy,
        written_at=drawn.at,
    )
    if job.dry_run:
        return _done(Outcome.DRY_RUN, job, made)
    ledger.remember(made)
    swift_files.write_all(list(begun.lines), judged.line)
    return _done(Outcome.WRITTEN, job, made)


def _reasons(verdict: Verdict) -> tuple[str, ...]:
    return tuple(str(line) for line in verdict.failed if not (verdict.override and line.overridable))


def blocked(reasons: tuple[str, ...], job: Job, told: str = "") -> GateBlocked:
    return GateBlocked(
        f"{told}The Swift files stay as they are. " + "; ".join(reasons) + f". Report: {job.report / 'report.html'}",
        "Mend the data or the options; where you know better than the gate: --override-gate REASON.",
    )


def _done(outcome: Outcome, job: Job, made: Provenance, recovered: tuple[Path, ...] = ()) -> Done:
    return Done(
        outcome=outcome,
        run=made.run,
        model_name=made.model_name,
        payload_sha256=made.payload_sha256,
        samples=len(made.marks),
        accuracy=made.accuracy.value,
        low=made.accuracy.low,
        high=made.accuracy.high,
        swift=job.swift,
        report=job.report,
        recovered=recovered,
    )
