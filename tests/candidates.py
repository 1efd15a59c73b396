"""Candidates whose files are random bytes: for releasing, what they say does not matter, only that it is theirs."""

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from blocks.store import FolderStore
from josi.candidate import Candidate, Verdict
from josi.records import Artifact, Channel, Kind, Role
from josi.runtime import Echo, RoleRuntime, Runtime

GGUF_BYTES = 2_000_000


def small_candidate(store: FolderStore, gate: Mapping[str, str] | None = None) -> Candidate:
    """Another one with each call. `gate`: what its report says was reached, by the name of the gate's line."""
    made = Candidate(
        recipe="tiny",
        line="v5",
        data={one: _random(store, Kind.CORPUS, one, "train.jsonl") for one in Role},
        base=_random(store, Kind.BASE, "tiny", "model.safetensors"),
        adapters={one: _random(store, Kind.ADAPTER, one, "adapter.safetensors") for one in Role},
        ggufs={one: _random(store, Kind.GGUF, one, f"josi-tiny-{one}-q4_k_m.gguf", gguf=True) for one in Role},
        runtime=_runtime(store),
        report=_report(store, gate or {}),
        verdict=Verdict(reasons={Channel.DEV: (), Channel.BETA: (), Channel.PRODUCTION: ("not measured",)}),
    )
    store.put_bytes(made.model_dump_json().encode(), "candidate.json", Kind.CANDIDATE, "tiny")
    return made


def _random(store: FolderStore, kind: Kind, name: str, file_name: str, *, gguf: bool = False) -> Artifact:
    data = b"GGUF\x03" + os.urandom(GGUF_BYTES) if gguf else os.urandom(1000)
    return store.put_bytes(data, file_name, kind, name)


def _runtime(store: FolderStore) -> Artifact:
    role = RoleRuntime(prompt="p", temperature=0, max_new_tokens=9, context_tokens=512)
    runtime = Runtime(
        contract_version=1, template="chatml", stop="x", echo=Echo.RUNTIME, roles=dict.fromkeys(Role, role)
    )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "runtime.json").write_text(runtime.model_dump_json())
        (Path(folder) / "grammar.gbnf").write_text("root ::= object")
        return store.put(Path(folder), Kind.RUNTIME, "tiny")


def _report(store: FolderStore, gate: Mapping[str, str]) -> Artifact:
    lines = [{"name": name, "reached": reached, "needed": "at least 90%"} for name, reached in gate.items()]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "report.json").write_text(json.dumps({"gate": lines, "salt": os.urandom(8).hex()}))
        (Path(folder) / "report.md").write_text("# Open for beta\n\nAll is well.\n")
        (Path(folder) / "report.html").write_text("<h1>Open for beta</h1>")
        return store.put(Path(folder), Kind.REPORT, "tiny")
