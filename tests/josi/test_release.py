"""Rules of approval and release, without a file or a clock."""

import json

import pytest

from josi.approval import (
    Approval,
    Decided,
    check_bytes,
    check_decision,
    check_evidence,
    check_verdict,
    evidence_of,
    newest,
)
from josi.candidate import Candidate, Verdict
from josi.records import Artifact, Channel, Kind, Role, sha256_hex
from josi.release import Manifest, ModelFile, Pointer, RuntimeFile, check_manifest, check_readable, read


def artifact(kind: Kind, name: str) -> Artifact:
    return Artifact(kind=kind, name=name, sha256=sha256_hex(f"{kind}{name}".encode()), size=7)


@pytest.fixture
def candidate() -> Candidate:
    return Candidate(
        recipe="tiny",
        line="v5",
        data={role: artifact(Kind.CORPUS, role) for role in Role},
        base=artifact(Kind.BASE, "tiny"),
        adapters={role: artifact(Kind.ADAPTER, role) for role in Role},
        ggufs={role: artifact(Kind.GGUF, role) for role in Role},
        runtime=artifact(Kind.RUNTIME, "tiny"),
        report=artifact(Kind.REPORT, "tiny"),
        verdict=Verdict(reasons={Channel.DEV: (), Channel.BETA: ("action accuracy 0.8 < 0.9",)}),
    )


def decision(candidate: Candidate, decided: Decided = Decided.APPROVE, sequence: int = 1) -> Approval:
    return Approval(
        channel=Channel.DEV, decided=decided, approver="Ada", sequence=sequence, evidence=evidence_of(candidate)
    )


def manifest_for(candidate: Candidate, approval: Approval) -> Manifest:
    def entry(name: str, one: Artifact) -> dict[str, object]:
        return {"name": name, "sha256": one.sha256, "size": one.size, "path": f"blobs/{one.sha256}"}

    return Manifest(
        release="x",
        line="v5",
        files=tuple(ModelFile(role=role, **entry(f"{role}.gguf", one)) for role, one in candidate.ggufs.items()),
        runtime=(RuntimeFile(**entry("runtime.json", candidate.runtime)),),
        candidate=candidate.digest,
        approval=approval.digest,
    ).named("tiny")


def test_the_gate_speaks_for_each_channel_and_silence_is_no(candidate: Candidate) -> None:
    assert check_verdict(candidate, Channel.DEV) == ()
    assert "0.8 < 0.9" in str(check_verdict(candidate, Channel.BETA)[0])
    assert "did not judge" in str(check_verdict(candidate, Channel.PRODUCTION)[0])


def test_evidence_binds_every_artifact_of_a_candidate(candidate: Candidate) -> None:
    digests = {one.sha256 for one in evidence_of(candidate).bound.values()}

    assert len(digests) == 9
    assert check_evidence(evidence_of(candidate), candidate) == ()


@pytest.mark.parametrize("part", ["data", "adapters", "ggufs"])
@pytest.mark.parametrize("role", list(Role))
def test_any_other_artifact_of_a_role_breaks_the_approval(candidate: Candidate, part: str, role: Role) -> None:
    changed = getattr(candidate, part) | {role: artifact(Kind.GGUF, "other")}
    other = candidate.model_copy(update={part: changed})

    assert [one.where for one in check_evidence(evidence_of(candidate), other)] == [f"{part}.{role}", "candidate"]


@pytest.mark.parametrize("part", ["base", "runtime", "report"])
def test_any_other_shared_artifact_breaks_the_approval(candidate: Candidate, part: str) -> None:
    other = candidate.model_copy(update={part: artifact(Kind.BASE, "other")})

    assert [one.where for one in check_evidence(evidence_of(candidate), other)] == [part, "candidate"]


def test_another_verdict_breaks_the_approval(candidate: Candidate) -> None:
    other = candidate.model_copy(update={"verdict": Verdict(reasons=dict.fromkeys(Channel, ()))})

    assert [one.where for one in check_evidence(evidence_of(candidate), other)] == ["candidate"]


def test_the_newest_decision_holds(candidate: Candidate) -> None:
    yes, no = decision(candidate), decision(candidate, Decided.DECLINE, sequence=2)

    assert check_decision(yes, [yes]) == ()
    assert "declined" not in str(check_decision(yes, []))
    assert "decline by Ada afterwards" in str(check_decision(yes, [no, yes])[0])
    assert "declined by Ada" in str(check_decision(no, [yes, no])[0])


