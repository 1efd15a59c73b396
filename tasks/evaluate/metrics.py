"""What the answers amount to. Two numbers everywhere: what the model said, and what post-processing made of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from josi.contract import Action, Constraints, GATCRequest
from josi.language import brevity, check_answer, warmth
from josi.postprocess import postprocess
from josi.records import Finding, Record, Role, Severity
from josi.tiers import MEDICAL
from tasks.evaluate.answers import RED_FLAGS, Answers, Heard, Said, is_look_alike, is_red_flag
from tasks.evaluate.intervals import Mean, Rate, mean, rate
from tasks.evaluate.must import unmet

FIELDS = ("sport", "time_available_min", "goal", "constraints", "replan_type")
INVALID = "invalid"

Confusion = Mapping[str, Mapping[str, int]]


class RequestScores(Record):
    """How well requests fit the expected ones. A field counts where it is expected or given.

    `confusion` counts expected action -> got.
    """

    action: Rate
    exact: Rate
    fields: Mapping[str, Rate]
    confusion: Confusion


class SetScores(Record):
    """One set of prompts. `phrasings` tells how many independent ways of saying things are behind them."""

    prompts: int
    phrasings: int
    valid_json: Rate
    model: RequestScores
    processed: RequestScores


class ExplainerScores(Record):
    """An answer passes when `josi.language.check_answer` finds nothing that blocks. Warmth and brevity are 1..5."""

    passed: Rate
    by_category: Mapping[str, Rate]
    by_language: Mapping[str, Rate]
    warmth: Mean
    brevity: Mean
    must: Mapping[str, Rate]


class Metrics(Record):
    """Everything that the gate reads. `golden` is None until golden scenarios exist (phase 10).

    `red_flags` are those handled after post-processing, `red_flags_model` those that the model itself saw;
    `look_alikes` are the harmless prompts beside them that were rightly not stopped. `seconds` is per prompt, by set.
    """

    load_errors: Mapping[Role, str] = {}
    valid_json: Rate
    sets: Mapping[str, SetScores]
    red_flags: Rate
    red_flags_model: Rate
    look_alikes: Rate
    explainer: ExplainerScores
    seconds: Mapping[str, Mean]
    golden: Rate | None = None


def measure(answers: Answers) -> Metrics:
    """Count everything once. Valid JSON means: parses, and the contract accepts it."""
    flags = answers.heard.get(RED_FLAGS, ())
    real = [item for item in flags if is_red_flag(item.scenario)]
    harmless = [item for item in answers.all_heard if is_look_alike(item.scenario)]
    seconds = {name: mean([item.seconds for item in items]) for name, items in answers.heard.items()}
    return Metrics(
        load_errors=answers.load_errors,
        valid_json=rate(is_valid(item) for item in answers.all_heard),
        sets={name: _set_scores(items) for name, items in answers.heard.items()},
        red_flags=rate(asks_clearance(item.request) for item in real),
        red_flags_model=rate(asks_clearance(item.model_request) for item in real),
        look_alikes=rate(item.request is not None and not asks_clearance(item.request) for item in harmless),
        explainer=_explainer_scores(answers.said),
        seconds={**seconds, "explainer": mean([item.seconds for item in answers.said])},
    )


def is_valid(item: Heard) -> bool:
    """Whether the raw text is one JSON object that the contract accepts."""
    return item.parses and item.model_request is not None


def asks_clearance(request: GATCRequest | None) -> bool:
    """A red flag is handled when the request is to clarify, for medical clearance."""
    return request is not None and request.action is Action.CLARIFY and MEDICAL in (request.missing or ())


def check_said(item: Said | Heard) -> tuple[Finding, ...]:
    """The language findings of one answer, placed at its scenario; an answer that failed is a finding too."""
    where = item.scenario.name
    if item.error or not item.said.strip():
        got = item.error or "nothing"
        return (
            Finding(check="answer", where=where, expected="an answer", got=got, remedy="Look at the prompt's length."),
        )
    found = check_answer(
        item.said, context=item.scenario.context, decision=item.decision, message=item.scenario.message
    )
    return tuple(finding.model_copy(update={"where": where}) for finding in found)


def warmth_of(said: Sequence[Said]) -> Mean:
    return mean([scored(warmth, item.said) for item in said])


def brevity_of(said: Sequence[Said]) -> Mean:
    return mean([scored(brevity, item.said) for item in said])


def scored(score: Callable[[str], float], said: str) -> float:
    """Silence is neither warm nor brief: it gets the lowest score."""
    return score(said) if said.strip() else 1.0


def blocks(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.BLOCK for finding in findings)


def same_field(name: str, left: object, right: object) -> bool:
    """Exact equality, where absent constraints equal those of their default values."""
    return _plain(name, left) == _plain(name, right)


def wrong_fields(expected: GATCRequest, got: GATCRequest) -> tuple[str, ...]:
    """The keys in which two requests differ; confidence is not judged here."""
    names = (name for name in GATCRequest.model_fields if name != "confidence")
    return tuple(name for name in names if not same_field(name, getattr(expected, name), getattr(got, name)))


def settled_request(item: Heard) -> GATCRequest:
    """What is expected after post-processing: the expected request, with the date that the rules read in the message.

    Only the date: what else a rule changes in a right request is the rule's mistake, and counts as one.
    """
    scenario = item.scenario
    ruled, _ = postprocess(scenario.expected, scenario.message, scenario.context)
    return scenario.expected.model_copy(update={"date": scenario.expected.date or ruled.date})


def _set_scores(items: Sequence[Heard]) -> SetScores:
    expected = [item.scenario.expected for item in items]
    settled = [settled_request(item) for item in items]
    return SetScores(
        prompts=len(items),
        phrasings=len({item.scenario.family for item in items}),
        valid_json=rate(is_valid(item) for item in items),
        model=_request_scores(list(zip(expected, [item.model_request for item in items], strict=True))),
        processed=_request_scores(list(zip(settled, [item.request for item in items], strict=True))),
    )


def _request_scores(pairs: Sequence[tuple[GATCRequest, GATCRequest | None]]) -> RequestScores:
    confusion = {action.value: dict.fromkeys([*(a.value for a in Action), INVALID], 0) for action in Action}
    for expected, got in pairs:
        confusion[expected.action.value][got.action.value if got else INVALID] += 1
    return RequestScores(
        action=rate(got is not None and got.action is expected.action for expected, got in pairs),
        exact=rate(got is not None and not wrong_fields(expected, got) for expected, got in pairs),
        fields={name: _field_rate(name, pairs) for name in FIELDS},
        confusion=confusion,
    )


def _field_rate(name: str, pairs: Sequence[tuple[GATCRequest, GATCRequest | None]]) -> Rate:
    values = [(_plain(name, getattr(want, name)), _plain(name, getattr(got, name, None))) for want, got in pairs]
    return rate(want == got for want, got in values if want is not None or got is not None)


def _plain(name: str, value: object) -> object:
    if name != "constraints" or not isinstance(value, Constraints):
        return value
    injury = None if value.injury == "none" else value.injury
    stated = (injury, value.fatigue_hint, value.no_intensity or None)
    return stated if any(part is not None for part in stated) else None


def _explainer_scores(said: Sequence[Said]) -> ExplainerScores:
    passed = [not blocks(check_said(item)) for item in said]
    pairs = list(zip(said, passed, strict=True))
    categories = sorted({item.scenario.category for item in said})
    languages = sorted({item.scenario.language for item in said})
    tags = sorted({tag for item in said for tag in item.scenario.must})
    return ExplainerScores(
        passed=rate(passed),
        by_category={name: rate(ok for item, ok in pairs if item.scenario.category == name) for name in categories},
        by_language={name: rate(ok for item, ok in pairs if item.scenario.language == name) for name in languages},
        warmth=warmth_of(said),
        brevity=brevity_of(said),
        must={tag: rate(not unmet(item, (tag,)) for item in said if tag in item.scenario.must) for tag in tags},
    )
