"""Errors that a user can mend. Each says what is wrong and the command or edit that mends it.

Exit codes of the command line: 0 done, 1 error, 2 wrong usage, 3 blocked by the gate, 4 declined or not approved.
"""

from collections.abc import Sequence
from typing import ClassVar


class JosiError(Exception):
    """Base of all errors that are shown without a traceback."""

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, remedy: str = "") -> None:
        super().__init__(f"{what} {remedy}".strip())
        self.what = what
        self.remedy = remedy


class UsageError(JosiError):
    """The command or an option does not fit."""

    exit_code = 2


class RecipeError(UsageError):
    """A recipe holds unknown keys or values out of range; all faults at once."""

    def __init__(self, source: str, faults: Sequence[str]) -> None:
        super().__init__(f"{source}: " + "; ".join(faults), "Mend the recipe, then run the same command again.")
        self.faults = tuple(faults)


class DataError(JosiError):
    """A data file cannot be used, or too many of its rows cannot."""


class DigestMismatch(JosiError):
    """Bytes are not what their digest says."""


class MissingArtifact(JosiError):
    """The store does not hold what a record names."""


class TrainingDataError(JosiError):
    """The check before training found that the model would learn nothing, or the wrong thing."""


class TrainingError(JosiError):
    """A training run failed, or was cancelled."""


class WorkerLost(Exception):  # no JosiError: nobody has to mend it, another try goes on from the checkpoint
    """The process that trained was killed, or its machine is gone."""


class ExportError(JosiError):
    """A model file could not be converted, quantized or loaded."""


class ParityError(ExportError):
    """A step of the export changed the model's answers more than it may."""


class BudgetError(JosiError):
    """What may not be cut from a prompt has more `tokens` than the context of the model leaves (`limit`)."""

    def __init__(self, what: str, remedy: str = "", *, tokens: int = 0, limit: int = 0) -> None:
        super().__init__(what, remedy)
        self.tokens, self.limit = tokens, limit


class StorageError(JosiError):
    """The bucket refuses, is missing, or cannot be reached."""


class Absent(StorageError):
    """The bucket holds no object of this key."""


class Unreachable(StorageError):
    """The bucket or a public address does not answer now; trying again may help."""


class Overtaken(JosiError):
    """Another publisher moved the channel at the same moment. The release is complete, and not the current one."""


class DownloadError(JosiError):
    """A download could not be completed; what was installed before is untouched."""


class GateBlocked(JosiError):
    """The gate does not let this candidate into the channel."""

    exit_code = 3


class NotApproved(JosiError):
    """Declined, never asked, or approved for other bytes."""

    exit_code = 4


class ReasonerMarkerError(JosiError):
    """A Swift file has not exactly one BEGIN and, below it, one END marker line."""


class ReasonerPayloadError(JosiError):
    """A payload cannot stand in a Swift file, or the one that stands there cannot be read."""


class ServiceError(JosiError):
    """The Prefect service refuses, cannot be reached, or its run did not come to a good end."""
