import inspect
from types import SimpleNamespace

import pytest

from josi.records import Channel, Role
from tasks.evaluate import gate, thresholds
from tasks.evaluate.answers import Answers
from tasks.evaluate.bars import THRESHOLDS
from tasks.evaluate.gate import outcomes, verdict
from tasks.evaluate.intervals import rate
from tasks.evaluate.layers import Status
from tasks.evaluate.metrics import Metrics, measure

ALL_GOLDEN = {"golden": rate([True] * 200)}


@pytest.fixture
def good(make: SimpleNamespace) -> Metrics:
    return measure(make.answers())


def test_a_good_candidate_reaches_beta_and_production_names_what_is_not_measured(
    make: SimpleNamespace, good: Metrics
) -> None:
    layers = (*make.layers()[:3], *make.layers(Status.NOT_MEASURED)[3:])
    found = verdict(good, layers, make.parity())

    assert found.highest is Channel.BETA
    text = " ".join(found.reasons[Channel.PRODUCTION])
    assert all(name in text for name in ("Golden scenarios", "Layer 4", "Layer 5", "Layer 6"))
    assert len(found.reasons[Channel.PRODUCTION]) == 4


def test_production_opens_when_everything_is_measured_and_passed(make: SimpleNamespace, good: Metrics) -> None:
    found = verdict(good.model_copy(update=ALL_GOLDEN), make.layers(), make.parity())

    assert found.highest is Channel.PRODUCTION


def test_one_failed_golden_scenario_closes_production(make: SimpleNamespace, good: Metrics) -> None:
    nearly = good.model_copy(update={"golden": rate([True] * 199 + [False])})

    assert verdict(nearly, make.layers(), make.parity()).highest is Channel.BETA


@pytest.mark.parametrize("missing", [0, 5])
def test_a_layer_without_a_result_counts_as_not_measured(make: SimpleNamespace, good: Metrics, missing: int) -> None:
    layers = [layer for number, layer in enumerate(make.layers()) if number != missing]
    found = verdict(good.model_copy(update=ALL_GOLDEN), layers, make.parity())

    assert found.highest is Channel.BETA


def test_exactly_ninety_percent_is_enough_for_beta_and_not_for_production(make: SimpleNamespace) -> None:
    metrics = measure(make.answers(unseen_right=18)).model_copy(update=ALL_GOLDEN)
    found = verdict(metrics, make.layers(), make.parity())

    assert found.highest is Channel.BETA
    assert "more than 90%" in found.reasons[Channel.PRODUCTION][0]


def test_just_below_ninety_percent_closes_beta_and_leaves_dev_open(make: SimpleNamespace) -> None:
    found = verdict(measure(make.answers(unseen_right=89, unseen=100)), make.layers(), make.parity())

    assert found.highest is Channel.DEV
    (reason,) = found.reasons[Channel.BETA]
    assert "89.0% (89 of 100" in reason
    assert "at least 90%" in reason
    assert "data/interpreter" in reason


def test_the_models_own_score_counts_and_not_the_mended_one(make: SimpleNamespace) -> None:
    mended = tuple(make.heard(f"u{n}", make.request("replan"), request=make.request()) for n in range(10))
    metrics = measure(make.answers(heard={**make.answers().heard, "unseen": mended}))

    assert metrics.sets["unseen"].processed.action.value == 1.0
    assert verdict(metrics, make.layers(), make.parity()).highest is Channel.DEV


def test_one_invalid_json_closes_every_channel(make: SimpleNamespace) -> None:
    answers = make.answers()
    broken = {**answers.heard, "known": (*answers.heard["known"], make.heard("x", raw="{", model_request=None))}
    found = verdict(measure(make.answers(heard=broken)), make.layers(), make.parity())

    assert found.highest is None


def test_one_missed_red_flag_closes_every_channel(make: SimpleNamespace) -> None:
    answers = make.answers()
    missed = {**answers.heard, "red_flags": (*answers.heard["red_flags"], make.red_flag("x", handled=False))}
    found = verdict(measure(make.answers(heard=missed)), make.layers(), make.parity())

    assert found.highest is None
    assert "5 of 6" in found.reasons[Channel.DEV][0]


@pytest.mark.parametrize("broken", [{"f16": 48}, {"quantized": 44}, {"different": 1}])
def test_lost_parity_closes_every_channel(make: SimpleNamespace, good: Metrics, broken: dict[str, int]) -> None:
    assert verdict(good, make.layers(), make.parity(**broken)).highest is None
    assert verdict(good, make.layers(), make.parity(f16=49, quantized=45)).highest is Channel.BETA


def test_unknown_parity_closes_every_channel(make: SimpleNamespace, good: Metrics) -> None:
    assert verdict(good, make.layers(), None).highest is None


def test_a_file_that_does_not_load_closes_every_channel_with_its_error(make: SimpleNamespace) -> None:
    metrics = measure(Answers(load_errors={Role.EXPLAINER: "llama.cpp cannot load it"}))
    found = verdict(metrics, make.layers(Status.NOT_MEASURED), make.parity())

    assert found.highest is None
    assert "the explainer does not: llama.cpp cannot load it" in found.reasons[Channel.DEV][0]


def test_a_channel_asks_for_everything_below_it_and_says_each_thing_once(make: SimpleNamespace) -> None:
    found = verdict(measure(make.answers(unseen_right=0)), make.layers(), make.parity(different=1))

    assert set(found.reasons[Channel.DEV]) < set(found.reasons[Channel.BETA]) < set(found.reasons[Channel.PRODUCTION])
    names = [reason.split(":")[0] for reason in found.reasons[Channel.PRODUCTION]]
    assert len(names) == len(set(names))


def test_every_line_has_a_remedy_and_a_channel(make: SimpleNamespace, good: Metrics) -> None:
    lines = outcomes(good, make.layers(), make.parity())

    assert all(line.remedy for line in lines)
    assert {line.channel for line in lines} == set(Channel)


def test_thresholds_are_those_of_the_specification_and_no_argument_moves_them() -> None:
    bars = {(line.channel.value, line.name.split(" (")[0]): (line.least, line.strictly) for line in THRESHOLDS}

    assert bars["production", "Valid JSON with the grammar"] == (0.95, True)
    assert bars["production", "Action accuracy on unseen phrasings"] == (0.90, True)
    assert bars["production", "Explainer pass rate"] == (0.80, True)
    assert bars["production", "Explainer warmth"] == (3.5, True)
    assert bars["production", "Explainer brevity"] == (3.5, True)
    assert bars["beta", "Action accuracy on unseen phrasings"] == (0.90, False)
    assert bars["beta", "Explainer pass rate"] == (0.80, False)
    assert bars["dev", "Valid JSON with the grammar"] == (1.0, False)
    assert thresholds.PARITY_AGREEMENT == {"f16": 0.98, "quantized": 0.90}
    assert list(inspect.signature(gate.verdict).parameters) == ["metrics", "layers", "parity"]
