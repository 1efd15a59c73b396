"""The floor to beat: TF-IDF over words and letters with logistic regression, taught the interpreter's own rows.

It sees the athlete's words alone and names an action: what a language model gets beyond it is what it is worth.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from prefect import task

from blocks.settings import Settings
from blocks.store import FolderStore
from josi.examples import Corpus, Example, Scenario
from josi.records import Artifact, Role
from tasks.evaluate.answers import read_scenarios
from tasks.evaluate.beside import JUDGED, Floor
from tasks.stage import Stage

TRAIN = "train.jsonl"
Guess = Callable[[Sequence[str]], Sequence[str]]  # what athletes say -> the action of each


def taught(lines: Iterable[tuple[str, str]]) -> Guess:
    """A classifier that learned pairs of words and action. The same pairs give the same classifier."""
    learned = list(lines)
    actions = [action for _, action in learned]
    if len(set(actions)) < 2:  # nothing to tell apart
        return lambda asked: [actions[0] if actions else ""] * len(asked)
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union
    from threadpoolctl import threadpool_limits

    features = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
    )
    model = make_pipeline(features, LogisticRegression(C=10, max_iter=2000))
    with threadpool_limits(1):  # two threads on two busy cores took ten times as long
        model.fit([said for said, _ in learned], actions)
    return lambda asked: [str(action) for action in model.predict(asked)] if asked else []


def right(guess: Guess, scenarios: Sequence[Scenario]) -> tuple[bool, ...]:
    """Of each prompt, whether its action was guessed."""
    guessed = guess([scenario.message for scenario in scenarios])
    return tuple(action == scenario.expected.action.value for action, scenario in zip(guessed, scenarios, strict=True))


def read_lines(path: Path) -> tuple[tuple[str, str], ...]:
    """The athlete's words and the action of each row of a file. A row whose target names no action has no line."""
    rows = (Example.model_validate_json(line) for line in path.read_text("utf-8").split("\n") if line.strip())
    return tuple((row.said, row.action) for row in rows if row.action)


def measure_floor(rows: Artifact, scenarios: Artifact, store: FolderStore) -> Floor:
    """Learn the interpreter's rows, and name the action of every prompt of the sets that judge actions."""
    lines = read_lines(store.fetch(rows) / TRAIN)
    guess, sets = taught(lines), read_scenarios(store.fetch(scenarios))
    return Floor(rows=len(lines), right={name: right(guess, sets[name]) for name in JUDGED})


@task(name="floor", task_run_name="floor", cache_policy=Stage(name="floor", version=1))
def floor(rows: Artifact, scenarios: Artifact) -> Floor:
    """Cached by the corpus alone: the models of every recipe that learn it are held against one floor."""
    return measure_floor(rows, scenarios, Settings().store)


def floor_of(corpus: Corpus) -> Floor | None:
    """The floor of a corpus; None where it has no rows for an interpreter."""
    rows = corpus.sets.get(Role.INTERPRETER)
    return floor(rows, corpus.scenarios) if rows else None
