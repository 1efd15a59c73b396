"""The model in the app is compared on rows that neither model learned from, or not at all."""

import pytest

from josi.reasoner import Payload, tokens
from josi.reasoner.vectors import model
from tasks.reasoner.gate import judge
from tasks.reasoner.job import Options
from tasks.reasoner.numbers import Share, share
from tasks.reasoner.present import Present, compare, present
from tasks.reasoner.read import Dataset
from tasks.reasoner.seen import Provenance, fresh
from tasks.reasoner.train import Trained, train
from tests.reasoner_data import SUBJECTS
from tests.tasks.reasoner.conftest import NOON


def _knowing(words: dict[str, tuple[str, ...]], labels: tuple[str, ...] = tuple(SUBJECTS)) -> Payload:
    """A model that says a label wherever one of its words stands; nobody trained it on anything."""
    vocabulary = tuple(sorted({word for own in words.values() for word in own}))
    return Payload(
        model_name="present",
        trained_at_utc="2025-01-01T00:00:00Z",
        sample_count=1000,
        labels=labels,
        vocabulary=vocabulary,
        log_priors=dict.fromkeys(labels, 0.0),
        log_likelihoods={label: tuple(float(word in words.get(label, ())) for word in vocabulary) for label in labels},
        next_actions=dict.fromkeys(labels, ""),
        label_briefs=dict.fromkeys(labels, ""),
        keyword_hints=dict.fromkeys(labels, ()),
        keyword_bonus=0.0,
    )


def _now(payload: Payload, known: Provenance | None = None) -> Present:
    return present(["Model.swift"], payload.line(), known)


def _known(marks: tuple[str, ...] = (), accuracy: Share | None = None) -> Provenance:
    return Provenance(
        key="k",
        run="r",
        payload_sha256="d",
        model_name="present",
        marks=marks,
        accuracy=accuracy or share(30, 36),
        written_at="",
    )


def _perfect() -> Payload:
    """Knows every subject and words from elsewhere, so that its vocabulary is not that of these rows."""
    return _knowing({label: (*SUBJECTS[label], *(f"{label}{i}" for i in range(30))) for label in SUBJECTS})


def _noisy(dataset: Dataset) -> Dataset:
    """The same rows, two in three of them under the label of another."""
    labels = [row.label for row in dataset.rows]
    turned = [labels[(i + 12) % 36] if i % 3 else label for i, label in enumerate(labels)]
    rows = [row.model_copy(update={"label": label}) for row, label in zip(dataset.rows, turned, strict=True)]
    return dataset.model_copy(update={"rows": tuple(rows)})


def test_a_good_present_model_is_not_replaced_by_a_bad_one(dataset: Dataset) -> None:
    poor = dataset.model_copy(
        update={
            "rows": tuple(
                row.model_copy(update={"tokens": tuple(tokens(f"same words {i % 5}{i % 7}"))})
                for i, row in enumerate(dataset.rows)
            )
        }
    )
    trained = train(poor, "test", 7, NOON)

    (found,) = compare(dataset, trained, _now(_perfect()), 7)

    assert found.word == "worse"
    assert found.present is not None
    assert found.present.value == 1.0
    verdict = judge(dataset, trained, (found,), Options())
    assert not verdict.open
    assert any("not worse than the present model" in line.name for line in verdict.failed)


def test_a_present_model_that_knows_nothing_is_replaced(dataset: Dataset, trained: Trained) -> None:
    (found,) = compare(dataset, trained, _now(_knowing({"debug": ("unheard",)})), 7)

    assert found.word == "better"


def test_a_present_model_as_good_is_within_noise(dataset: Dataset, trained: Trained) -> None:
    (found,) = compare(dataset, trained, _now(_perfect()), 7)

    assert found.word in ("within noise", "worse")
    assert found.change is not None
    assert found.change.low <= found.change.change <= found.change.high


def test_a_present_model_that_learned_from_these_rows_is_not_asked_about_them(
    dataset: Dataset, trained: Trained
) -> None:
    """Its answers to its own rows would be flattered, and every retraining would be refused."""
    (found,) = compare(dataset, trained, _now(trained.payload), 7)

    assert found.word == "not comparable"
    assert judge(dataset, trained, (found,), Options()).open


