"""The payload that ships says what scikit-learn's own model says, and cross-validation is honest about it."""

import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy
import pytest

from benchmarks.reasoner import examples as long_tailed
from josi.reasoner import Payload, Reasoner, tokens
from josi.reasoner.engine import CAP
from tasks.reasoner.calibrate import calibration, losses, temperature
from tasks.reasoner.choose import choose
from tasks.reasoner.features import Counts, Pruning, by_label, count, hints, keep
from tasks.reasoner.job import Options
from tasks.reasoner.models import FAMILIES, Candidate, plain
from tasks.reasoner.numbers import folded
from tasks.reasoner.pick import lead, picked
from tasks.reasoner.read import Dataset, read_file
from tasks.reasoner.train import Trained, read_out, train
from tasks.reasoner.validate import Trials, candidates, plan_for, validate
from tests.tasks.reasoner.conftest import NOON

WORDS = [
    "deploy",
    "route",
    "Sleep!",
    "stress,",
    "Server-logs",
    "שלום",
    "מסלול",
    "שרת",
    "😀",
    "👩‍💻",
    "502",
    "a",
    "",
    "İ",
    "東京",
]


def _texts(dataset: Dataset, number: int = 1000) -> list[str]:
    """Empty ones, emoji, Hebrew, the rows themselves and mixtures of all."""
    draw = random.Random(3)  # noqa: S311
    known = [word for row in dataset.rows for word in row.prompt.split()]
    mixed = [" ".join(draw.choices(WORDS + known, k=draw.randint(0, 40))) for _ in range(number)]
    return ["", " ", "😀😀", "שלום", *(row.prompt for row in dataset.rows), *mixed][:number]


def _counted(dataset: Dataset) -> tuple[Counts, list[str]]:
    labels = list(dataset.counts)
    return count([row.tokens for row in dataset.rows], [labels.index(row.label) for row in dataset.rows]), labels


def _as_scikit_learn_says(model: Any, matrix: Any) -> Any:
    """Its own scores, not those read out of it."""
    if hasattr(model, "decision_function"):
        found = model.decision_function(matrix)
        return found if found.ndim == 2 else numpy.stack([numpy.zeros_like(found), found], axis=1)
    return model.predict_joint_log_proba(matrix)


@pytest.mark.parametrize("kinds", [2, 3])
@pytest.mark.parametrize("family", sorted(FAMILIES))
@pytest.mark.parametrize("bonus", [0.0, 1.0])
def test_the_engine_scores_1000_texts_as_scikit_learn_does(
    dataset: Dataset, family: str, bonus: float, kinds: int
) -> None:
    from sklearn.feature_extraction.text import CountVectorizer

    rows = [row for row in dataset.rows if row.label in list(dataset.counts)[:kinds]]
    given = dataset.model_copy(update={"rows": tuple(rows)})
    counts, labels = _counted(given)
    heat, candidate = 1.7, Candidate(family, 1.0, Pruning(1, 60), bonus)
    payload = read_out(given.rows, labels, counts, candidate, heat, 7)
    vectorizer = CountVectorizer(analyzer=tokens, vocabulary=list(payload.vocabulary))
    model = (
        FAMILIES[family].make(1.0, 7).fit(vectorizer.transform([row.prompt for row in rows]), [r.label for r in rows])
    )
    texts = _texts(dataset)

    expected = _as_scikit_learn_says(model, vectorizer.transform(texts)) / heat
    engine = Reasoner(Payload.read(payload.line()))

    assert len(texts) == 1000
    for text, scores in zip(texts, expected, strict=True):
        found = set(tokens(text))
        for label, score in zip(model.classes_, scores, strict=True):
            matches = len(found & set(payload.keyword_hints[label]))
            assert engine.scores(text)[label] == pytest.approx(score + bonus / heat * matches, abs=1e-9)


def test_the_payload_says_what_it_was_made_from(trained: Trained, dataset: Dataset) -> None:
    payload = trained.payload

    assert payload.labels == ("debug", "health", "travel")
    assert payload.sample_count == len(dataset.rows) == 36
    assert list(payload.vocabulary) == sorted(payload.vocabulary)
    assert payload.next_actions["travel"] == "Do the travel step."
    assert payload.label_briefs["travel"].startswith("travel: ")
    assert payload.model_name.startswith("test-")


def test_the_time_of_training_is_the_clock_s(trained: Trained) -> None:
    assert trained.payload.trained_at_utc == "2026-03-05T12:00:00Z"


