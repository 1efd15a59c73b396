"""The same release, through S3 as moto's server plays it, and from there into an app."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from blocks.bucket import get
from blocks.s3 import S3Bucket
from blocks.s3_client import connect
from blocks.updater import download
from josi.errors import StorageError
from josi.records import Channel, Role
from josi.release import Manifest, read
from tasks.release.published import Outcome
from tasks.release.ready import upload_only
from tasks.release.upload import Offered, offered, put_pointer


@pytest.fixture(scope="module")
def bucket() -> Iterator[S3Bucket]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    client = connect(endpoint=f"http://{host}:{port}", region="us-east-1", access_key="key", secret_key="secret")
    client.create_bucket(Bucket="josi")
    yield S3Bucket(client, "josi", acl="public-read")
    server.stop()


def test_a_release_in_s3_is_public_and_found_by_an_app(bucket: S3Bucket, tmp_path: Path) -> None:
    path = tmp_path / "josi-v5-explainer-q4_k_m.gguf"
    path.write_bytes(b"GGUF" + os.urandom(100_000))

    done = upload_only({Role.EXPLAINER: path}, name="v5", line="v5", bucket=bucket)
    manifest = read(Manifest, get(bucket, f"releases/{done.release}/models.json"))
    pointer, moved = put_pointer(bucket, manifest, Channel.DEV, Offered(pointer=None, revision=None))

    assert moved
    assert offered(bucket, Channel.DEV).pointer == pointer
    assert upload_only({Role.EXPLAINER: path}, name="v5", line="v5", bucket=bucket).outcome is Outcome.UNCHANGED
    got = download(bucket.public_url("").rstrip("/"), tmp_path / "models")
    assert got.files["explainer"].read_bytes() == path.read_bytes()


def test_a_private_object_fails_the_last_check(bucket: S3Bucket, tmp_path: Path) -> None:
    from tasks.release.upload import check_public

    with pytest.raises(StorageError, match=r"answers 40[34]: not public"):
        check_public(bucket, {"blobs/none": 1})
