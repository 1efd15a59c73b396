"""Publish what was approved, and nothing else."""

import logging
from collections.abc import Mapping
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from blocks.bucket import Bucket, FolderBucket, Progress, open_bucket
from blocks.settings import Settings
from blocks.store import FolderStore
from josi.approval import Approval
from josi.candidate import Candidate
from josi.errors import NotApproved
from josi.release import Manifest, check_manifest, check_readable, pointer_path
from josi.runtime import Runtime
from tasks.release.evidence import Folders, files_of, reread
from tasks.release.published import Outcome, Published
from tasks.release.upload import (
    check_public,
    describe,
    describe_model,
    offered,
    put_blobs,
    put_manifest,
    put_names,
    put_pointer,
    sizes_of,
)
from tasks.stage import network_retries

log = logging.getLogger(__name__)


def publish(
    candidate: Candidate,
    approval: Approval,
    *,
    store: FolderStore,
    bucket: Bucket,
    dry_run: Path | None = None,
    progress: Progress | None = None,
) -> Published:
    """Put an approved candidate into its channel; with `dry_run`, everything into that folder and nothing elsewhere.

    Can be killed at any moment and run again. Raises GateBlocked or NotApproved before a byte leaves, Overtaken when
    another publisher moved the channel meanwhile, StorageError for the bucket's own troubles.
    """
    folders = reread(candidate, approval, store)
    manifest, sources = build(candidate, approval, folders)
    if faults := (*check_manifest(manifest, approval), *check_readable(manifest)):
        raise NotApproved("Nothing was published. " + " ".join(map(str, faults)))
    target = FolderBucket(dry_run) if dry_run else bucket
    target.check()
    before = offered(target, approval.channel)
    new = [*put_blobs(target, manifest.every, sources, progress), *put_manifest(target, manifest)]
    names, channel = f"files/{approval.channel}", pointer_path(approval.channel)
    new += put_names(target, manifest, names)
    pointer, moved = put_pointer(target, manifest, approval.channel, before)
    new += [channel] if moved else []
    urls = check_public(target, {**sizes_of(manifest, names), channel: None})
    done = Published(
        release=manifest.release,
        channel=approval.channel,
        outcome=Outcome.LOCAL if dry_run else Outcome.NEW if new else Outcome.UNCHANGED,
        sequence=pointer.sequence,
        bucket=target.address,
        new=tuple(new),
        urls=urls,
    )
    log.info("%s in %s of %s: %s", done.release, done.channel, done.bucket, done.outcome)
    return done


def build(candidate: Candidate, approval: Approval, folders: Folders) -> tuple[Manifest, Mapping[str, Path]]:
    """The manifest of an approved candidate, and where each of its sha256 lies."""
    models = [(path, sha, role) for role in sorted(candidate.ggufs) for path, sha in files_of(folders[f"ggufs.{role}"])]
    runtime = list(files_of(folders["runtime"]))
    settings = Runtime.model_validate_json((folders["runtime"] / "runtime.json").read_bytes())
    manifest = Manifest(
        release="unnamed",
        line=candidate.line,
        contract_version=settings.contract_version,
        files=tuple(describe_model(path, sha, role) for path, sha, role in models),
        runtime=tuple(describe(path, sha) for path, sha in runtime),
        candidate=candidate.digest,
        approval=approval.digest,
    )
    sources = {sha: path for path, sha, _ in models} | {sha: path for path, sha in runtime}
    return manifest.named(candidate.recipe), sources


@task(
    name="publish",
    cache_policy=NO_CACHE,
    **network_retries(),
)
def publish_task(candidate: Candidate, approval: Approval, dry_run: Path | None = None) -> Published:
    """Never cached: what lies in the bucket is looked at every time."""
    settings = Settings()
    return publish(candidate, approval, store=settings.store, bucket=open_bucket(settings), dry_run=dry_run)