def test_the_same_data_and_seed_give_the_same_model_at_any_time(trained: Trained, dataset: Dataset) -> None:
    later = train(dataset, "test", 7, datetime(2027, 1, 1, tzinfo=UTC))

    assert later.payload.model_name == trained.payload.model_name
    assert later.payload.model_copy(update={"trained_at_utc": trained.payload.trained_at_utc}) == trained.payload
    assert later.choice == trained.choice


def test_the_most_frequent_next_action_of_a_label_is_the_one_that_ships(dataset: Dataset) -> None:
    rows = [
        row.model_copy(update={"next_action": "Rare." if i == 0 else "Often."}) for i, row in enumerate(dataset.rows)
    ]

    payload = train(dataset.model_copy(update={"rows": tuple(rows)}), "test", 7, NOON).payload

    assert set(payload.next_actions.values()) == {"Often."}


def test_vocabulary_and_hints_of_a_fold_come_from_its_training_rows_alone() -> None:
    """A token that only held-back rows hold would give the label away."""
    texts = [["common", f"only{i}"] for i in range(20)]
    counts = count(texts, [i % 2 for i in range(20)])
    train_rows = numpy.arange(10)
    rows_of = by_label(counts.matrix[train_rows], counts.labels[train_rows], 2)

    names = {str(counts.names[i]) for i in keep(rows_of, numpy.array([5, 5]), Pruning(1, 1000))}

    assert names == {"common", *(f"only{i}" for i in range(10))}
    assert hints(rows_of) == [[], []]


def test_of_too_many_tokens_those_that_tell_labels_apart_are_kept() -> None:
    texts = [["both", "red" if i % 2 else "blue", f"once{i}"] for i in range(40)]
    counts = count(texts, [i % 2 for i in range(40)])
    rows_of = by_label(counts.matrix, counts.labels, 2)

    kept = {str(counts.names[i]) for i in keep(rows_of, numpy.array([20, 20]), Pruning(1, 2))}

    assert kept == {"red", "blue"}
    assert [[str(counts.names[i]) for i in own] for own in hints(rows_of)] == [["blue"], ["red"]]


def test_every_family_is_tried_with_every_pruning_at_every_size() -> None:
    for rows in (63, 1000, 10_000):
        plan = plan_for(rows)
        tried = candidates(plan)
        assert {(one.family, one.pruning) for one in tried} == {(f, p) for f in FAMILIES for p in plan.prunings}
        assert tried[0] == plain(plan.prunings[0])
        assert len(set(tried)) == len(tried)
        assert plan.repeats >= 2
        assert max(p.size for p in plan.prunings) <= 4000


def test_every_row_is_asked_once_a_repeat_by_models_that_did_not_learn_from_it(dataset: Dataset) -> None:
    counts, labels = _counted(dataset)
    trials = validate(counts, len(labels), 7)

    assert trials.fold.shape == (plan_for(36).repeats, 36)
    for repeat in trials.fold:
        assert set(repeat) == set(range(trials.folds))
        for label in range(3):  # stratified: each fold holds each label
            assert {int((repeat[counts.labels == label] == fold).sum()) for fold in range(trials.folds)} <= {2, 3}


def _guessing(seed: int, rows: int = 60, tried: int = 150) -> Trials:
    """Many candidates that all guess among three labels."""
    draw = numpy.random.default_rng(seed)
    known = numpy.arange(rows) % 3
    scores = tuple(draw.normal(size=(2, rows, 3)) for _ in range(tried))
    return Trials(
        candidates=tuple(Candidate(sorted(FAMILIES)[i % 3], 1.0, Pruning(1, i), 0.0) for i in range(tried)),
        labels=known,
        scores=scores,
        temperatures=(1.0,) * tried,
        correct=numpy.stack([one.argmax(axis=2) == known for one in scores]),
        losses=numpy.stack([losses(one, known) for one in scores]),
        fold=numpy.stack([draw.permutation(rows) % 5 for _ in range(2)]),
        folds=5,
    )


def test_the_honest_accuracy_of_choosing_among_guesses_is_that_of_guessing() -> None:
    """The best of many guesses looks better than it is; in what is reported that must be gone."""
    choices = [choose(_guessing(seed), seed)[1] for seed in range(40)]

    assert numpy.mean([one.accuracy.value for one in choices]) > 1 / 3 + 0.05
    assert abs(numpy.mean([one.honest.value for one in choices]) - 1 / 3) < 0.03


