"""The artifact store in a bucket, for workers on several machines. A folder holds near copies; the bucket is the truth.

Objects: `<kind>/<name>-<sha256, 12 hex>/<file>`, and there `MANIFEST.json`, written last, as in a folder. A manifest
that is written again makes its artifact the newest of its kind.
"""

import json
import logging
import shutil
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path, PurePosixPath

from blocks.bucket import Bucket, Stored, get
from blocks.store import MANIFEST, FolderStore, digests
from josi.errors import Absent, DigestMismatch, MissingArtifact
from josi.records import Artifact, Kind, tree_digest

log = logging.getLogger(__name__)

_ANEW = "Run the same command again: it is made anew."
_SETTLED_S = 24 * 3600.0


class BucketStore(FolderStore):
    """Artifacts in a bucket. Every method raises StorageError where the bucket refuses, or cannot be reached."""

    def __init__(self, root: Path, bucket: Bucket) -> None:
        super().__init__(root)
        self.bucket = bucket

    def put(self, source: Path, kind: Kind, name: str) -> Artifact:
        """Take a file or a folder into the store: here first, then into the bucket, its manifest last."""
        artifact = super().put(source, kind, name)
        self._upload(artifact)
        return artifact

    def fetch(self, artifact: Artifact) -> Path:
        """The artifact's folder: the near copy where it is whole, or else brought from the bucket, every byte verified.

        Raises MissingArtifact, or DigestMismatch where the bucket's bytes are damaged. They then count no longer, and
        the next put mends them.
        """
        return self._near(artifact) or self._download(artifact)

    def holds(self, artifact: Artifact) -> bool:
        """Whether the bucket has it, by manifest and size. A near copy is verified, and set aside where damaged."""
        if not self._is_complete(artifact, self._objects(artifact)):
            return False
        self._near(artifact)
        return True

    def named(self, kind: Kind, beginning: str = "") -> Iterator[Artifact]:
        """Every whole artifact of a kind whose name begins so, newest first by the bucket's clock."""
        found = [one for one in self.bucket.list(f"{kind}/{beginning}") if PurePosixPath(one.key).name == MANIFEST]
        found.sort(key=lambda one: one.modified, reverse=True)
        for _, same in groupby(found, key=lambda one: one.modified):  # its clock may count whole seconds
            yield from (artifact for _, artifact in sorted(self._described(same), key=lambda pair: -pair[0]))

    def drop(self, artifact: Artifact) -> None:
        """Take an artifact out of the bucket, its manifest first, and out of the near copies."""
        self._remove(artifact, self._objects(artifact))
        super().drop(artifact)

    def tidy(self, kind: Kind) -> None:
        """Remove near copies that are a day old and no longer in the bucket: dropped from another machine."""
        known = {PurePosixPath(one.key).parent.name for one in self.bucket.list(f"{kind}/")}
        for manifest in (self.root / kind).glob(f"*/{MANIFEST}"):
            if manifest.parent.name not in known and time.time() - manifest.stat().st_mtime > _SETTLED_S:
                shutil.rmtree(manifest.parent, ignore_errors=True)

    def _near(self, artifact: Artifact) -> Path | None:
        try:
            return super().fetch(artifact)
        except (MissingArtifact, DigestMismatch):
            return None

    def _prefix(self, artifact: Artifact) -> str:
        return f"{self.folder(artifact).relative_to(self.root).as_posix()}/"

    def _objects(self, artifact: Artifact) -> dict[str, Stored]:
        """What the bucket has of an artifact, by file name."""
        prefix = self._prefix(artifact)
        return {one.key.removeprefix(prefix): one for one in self.bucket.list(prefix)}

    def _is_complete(self, artifact: Artifact, objects: dict[str, Stored]) -> bool:
        size = sum(one.size for name, one in objects.items() if name != MANIFEST)
        return MANIFEST in objects and size == artifact.size

    def _upload(self, artifact: Artifact) -> None:
        folder, prefix, there = self.folder(artifact), self._prefix(artifact), self._objects(artifact)
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        if not self._is_complete(artifact, there):
            if MANIFEST in there:  # damaged; without a manifest somebody else may be putting the same just now
                self._remove(artifact, there)
            else:
                self._remove(artifact, {name: one for name, one in there.items() if name not in manifest["files"]})
            for name in manifest["files"]:
                self.bucket.put(f"{prefix}{name}", folder / name, overwrite=True)
        with self.scratch() as scratch:
            (scratch / MANIFEST).write_text(json.dumps({**manifest, "stored_ns": time.time_ns()}, indent=1))
            self.bucket.put(f"{prefix}{MANIFEST}", scratch / MANIFEST, overwrite=True)

    def _download(self, artifact: Artifact) -> Path:
        objects = self._objects(artifact)
        if MANIFEST not in objects:
            raise MissingArtifact(f"{artifact.identity} is not in the store {self.bucket.address}.", _ANEW)
        log.info("%s: bringing %.1f MB from %s", artifact.identity, artifact.size / 1e6, self.bucket.address)
        with self.scratch() as scratch:
            files = self._bring(artifact, objects, scratch / "ready")
            if not files or tree_digest(files) != artifact.sha256:
                self._condemn(artifact, objects[MANIFEST])
                raise DigestMismatch(f"{artifact.identity}: {self.bucket.address} holds other bytes.", _ANEW)
            self._move_in(artifact, scratch / "ready", files)
        return self.folder(artifact)

    def _bring(self, artifact: Artifact, objects: dict[str, Stored], ready: Path) -> dict[str, str]:
        """The digests of what was downloaded; empty where the list alone shows that it cannot be whole."""
        names = [name for name in objects if name != MANIFEST]
        if not self._is_complete(artifact, objects) or not all(map(_is_inside, names)):
            return {}
        for name in names:
            (ready / name).parent.mkdir(parents=True, exist_ok=True)
            try:
                self.bucket.download(objects[name].key, ready / name)
            except Absent:  # removed a moment ago
                return {}
        return digests(ready)

    def _condemn(self, artifact: Artifact, seen: Stored) -> None:
        """Let damaged bytes count no longer, unless somebody has mended them meanwhile."""
        now = self.bucket.head(seen.key)
        if now and now.revision == seen.revision:
            log.warning("%s: damaged in %s, counts no longer", artifact.identity, self.bucket.address)
            self.bucket.remove(seen.key)

    def _remove(self, artifact: Artifact, objects: dict[str, Stored]) -> None:
        for name in sorted(objects, key=lambda name: name != MANIFEST):  # without its manifest it does not count
            self.bucket.remove(f"{self._prefix(artifact)}{name}")

    def _described(self, manifests: Iterator[Stored]) -> Iterator[tuple[int, Artifact]]:
        """When each was stored, in nanoseconds by its writer's clock, and what it is."""
        for one in manifests:
            try:
                manifest = json.loads(get(self.bucket, one.key))
                yield manifest.get("stored_ns", 0), Artifact.model_validate(manifest["artifact"])
            except Absent:  # dropped a moment ago
                continue
            except (ValueError, KeyError, AttributeError):
                log.warning("%s/%s is no manifest of ours", self.bucket.address, one.key)


def _is_inside(name: str) -> bool:
    """Whether a file of this name lies in the artifact's folder: the bucket's keys are not ours to trust."""
    path = PurePosixPath(name)
    return bool(path.name) and not path.is_absolute() and ".." not in path.parts
