"""Objects in an S3-compatible bucket, through boto3."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from botocore.exceptions import BotoCoreError, ClientError

from blocks.bucket import CHUNK, Progress, Stored
from blocks.s3_client import connected, of_environment
from blocks.s3_errors import explained, is_absent, is_conflict
from blocks.settings import Settings

_PART = 32 << 20  # bytes; S3 takes 5 MiB to 5 GiB a part and 10,000 parts
_COPY_PART = 1 << 30
_COPY_LIMIT = 4 << 30  # bytes; S3 copies up to 5 GiB in one request
_NO_PARTS = 1 << 50
_WORKERS = 4


def open_s3(address: str, settings: Settings) -> "S3Bucket":
    """The bucket of `s3://NAME[/PREFIX]`, or of a saved Prefect S3Bucket block, `block://NAME`."""
    client, name, prefix = connected(address, settings)
    return S3Bucket(client, name, prefix=prefix, public_base=settings.s3_public_url, acl=settings.s3_acl)


def open_private(address: str, settings: Settings) -> "S3Bucket":
    """The bucket of `s3://NAME[/PREFIX]` for what stays among us; credentials come from the environment alone."""
    client, name, prefix = of_environment(address, settings)
    return S3Bucket(client, name, prefix=prefix)


class S3Bucket:
    """A bucket. `prefix` stands before every key; `acl` says who may read what is written (empty: only its owner)."""

    def __init__(
        self,
        client: Any,
        name: str,
        *,
        prefix: str = "",
        public_base: str = "",
        acl: str = "",
        part_size: int = _PART,
        copy_limit: int = _COPY_LIMIT,
    ) -> None:
        self.client = client
        self.name = name
        self.prefix = prefix.strip("/")
        self.public_base = public_base.rstrip("/")
        self.acl = acl
        self.part_size = part_size
        self.copy_limit = copy_limit

    @property
    def address(self) -> str:
        return f"s3://{self.name}/{self.prefix}".rstrip("/")

    def check(self) -> None:
        with self._explained():
            self.client.head_bucket(Bucket=self.name)

    def put(self, key: str, source: Path, *, overwrite: bool = False, progress: Progress | None = None) -> bool:
        if not overwrite and self.head(key) is not None:
            return False
        total = source.stat().st_size
        condition = {} if overwrite else {"IfNoneMatch": "*"}
        if total > self.part_size:
            return self._put_in_parts(key, source, condition, _counter(key, total, progress))
        if not self._put_bytes(key, source.read_bytes(), condition):
            return False
        if progress:
            progress(key, total, total)
        return True

    def read(self, key: str) -> Iterator[bytes]:
        with self._explained(key):
            body = self.client.get_object(Bucket=self.name, Key=self._key(key))["Body"]
            yield from body.iter_chunks(CHUNK)

    def download(self, key: str, target: Path) -> None:
        from boto3.s3.transfer import TransferConfig

        # boto3 asks again where a body breaks off, which no setting of botocore's does. In one piece, for in several
        # it sends an If-Match that some services refuse, and others answer each range with the whole.
        one = TransferConfig(multipart_threshold=_NO_PARTS, multipart_chunksize=_NO_PARTS, use_threads=False)
        with self._explained(key):
            self.client.download_file(self.name, self._key(key), str(target), Config=one)

    def head(self, key: str) -> Stored | None:
        found = self._head(key)
        return _stored(key, found["ContentLength"], found) if found else None

    def list(self, prefix: str) -> Iterator[Stored]:
        with self._explained():
            pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=self._key(prefix))
            for page in pages:
                for item in page.get("Contents", []):
                    key = item["Key"].removeprefix(f"{self.prefix}/" if self.prefix else "")
                    yield _stored(key, item["Size"], item)

    def copy(self, source: str, target: str, sha256: str) -> bool:
        found = self._head(target)
        if found and found["Metadata"].get("sha256") == sha256:
            return False
        from boto3.s3.transfer import TransferConfig

        chunk = min(self.copy_limit, _COPY_PART)
        with self._explained(source):
            self.client.copy(
                {"Bucket": self.name, "Key": self._key(source)},
                self.name,
                self._key(target),
                ExtraArgs={"Metadata": {"sha256": sha256}, "MetadataDirective": "REPLACE", **self._written(target)},
                Config=TransferConfig(multipart_threshold=self.copy_limit, multipart_chunksize=chunk),
            )
        return True

    def swap(self, key: str, data: bytes, expected: str | None) -> bool:
        if expected is None:
            return self._put_bytes(key, data, {"IfNoneMatch": "*"})
        if self._put_bytes(key, data, {"IfMatch": f'"{expected}"'}):
            return True
        # Refused although nothing changed: a service such as Hetzner's wants the ETag without its quotes.
        now = self.head(key)
        return now is not None and now.revision == expected and self._put_bytes(key, data, {"IfMatch": expected})

    def remove(self, key: str) -> None:
        with self._explained(key):
            self.client.delete_object(Bucket=self.name, Key=self._key(key))

    def public_url(self, key: str) -> str:
        path = quote(self._key(key))
        if self.public_base:
            return f"{self.public_base}/{quote(key)}"
        endpoint = urlsplit(self.client.meta.endpoint_url)
        if endpoint.netloc.endswith("amazonaws.com"):
            return f"https://{self.name}.s3.{self.client.meta.region_name}.amazonaws.com/{path}"
        return f"{endpoint.scheme}://{endpoint.netloc}/{self.name}/{path}"

    def _key(self, key: str) -> str:
        return f"{self.prefix}/{key}" if self.prefix else key

    def _head(self, key: str) -> Any:
        with self._explained():
            try:
                return self.client.head_object(Bucket=self.name, Key=self._key(key))
            except self.client.exceptions.ClientError as error:
                if is_absent(error):
                    return None
                raise

    def _put_bytes(self, key: str, data: bytes, condition: dict[str, str]) -> bool:
        with self._explained(key):
            try:
                where = {"Bucket": self.name, "Key": self._key(key)}
                self.client.put_object(**where, Body=data, **self._written(key), **condition)
            except self.client.exceptions.ClientError as error:
                if is_conflict(error):
                    return False
                raise
        return True

    def _put_in_parts(self, key: str, source: Path, condition: dict[str, str], count: Callable[[int], None]) -> bool:
        target: dict[str, Any] = {"Bucket": self.name, "Key": self._key(key)}
        with self._explained(key):
            target["UploadId"] = self.client.create_multipart_upload(**target, **self._written(key))["UploadId"]
            try:
                parts = self._put_parts(target, source, count)
                self.client.complete_multipart_upload(**target, MultipartUpload={"Parts": parts}, **condition)
            except BaseException as error:
                with suppress(ClientError, BotoCoreError):  # what went wrong before is what counts
                    self.client.abort_multipart_upload(**target)  # parts that nobody completes are paid for, for ever
                if isinstance(error, self.client.exceptions.ClientError) and is_conflict(error):
                    return False
                raise
        return True

    def _put_parts(self, target: dict[str, Any], source: Path, count: Callable[[int], None]) -> Sequence[Any]:
        numbers = range(1, -(-source.stat().st_size // self.part_size) + 1)
        with ThreadPoolExecutor(_WORKERS) as pool:
            parts = [pool.submit(self._put_part, target, source, number, count) for number in numbers]
            try:
                return [part.result() for part in parts]
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)  # where one failed, the others need not be tried
                raise

    def _put_part(self, target: dict[str, Any], source: Path, number: int, count: Callable[[int], None]) -> Any:
        with source.open("rb") as file:
            file.seek((number - 1) * self.part_size)
            data = file.read(self.part_size)
        etag = self.client.upload_part(**target, PartNumber=number, Body=data)["ETag"]
        count(len(data))
        return {"PartNumber": number, "ETag": etag}

    def _written(self, key: str) -> dict[str, Any]:
        """What every written object gets: type, how long a cache may keep it, and who may read it."""
        fixed = key.startswith("blobs/")
        return {
            "ContentType": "application/json" if key.endswith(".json") else "application/octet-stream",
            "CacheControl": "public, max-age=31536000, immutable" if fixed else "no-cache",
            **({"ACL": self.acl} if self.acl else {}),
        }

    @contextmanager
    def _explained(self, key: str = "") -> Iterator[None]:
        with explained(self.name, self.client.meta.endpoint_url, key):
            yield


def _stored(key: str, size: int, found: Any) -> Stored:
    return Stored(key=key, size=size, revision=found["ETag"].strip('"'), modified=found["LastModified"].timestamp())


def _counter(key: str, total: int, progress: Progress | None) -> Callable[[int], None]:
    done, lock = 0, threading.Lock()

    def count(size: int) -> None:
        nonlocal done
        with lock:  # parts finish in several threads
            done += size
            if progress:
                progress(key, done, total)

    return count
