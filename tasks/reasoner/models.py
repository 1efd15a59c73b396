"""The models to choose from. Each is scikit-learn's own; what it learned is read out as the engine's linear form."""

from collections.abc import Callable
from typing import Any, NamedTuple

from tasks.reasoner.features import Pruning


class Linear(NamedTuple):
    """score = priors + counts @ weights.T; `priors` has a number for each label, `weights` is labels x tokens."""

    priors: Any
    weights: Any

    def scores(self, matrix: Any) -> Any:
        """Rows x labels."""
        return matrix @ self.weights.T + self.priors


class Family(NamedTuple):
    """A kind of model: how it is made with one number, which numbers are tried, how it learns and is read out."""

    title: str
    number: str
    tried: tuple[float, ...]
    make: Callable[[float, int], Any]
    read: Callable[[Any], Linear]
    counts: bool  # learns by counting alone: partial_fit comes to the same as fit, and is quicker


class Candidate(NamedTuple):
    """One thing that cross-validation tries. `bonus` is what a keyword hint adds to a score."""

    family: str
    number: float
    pruning: Pruning
    bonus: float

    def __str__(self) -> str:
        kind = FAMILIES[self.family]
        hints = f", {self.bonus:g} for a keyword" if self.bonus else ""
        return f"{kind.title}, {kind.number} {self.number:g}, {self.pruning}{hints}"


def fit(candidate: Candidate, matrix: Any, labels: Any, seed: int) -> Linear:
    """Train a candidate on rows (tokens chosen already)."""
    family = FAMILIES[candidate.family]
    model = family.make(candidate.number, seed)
    if family.counts:
        return family.read(model.partial_fit(matrix, labels, classes=sorted(set(labels.tolist()))))
    return family.read(model.fit(matrix, labels))


def _multinomial(alpha: float, _seed: int) -> Any:
    from sklearn.naive_bayes import MultinomialNB

    return MultinomialNB(alpha=alpha)


def _complement(alpha: float, _seed: int) -> Any:
    from sklearn.naive_bayes import ComplementNB

    return ComplementNB(alpha=alpha)


def _logistic(inverse: float, seed: int) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=inverse, tol=1e-3, max_iter=300, random_state=seed)


def _read_bayes(model: Any) -> Linear:
    return Linear(model.class_log_prior_, model.feature_log_prob_)


def _read_complement(model: Any) -> Linear:
    """Complement naive Bayes asks no prior (Rennie et al. 2003), except with one label, which we never have."""
    return Linear(model.class_log_prior_ * 0.0, model.feature_log_prob_)


def _read_logistic(model: Any) -> Linear:
    """Of two labels scikit-learn learns one row, the second's: the softmax of (0, score) is its sigmoid."""
    import numpy

    if len(model.classes_) > 2:
        return Linear(model.intercept_, model.coef_)
    return Linear(numpy.append(0.0, model.intercept_), numpy.vstack([numpy.zeros_like(model.coef_), model.coef_]))


FAMILIES: dict[str, Family] = {
    "multinomial_nb": Family("multinomial naive Bayes", "alpha", (1.0, 0.3), _multinomial, _read_bayes, True),
    "complement_nb": Family("complement naive Bayes", "alpha", (1.0, 0.3), _complement, _read_complement, True),
    "logistic": Family("logistic regression", "C", (1.0, 10.0), _logistic, _read_logistic, False),
}
BONUSES = (0.0, 1.0)


def plain(pruning: Pruning) -> Candidate:
    """Naive Bayes as in a textbook: what is chosen unless another is better beyond noise."""
    return Candidate("multinomial_nb", 1.0, pruning, 0.0)