def test_the_choice_says_how_sure_it_is(trained: Trained) -> None:
    choice = trained.choice

    assert {rival.family for rival in choice.rivals} == {family.title for family in FAMILIES.values()}
    assert sum(rival.wins for rival in choice.rivals) == pytest.approx(1.0)
    assert choice.optimism >= 0
    assert "resampled" in choice.sure


def test_a_difference_in_every_fold_is_beyond_noise_and_a_mixed_one_is_not() -> None:
    assert folded(numpy.array([0.2, 0.25, 0.2, 0.22, 0.21] * 4), 5).word == "better"
    assert folded(numpy.array([0.2, -0.2, 0.1, -0.1, 0.05] * 4), 5).word == "within noise"
    assert folded(numpy.array([0.0] * 20), 5).word == "within noise"


def test_the_temperature_takes_overconfidence_away() -> None:
    draw = numpy.random.default_rng(0)
    labels = draw.integers(0, 3, 2000)
    scores = draw.normal(size=(1, 2000, 3)) + 1.2 * numpy.eye(3)[labels]
    hot = 10 * scores

    heat = temperature(hot, labels)
    fold = numpy.arange(2000)[None] % 5

    assert heat == pytest.approx(10 * temperature(scores, labels), rel=0.02)
    found = calibration(hot / heat, labels, fold, heat)
    assert found.error < 0.03
    assert sum(one.rows for one in found.bins) == 2000
    assert max(one.confidence for one in found.bins) <= CAP


def test_confusion_and_labels_count_every_row_once(trained: Trained, dataset: Dataset) -> None:
    table = trained.measured.confusion

    assert sum(sum(row.values()) for row in table.values()) == pytest.approx(36)
    right = sum(table[label][label] for label in table)
    assert right == pytest.approx(trained.choice.accuracy.hits)
    assert {one.label: one.rows for one in trained.measured.labels} == dataset.counts


def _two(gain: float, noise: float, rows: int = 64) -> Any:
    """Losses of plain naive Bayes and of one other that gains so much in the mean, rows apart by so much."""
    turns = numpy.where(numpy.arange(rows) % 2, noise, -noise)
    return numpy.stack([numpy.ones(rows), 1 - gain - turns])


@pytest.mark.parametrize(
    ("gain", "noise", "place"),
    [(0.1, 0.5, 1), (0.1, 1.0, 0), (0.0, 0.0, 0), (-0.1, 0.1, 0)],  # standard errors of 0.063 and 0.126
)
def test_plain_naive_bayes_stays_unless_another_is_better_by_a_standard_error(
    gain: float, noise: float, place: int
) -> None:
    losses = _two(gain, noise)

    told = lead([plain(Pruning(1, 10)), Candidate("logistic", 1.0, Pruning(1, 10), 0.0)], losses)

    assert picked(losses, numpy.ones((1, 64))).tolist() == [place]
    assert ("takes its place" in str(told)) is bool(place)


def test_the_standard_error_is_over_the_rows_that_count() -> None:
    """Half of the rows leave half of the evidence; rows that do not count say nothing."""
    losses = _two(0.1, 0.7)  # a standard error of 0.088 over 64 rows, of 0.126 over 32
    half = (numpy.arange(64) < 32).astype(float)

    assert picked(losses, numpy.stack([numpy.ones(64), half, 2 * half])).tolist() == [1, 0, 1]


@pytest.mark.parametrize("rows", [1000, 3000])
def test_with_enough_rows_a_better_model_takes_the_place_of_plain_naive_bayes(rows: int) -> None:
    made = long_tailed(rows)
    labels = sorted({row["label"] for row in made})
    counts = count([tokens(row["prompt"]) for row in made], [labels.index(row["label"]) for row in made])

    place, choice = choose(validate(counts, len(labels), 7), 7)

    assert place > 0
    assert choice.honest.value > choice.plain_bayes.value


def test_on_the_real_sample_the_accuracy_is_not_below_naive_bayes(shared_data: Path) -> None:
    """Over several seeds: which rows share a fold moves all accuracies by a row or so."""
    dataset = read_file(shared_data / "atlas" / "local_reasoner_training.jsonl")

    choices = [train(dataset, "test", seed, NOON).choice for seed in (Options().seed, 0, 1)]

    assert all(one.honest.value >= one.plain_bayes.value for one in choices)
    assert all(0.2 < one.honest.low + 0.08 < one.honest.value < one.honest.high < 0.5 for one in choices)
