"""What one run is asked to do, and what came of it."""

from enum import StrEnum
from pathlib import Path

from pydantic import Field

from josi.records import Record

METHOD = 2  # raised when the code changes what the same data and options give


class Options(Record):
    """Everything besides the data that can change the result."""

    name_prefix: str = Field("atlas-reasoner", min_length=1, description="How model_name begins.")
    min_accuracy: float = Field(0.0, ge=0.0, le=1.0, description="Honest cross-validated accuracy, as a share.")
    min_samples: int = Field(0, ge=0, description="Fewest rows that the app accepts.")
    min_vocabulary: int = Field(0, ge=0, description="Fewest tokens that the app accepts.")
    required_labels: tuple[str, ...] = Field((), description="Labels that the app cannot do without.")
    seed: int = Field(7, ge=0, le=2**32 - 1, description="Of the folds and of the resampling.")
    override_gate: str = Field("", description="Why the model is written although the gate closes.")


class Job(Record):
    """Where things lie, and the options. Places are no part of what decides whether something is new."""

    data: Path
    swift: tuple[Path, ...] = Field(min_length=1)
    report: Path
    options: Options = Options()
    dry_run: bool = False
    refresh: bool = Field(False, description="Do everything anew, although nothing is new.")


class Outcome(StrEnum):
    WRITTEN = "written"
    UNCHANGED = "unchanged"  # same data, same options, and that model is in every file
    DRY_RUN = "dry run"


class Done(Record):
    """What a run came to. `accuracy` is the honest one, as a share; `payload_sha256` is that of the payload's line."""

    outcome: Outcome
    run: str
    model_name: str
    payload_sha256: str
    samples: int
    accuracy: float
    low: float
    high: float
    swift: tuple[Path, ...]
    report: Path
    recovered: tuple[Path, ...] = ()
