"""The new model against the one that is in the app now, on rows that neither has learned from."""

from collections.abc import Sequence
from typing import NamedTuple

from josi.errors import ReasonerPayloadError
from josi.reasoner import Payload, Reasoner
from josi.reasoner.payload import payload_digest
from josi.records import Record
from tasks.reasoner.choose import Choice
from tasks.reasoner.numbers import Change, Share, apart, resampled, share
from tasks.reasoner.read import Dataset
from tasks.reasoner.seen import Provenance, fresh
from tasks.reasoner.train import Trained

FEWEST = 10  # rows; with fewer, nothing is said


class Present(NamedTuple):
    """A model that is in a file now. `payload` is None where nothing there can be read, and `why` says why."""

    names: tuple[str, ...]
    digest: str
    payload: Payload | None
    why: str
    known: Provenance | None


class Comparison(Record):
    """One comparison. `change` (new minus present, in accuracy) is None where nothing can be compared fairly."""

    files: tuple[str, ...]
    model_name: str
    basis: str
    new: Share | None = None
    present: Share | None = None
    change: Change | None = None

    @property
    def word(self) -> str:
        return self.change.word if self.change else "not comparable"


def present(names: Sequence[str], line: str, known: Provenance | None) -> Present:
    """Read what stands between the markers; anything that does not decode is no present model, and no error."""
    digest = payload_digest(line) if line else ""
    if not line:
        return Present(tuple(names), digest, None, "there is no model in the file yet", None)
    try:
        return Present(tuple(names), digest, Payload.read(line), "", known)
    except ReasonerPayloadError as error:
        return Present(tuple(names), digest, None, error.what, None)


def compare(data: Dataset, trained: Trained, now: Present, seed: int) -> tuple[Comparison, ...]:
    """Every fair comparison that there is; one without a change where there is none."""
    if now.payload is None:
        return (Comparison(files=now.names, model_name="", basis=now.why),)
    found = [_on_fresh_rows(data, trained, now, now.payload, seed)]
    if now.known is not None:
        found.append(_then_and_now(trained.choice, now, now.known))
        found = [one for one in found if one.change is not None]
    return tuple(found)


def _on_fresh_rows(data: Dataset, trained: Trained, now: Present, payload: Payload, seed: int) -> Comparison:
    """Paired: the present model's answer to each row against the new one's while it had not seen the row."""
    import numpy

    places, how = fresh(data.rows, payload, now.known)
    if len(places) < FEWEST:
        basis = f"{len(places)} of {len(data.rows)} rows are new to the present model ({how}): too few to compare"
        return Comparison(files=now.names, model_name=payload.model_name, basis=basis)
    engine = Reasoner(payload)
    held = numpy.array([engine.answer(data.rows[i].prompt).label == data.rows[i].label for i in places], dtype=float)
    ours = trained.right[places] - trained.choice.optimism  # what choosing on these folds flatters by
    return Comparison(
        files=now.names,
        model_name=payload.model_name,
        basis=f"{len(places)} rows that the present model did not learn from ({how})",
        new=share(max(0.0, float(ours.sum())), len(places)),
        present=share(float(held.sum()), len(places)),
        change=resampled(ours - held, seed),
    )


def _then_and_now(choice: Choice, now: Present, known: Provenance) -> Comparison:
    return Comparison(
        files=now.names,
        model_name=known.model_name,
        basis="cross-validated accuracy on the present model's rows then, on these rows now",
        new=choice.honest,
        present=known.accuracy,
        change=apart(choice.honest, known.accuracy),
    )