def test_of_two_decisions_at_the_same_moment_the_decline_holds(candidate: Candidate) -> None:
    yes, no = decision(candidate), decision(candidate, Decided.DECLINE)

    assert newest([yes, no]) == newest([no, yes]) == no


def test_bytes_that_differ_lack_or_come_on_top_are_found(candidate: Candidate) -> None:
    evidence = evidence_of(candidate)
    found = {part: {"file": one.sha256} for part, one in evidence.bound.items()}
    assert check_bytes(evidence, found) == ()

    found["extra"] = {"file": "0" * 64}
    found["base"] = {"file": "1" * 64}
    del found["report"]

    assert [one.where for one in check_bytes(evidence, found)] == ["base", "extra", "report"]


def test_a_manifest_offers_what_was_approved_and_nothing_else(candidate: Candidate) -> None:
    approval = decision(candidate)
    manifest = manifest_for(candidate, approval)
    assert check_manifest(manifest, approval) == ()

    one, other = manifest.files
    swapped = manifest.model_copy(update={"files": (one.model_copy(update={"role": other.role}),)})

    assert {fault.where for fault in check_manifest(swapped, approval)} == {"ggufs.interpreter", "ggufs.explainer"}
    assert check_manifest(manifest, decision(candidate, sequence=2))[0].where == "approval"


def test_a_release_is_named_by_its_content(candidate: Candidate) -> None:
    manifest = manifest_for(candidate, decision(candidate))

    assert manifest.release == manifest.content_id("tiny")
    assert read(Manifest, manifest.to_bytes()) == manifest
    assert check_readable(manifest, manifest.release) == ()
    assert check_readable(manifest.model_copy(update={"line": "v9"}))[0].where == "release"
    assert check_readable(manifest, "tiny-000000000000")[0].where == "release"


def test_an_old_reader_survives_a_newer_manifest(candidate: Candidate) -> None:
    raw = json.loads(manifest_for(candidate, decision(candidate)).to_bytes())
    raw["tiers"] = [{"ram_gib": 4}]
    raw["files"][0]["delta_of"] = "0" * 64
    raw["files"].append(raw["files"][0] | {"role": "memory", "name": "memory.gguf"})
    newer = Manifest.model_validate(raw).named("tiny")

    again = read(Manifest, newer.to_bytes())

    assert check_readable(again) == ()
    assert json.loads(again.to_bytes())["tiers"] == [{"ram_gib": 4}]


@pytest.mark.parametrize("field", ["schema_version", "contract_version"])
def test_a_manifest_that_means_something_else_is_left_alone(candidate: Candidate, field: str) -> None:
    changed = manifest_for(candidate, decision(candidate)).model_copy(update={field: 2}).named("tiny")

    assert [fault.where for fault in check_readable(changed)] == [field]


@pytest.mark.parametrize(
    "name", ["../x.gguf", "/etc/passwd", "a/b.gguf", ".hidden", "", "a\\b", "x\n", "c:x", "x" * 200]
)
def test_a_file_name_that_could_leave_its_folder_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        RuntimeFile(name=name, sha256="0" * 64, size=1, path="blobs/0")


@pytest.mark.parametrize(
    "path", ["../blobs/0", "/blobs/0", "blobs/../../0", "https://elsewhere/0", "blobs//0", "blobs/"]
)
def test_a_key_that_could_leave_the_bucket_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match="path"):
        RuntimeFile(name="x", sha256="0" * 64, size=1, path=path)


@pytest.mark.parametrize("name", ["models.json", "INTERPRETER.gguf"])
def test_files_that_would_be_written_over_each_other_are_refused(candidate: Candidate, name: str) -> None:
    manifest = manifest_for(candidate, decision(candidate))
    twin = manifest.runtime[0].model_copy(update={"name": name})

    faults = check_readable(manifest.model_copy(update={"runtime": (twin,)}).named("tiny"))

    assert [fault.where for fault in faults] == ["file names"]


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"\xff", b"[" * 200_000, b" " * ((1 << 20) + 1)], ids=range(6))
def test_what_is_no_document_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read(Pointer, data)