@pytest.mark.parametrize("size", [10_000, 40])
def test_what_a_vocabulary_tells_of_the_rows_learned_from(dataset: Dataset, size: int) -> None:
    every = sorted({token for row in dataset.rows for token in row.tokens})
    own = _knowing({"debug": tuple(every[:: max(1, len(every) // size)])})
    foreign = _knowing({"debug": tuple(f"other{i}" for i in range(50))})

    assert fresh(dataset.rows, own, None)[0] == []
    assert fresh(dataset.rows, foreign, None)[0] == list(range(36))


def test_rows_added_since_are_told_from_those_learned_from(dataset: Dataset) -> None:
    learned = dataset.rows[:20]
    whole = _knowing({"debug": tuple({token for row in learned for token in row.tokens})})

    by_vocabulary, _ = fresh(dataset.rows, whole, None)
    by_memory, _ = fresh(dataset.rows, whole, _known(tuple(row.mark for row in learned)))

    assert by_vocabulary == by_memory == list(range(20, 36))


def test_a_drop_against_what_was_measured_then_is_seen(dataset: Dataset) -> None:
    noisy = _noisy(dataset)
    trained = train(noisy, "test", 7, NOON)
    now = _now(_perfect(), _known(tuple(row.mark for row in noisy.rows), share(34, 36)))

    (found,) = compare(noisy, trained, now, 7)

    assert found.basis.startswith("cross-validated accuracy")
    assert found.word == "worse"


@pytest.mark.parametrize(
    ("line", "why"), [("", "no model in the file"), ("{", "not the JSON"), ('{"labels":["a"]}', "does not decode")]
)
def test_what_cannot_be_read_is_not_compared_and_blocks_nothing(
    dataset: Dataset, trained: Trained, line: str, why: str
) -> None:
    (found,) = compare(dataset, trained, present(["Model.swift"], line, None), 7)

    assert found.word == "not comparable"
    assert why in found.basis
    assert judge(dataset, trained, (found,), Options()).open


def test_a_label_that_the_present_model_does_not_know_counts_as_wrong(dataset: Dataset, trained: Trained) -> None:
    partly = _knowing({"debug": (*SUBJECTS["debug"], *(f"o{i}" for i in range(60)))}, labels=("debug", "other"))

    (found,) = compare(dataset, trained, _now(partly), 7)

    assert found.present is not None
    assert found.present.value == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("options", "failed", "overridable"),
    [
        (Options(min_accuracy=0.8), "accuracy, cross-validated", True),
        (Options(min_samples=1000), "samples that the app asks for", False),
        (Options(min_vocabulary=100_000), "vocabulary that the app asks for", False),
        (Options(required_labels=("debug", "finance")), "labels that the app needs", False),
    ],
)
def test_each_demand_closes_the_gate_and_only_judgements_give_way(
    dataset: Dataset, trained: Trained, options: Options, failed: str, overridable: bool
) -> None:
    middling = trained._replace(choice=trained.choice.model_copy(update={"honest": share(27, 36)}))

    closed = judge(dataset, middling, (), options)
    told = judge(dataset, middling, (), options.model_copy(update={"override_gate": "We know."}))

    assert [line.name for line in closed.failed] == [failed]
    assert not closed.open
    assert told.open is overridable
    assert told.overridden is overridable


def test_a_model_no_better_than_the_most_frequent_label_is_refused(dataset: Dataset) -> None:
    rows = [row.model_copy(update={"tokens": ("same", f"w{i % 3}")}) for i, row in enumerate(dataset.rows)]
    blind = dataset.model_copy(update={"rows": tuple(rows)})

    verdict = judge(blind, train(blind, "test", 7, NOON), (), Options())

    assert [line.name for line in verdict.failed] == ["more than always saying the most frequent label"]


def test_vectors_model_is_read_as_a_present_model() -> None:
    assert present(["a"], model().line(), None).payload == model()
