"""Upload GGUF files that are ready, without a run of the factory."""

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from blocks.bucket import Bucket, Progress
from blocks.store import sha256_file
from josi.errors import UsageError
from josi.records import Role
from josi.release import Manifest, check_readable
from tasks.release.published import Outcome, Published
from tasks.release.upload import check_public, describe, describe_model, put_blobs, put_manifest, put_names, sizes_of


def upload_only(
    ggufs: Mapping[Role, Path],
    *,
    name: str,
    line: str,
    bucket: Bucket,
    runtime: Path | None = None,
    progress: Progress | None = None,
) -> Published:
    """Upload ready GGUF files, and the files of a `runtime` folder where given, as a release of their own.

    Nobody approved these bytes, so no channel and no channel's stable name offers them; they are downloaded by the
    address of their `models.json`, or by file name beside it.
    """
    if missing := [str(path) for path in ggufs.values() if not path.is_file()]:
        raise UsageError(f"There is no file {', '.join(missing)}.", "Give the GGUF of each role.")
    models = [(path, sha256_file(path), role) for role, path in sorted(ggufs.items())]
    beside = [(path, sha256_file(path)) for path in sorted(runtime.iterdir()) if path.is_file()] if runtime else []
    try:
        manifest = Manifest(
            release=f"{name}-unnamed",
            line=line,
            files=tuple(describe_model(path, sha, role) for path, sha, role in models),
            runtime=tuple(describe(path, sha) for path, sha in beside),
        ).named(name)
    except ValidationError as error:
        raise UsageError(
            f"No app could read this release: {error}.", "Use plain names: letters, digits, . _ -"
        ) from None
    if faults := check_readable(manifest):
        raise UsageError(" ".join(map(str, faults)))
    sources = {sha: path for path, sha, _ in models} | {sha: path for path, sha in beside}
    bucket.check()
    names = f"releases/{manifest.release}"
    new = (
        *put_blobs(bucket, manifest.every, sources, progress),
        *put_manifest(bucket, manifest),
        *put_names(bucket, manifest, names),
    )
    return Published(
        release=manifest.release,
        channel=None,
        outcome=Outcome.UPLOADED if new else Outcome.UNCHANGED,
        bucket=bucket.address,
        new=new,
        urls=check_public(bucket, sizes_of(manifest, names)),
    )
