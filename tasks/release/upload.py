"""Put a release into a bucket, in an order that a crash at any moment leaves usable.

Blobs first, each read back and hashed; then the manifest; then the stable names; then the channel's pointer. Each step
can be done again and then changes nothing.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from blocks.bucket import Bucket, Progress, get
from blocks.store import sha256_file
from blocks.web import public_size
from josi.errors import Overtaken, StorageError
from josi.records import Channel, Record, sha256_hex
from josi.release import Manifest, ModelFile, Pointer, RuntimeFile, pointer_path, read

LEGACY = b"GGUF\x02\x00\x00\x00"  # magic and version of a GGUF header for old loaders


class Offered(Record):
    """What a channel offered when this publisher looked: the revision is what its own swap must still find."""

    pointer: Pointer | None
    revision: str | None


def describe(path: Path, sha256: str) -> RuntimeFile:
    return RuntimeFile(name=path.name, sha256=sha256, size=path.stat().st_size, path=f"blobs/{sha256}")


def describe_model(path: Path, sha256: str, role: str) -> ModelFile:
    with path.open("rb") as file:
        legacy = file.read(len(LEGACY)) == LEGACY
    return ModelFile(role=role, legacy_header=legacy, **dict(describe(path, sha256)))


def put_blobs(
    bucket: Bucket, files: Iterable[RuntimeFile], sources: Mapping[str, Path], progress: Progress | None = None
) -> tuple[str, ...]:
    """Store each file under its sha256 and read it back. Returns the keys that are new.

    No storage checks a digest for us. A blob that lies there with other bytes is replaced once. Raises StorageError
    where what is read back is not what was approved.
    """
    new: list[str] = []
    for file in files:
        source = sources[file.sha256]
        put = bucket.put(file.path, source, progress=progress)
        if not put and _hash(bucket, file.path) != file.sha256:
            put = bucket.put(file.path, source, overwrite=True, progress=progress)
        if put and _hash(bucket, file.path) != file.sha256:
            now = sha256_file(source)[:12]
            raise StorageError(
                f"{file.name}: {file.path} reads back as other bytes; the source now has {now}.",
                "Nothing was released. Publish again; if it happens again, the storage or this disk is failing.",
            )
        if put:
            new.append(file.path)
    return tuple(new)


def put_manifest(bucket: Bucket, manifest: Manifest) -> tuple[str, ...]:
    """Store `releases/<id>/models.json`. Its id is that of its content, so it never changes."""
    data = manifest.to_bytes()
    if bucket.swap(manifest.path, data, None):
        return (manifest.path,)
    found = bucket.head(manifest.path)
    if found and get(bucket, manifest.path) != data:
        bucket.swap(manifest.path, data, found.revision)
        return (manifest.path,)
    return ()


def put_names(bucket: Bucket, manifest: Manifest, folder: str) -> tuple[str, ...]:
    """Give every model file its stable address, `<folder>/<file name>`. Returns the keys that changed."""
    pairs = ((f"{folder}/{file.name}", file) for file in manifest.files)
    return tuple(key for key, file in pairs if bucket.copy(file.path, key, file.sha256))


def offered(bucket: Bucket, channel: Channel) -> Offered:
    """The channel's pointer as it is now."""
    key = pointer_path(channel)
    found = bucket.head(key)
    if found is None:
        return Offered(pointer=None, revision=None)
    try:
        pointer = read(Pointer, get(bucket, key))
    except ValueError as error:
        raise StorageError(
            f"{bucket.address}/{key} is no pointer: {error}", "Remove it, then publish again."
        ) from error
    return Offered(pointer=pointer, revision=found.revision)


def put_pointer(bucket: Bucket, manifest: Manifest, channel: Channel, before: Offered) -> tuple[Pointer, bool]:
    """Move the channel to this release, if nobody moved it since `before`. False where it already offers it.

    Raises Overtaken when another publisher was quicker; the stable names are then set to what the channel offers.
    """
    wanted = Pointer(
        channel=channel,
        release=manifest.release,
        manifest_sha256=sha256_hex(manifest.to_bytes()),
        sequence=before.pointer.sequence + 1 if before.pointer else 1,
    )
    if before.pointer and _same(before.pointer, wanted):
        return before.pointer, False
    if bucket.swap(pointer_path(channel), wanted.to_bytes(), before.revision):
        return wanted, True
    now = offered(bucket, channel).pointer
    if now and _same(now, wanted):
        return now, False
    if now:
        winner = read(Manifest, get(bucket, f"releases/{now.release}/models.json"))
        put_names(bucket, winner, f"files/{channel}")
    raise Overtaken(
        f"Another publisher moved {channel} to {now.release if now else 'nothing'} while {manifest.release} was on its "
        f"way. {manifest.release} is complete in {bucket.address}, and not the current one.",
        "If it should be, publish again.",
    )


def sizes_of(manifest: Manifest, folder: str) -> dict[str, int | None]:
    """Bytes at every key of a release whose stable names lie in `folder`."""
    sizes: dict[str, int | None] = {file.path: file.size for file in manifest.every}
    sizes |= {f"{folder}/{file.name}": file.size for file in manifest.files}
    return sizes | {manifest.path: len(manifest.to_bytes())}


def check_public(bucket: Bucket, sizes: Mapping[str, int | None]) -> Mapping[str, str]:
    """Ask for the head of every public address, as a stranger would; None is any size. Returns key → address.

    Raises StorageError with every address that is missing or has another size.
    """
    urls = {key: bucket.public_url(key) for key in sizes}
    faults = []
    for key, url in urls.items():
        if (size := public_size(url)) != (sizes[key] or size):
            faults.append(f"{url}: {size} bytes, expected {sizes[key]}")
    if faults:
        raise StorageError("; ".join(faults) + ".", "Publish again.")
    return urls


def _same(one: Pointer, other: Pointer) -> bool:
    return (one.release, one.manifest_sha256) == (other.release, other.manifest_sha256)


def _hash(bucket: Bucket, key: str) -> str:
    digest = hashlib.sha256()
    for piece in bucket.read(key):
        digest.update(piece)
    return digest.hexdigest()
