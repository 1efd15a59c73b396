"""What Prefect has cached is looked into, and forgotten only where that is known to be right."""

import json
from pathlib import Path

import pytest

from blocks.bucket import FolderBucket
from blocks.results import Results
from josi.errors import StorageError
from josi.records import Artifact, Kind

ONE, OTHER = (Artifact(kind=Kind.GGUF, name=name, sha256=name * 64, size=1) for name in "ab")


@pytest.fixture
def results(tmp_path: Path) -> Results:
    return Results(FolderBucket(tmp_path))


def _write(results: Results, key: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_the_artifacts_of_a_result_are_found_however_deep(results: Results, tmp_path: Path) -> None:
    value = {"__class__": "x.Build", "data": {"first": ONE.model_dump(), "more": [{"deep": OTHER.model_dump()}, 3]}}
    _write(results, "merge@1/x", json.dumps({"result": json.dumps(value)}), tmp_path)

    assert results.artifacts("merge@1/x") == [ONE, OTHER]
    results.forget("merge@1/x")
    results.forget("merge@1/x")
    assert results.artifacts("merge@1/x") == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"result": 3}', '{"result": "gAS="}'])
def test_what_is_no_result_of_ours_names_nothing(results: Results, tmp_path: Path, text: str) -> None:
    _write(results, "merge@1/x", text, tmp_path)

    assert results.artifacts("merge@1/x") == []


def test_a_bucket_that_cannot_say_is_an_error_and_not_an_empty_answer(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(StorageError):
        Results(FolderBucket(tmp_path / "file")).artifacts("merge@1/x")
