"""Both buckets keep the same promises: a folder, and S3 as moto's server plays it."""

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from moto.server import ThreadedMotoServer

from blocks.bucket import Bucket, FolderBucket, get, open_bucket, public_root
from blocks.s3 import S3Bucket
from blocks.s3_client import connect
from blocks.settings import Settings
from blocks.web import public_size
from josi.errors import Absent, StorageError, Unreachable, UsageError

PART = 5 << 20  # bytes; the smallest part that S3 takes


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3(endpoint: str) -> Iterator[S3Bucket]:
    client = connect(endpoint=endpoint, region="us-east-1", access_key="key", secret_key="secret")
    client.create_bucket(Bucket="josi")
    yield S3Bucket(client, "josi", prefix="forge", acl="public-read", part_size=PART)
    httpx.post(f"{endpoint}/moto-api/reset")


@pytest.fixture(params=["folder", "s3"])
def bucket(request: pytest.FixtureRequest, tmp_path: Path) -> Bucket:
    made: Bucket = request.getfixturevalue("s3") if request.param == "s3" else FolderBucket(tmp_path / "bucket")
    made.check()
    return made


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.bin"
    path.write_bytes(os.urandom(100_000))
    return path


def test_what_was_put_is_read_back_whole(bucket: Bucket, source: Path) -> None:
    assert bucket.put("blobs/a", source)

    assert get(bucket, "blobs/a") == source.read_bytes()
    found = bucket.head("blobs/a")
    assert found and found.size == 100_000
    assert [one.key for one in bucket.list("blobs/")] == ["blobs/a"]
    assert public_size(bucket.public_url("blobs/a")) == 100_000


def test_a_key_is_taken_once_unless_told_otherwise(bucket: Bucket, source: Path, tmp_path: Path) -> None:
    bucket.put("blobs/a", source)
    other = tmp_path / "other"
    other.write_bytes(b"other")

    assert not bucket.put("blobs/a", other)
    assert get(bucket, "blobs/a") == source.read_bytes()
    assert bucket.put("blobs/a", other, overwrite=True)
    assert get(bucket, "blobs/a") == b"other"


def test_a_pointer_moves_only_from_where_it_was_seen(bucket: Bucket) -> None:
    assert bucket.swap("channels/dev.json", b"1", None)
    assert not bucket.swap("channels/dev.json", b"2", None)
    seen = bucket.head("channels/dev.json")
    assert seen

    assert bucket.swap("channels/dev.json", b"2", seen.revision)
    assert not bucket.swap("channels/dev.json", b"3", seen.revision)
    assert get(bucket, "channels/dev.json") == b"2"


def test_a_stable_name_follows_the_blob(bucket: Bucket, source: Path, tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"other")
    bucket.put("blobs/a", source)
    bucket.put("blobs/b", tmp_path / "other")

    assert bucket.copy("blobs/a", "files/dev/x.gguf", "a" * 64)
    assert bucket.copy("blobs/b", "files/dev/x.gguf", "b" * 64)
    assert get(bucket, "files/dev/x.gguf") == b"other"


def test_a_copy_that_is_there_is_left_alone(bucket: Bucket, source: Path) -> None:
    from blocks.store import sha256_file

    bucket.put("blobs/a", source)
    assert bucket.copy("blobs/a", "files/x", sha256_file(source))

    assert not bucket.copy("blobs/a", "files/x", sha256_file(source))


def test_a_file_too_large_for_one_copy_is_copied_in_parts(s3: S3Bucket, tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(os.urandom(2 * PART + 17))
    bucket = S3Bucket(s3.client, s3.name, prefix=s3.prefix, acl="public-read", part_size=PART, copy_limit=PART)
    bucket.put("blobs/large", tmp_path / "large")
    asked: list[str] = []
    s3.client.meta.events.register("before-call.s3", lambda model, **_: asked.append(model.name))

    assert bucket.copy("blobs/large", "files/dev/x.gguf", "a" * 64)

    assert asked.count("UploadPartCopy") == 3
    assert get(bucket, "files/dev/x.gguf", limit=1 << 30) == (tmp_path / "large").read_bytes()
    assert not bucket.copy("blobs/large", "files/dev/x.gguf", "a" * 64)
    assert httpx.get(bucket.public_url("files/dev/x.gguf")).headers["Cache-Control"] == "no-cache"


def test_nothing_is_none_and_reading_it_is_an_error(bucket: Bucket, tmp_path: Path) -> None:
    assert bucket.head("blobs/none") is None
    assert list(bucket.list("blobs/")) == []
    with pytest.raises(Absent, match="blobs/none"):
        get(bucket, "blobs/none")
    with pytest.raises(Absent, match="blobs/none"):
        bucket.download("blobs/none", tmp_path / "none")


@pytest.mark.parametrize("size", [0, 100_000, PART + 17])
def test_a_download_is_what_was_put(bucket: Bucket, tmp_path: Path, size: int) -> None:
    (tmp_path / "large").write_bytes(os.urandom(size))
    bucket.put("blobs/large", tmp_path / "large")

    bucket.download("blobs/large", tmp_path / "got")

    assert (tmp_path / "got").read_bytes() == (tmp_path / "large").read_bytes()


def test_what_is_removed_is_gone_and_removing_it_again_is_no_error(bucket: Bucket, source: Path) -> None:
    bucket.put("blobs/a", source)

    bucket.remove("blobs/a")
    bucket.remove("blobs/a")

    assert bucket.head("blobs/a") is None


def test_the_bucket_says_when_an_object_was_written(bucket: Bucket, source: Path) -> None:
    before = time.time()
    bucket.put("blobs/a", source)

    (listed,) = bucket.list("blobs/")
    found = bucket.head("blobs/a")

    assert found == listed
    assert before - 2 <= listed.modified <= time.time() + 2


def test_progress_counts_up_to_the_whole(bucket: Bucket, source: Path) -> None:
    seen: list[tuple[str, int, int]] = []

    bucket.put("blobs/a", source, progress=lambda *step: seen.append(step))

    assert seen[-1] == ("blobs/a", 100_000, 100_000)


def test_a_large_file_goes_up_in_parts_and_only_once(s3: S3Bucket, tmp_path: Path) -> None:
    large, seen = tmp_path / "large", list[int]()
    large.write_bytes(os.urandom(2 * PART + 17))

    assert s3.put("blobs/large", large, progress=lambda _key, done, _total: seen.append(done))

    assert len(seen) == 3
    assert seen[-1] == 2 * PART + 17
    assert get(s3, "blobs/large", limit=1 << 30) == large.read_bytes()
    assert not s3.put("blobs/large", large)


def test_objects_are_public_and_say_what_they_are(s3: S3Bucket, source: Path) -> None:
    s3.put("blobs/a", source)
    s3.swap("channels/dev.json", b"{}", None)

    blob, pointer = (httpx.get(s3.public_url(key)) for key in ("blobs/a", "channels/dev.json"))

    assert (blob.status_code, blob.content) == (200, source.read_bytes())
    assert "immutable" in blob.headers["Cache-Control"]
    assert (pointer.headers["Content-Type"], pointer.headers["Cache-Control"]) == ("application/json", "no-cache")
    grants = s3.client.get_object_acl(Bucket="josi", Key="forge/blobs/a")["Grants"]
    assert any("AllUsers" in grant["Grantee"].get("URI", "") for grant in grants)


def test_an_etag_without_quotes_is_tried_where_quotes_are_refused(s3: S3Bucket) -> None:
    s3.swap("channels/dev.json", b"1", None)
    seen = s3.head("channels/dev.json")
    sent: list[str] = []

    def refuse_quotes(request: object, **_: object) -> httpx.Response | None:
        sent.append(request.headers["If-Match"].decode())  # type: ignore[attr-defined]
        if not sent[-1].startswith('"'):
            return None
        from botocore.awsrequest import AWSResponse

        body = b"<Error><Code>PreconditionFailed</Code></Error>"
        return AWSResponse("", 412, {}, type("Raw", (), {"stream": lambda self: iter([body])})())  # type: ignore[return-value]

    s3.client.meta.events.register("before-send.s3.PutObject", refuse_quotes)

    assert seen and s3.swap("channels/dev.json", b"2", seen.revision)
    assert sent == [f'"{seen.revision}"', seen.revision]


def test_a_missing_bucket_is_named_with_the_command_that_makes_it(endpoint: str) -> None:
    client = connect(endpoint=endpoint, region="us-east-1", access_key="key", secret_key="secret")

    with pytest.raises(StorageError, match=r"no bucket nowhere .*aws s3 mb s3://nowhere"):
        S3Bucket(client, "nowhere").check()


def test_wrong_credentials_are_named_with_their_variables(endpoint: str, s3: S3Bucket, source: Path) -> None:
    httpx.post(f"{endpoint}/moto-api/reset-auth", content=b"0")  # from now on every request is checked
    try:
        with pytest.raises(StorageError, match=r"credentials.*S3_ACCESS_KEY"):
            s3.check()
        with pytest.raises(StorageError, match=r"credentials.*S3_ACCESS_KEY"):
            s3.put("blobs/a", source, overwrite=True)
    finally:
        httpx.post(f"{endpoint}/moto-api/reset-auth", content=b"inf")


def test_no_credentials_at_all_are_named_too(endpoint: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")

    with pytest.raises(StorageError, match=r"no credentials.*S3_ACCESS_KEY"):
        S3Bucket(connect(endpoint=endpoint, region="us-east-1"), "josi").check()


def test_an_endpoint_that_nobody_answers_at_may_be_tried_again() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # bound and not listening: refused
        client = connect(
            endpoint=f"http://127.0.0.1:{held.getsockname()[1]}", access_key="k", secret_key="s", region="x"
        )

        with pytest.raises(Unreachable, match="JOSI_S3_ENDPOINT"):
            S3Bucket(client, "josi").check()


def test_settings_choose_the_bucket(
    endpoint: str, s3: S3Bucket, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("S3_ACCESS_KEY", "key")
    monkeypatch.setenv("S3_SECRET_KEY", "secret")
    public = {"s3_endpoint": endpoint, "s3_public_url": "https://models.example/j/"}

    remote = open_bucket(Settings(bucket="s3://josi/forge", **public))
    remote.check()

    assert remote.address == "s3://josi/forge"
    assert public_root(Settings(bucket="s3://josi/forge", s3_endpoint=endpoint)) == f"{endpoint}/josi/forge"
    assert public_root(Settings(bucket=str(tmp_path))) == str(tmp_path)
    assert remote.public_url("files/a b") == "https://models.example/j/files/a%20b"
    assert open_bucket(Settings(bucket=str(tmp_path))).address == str(tmp_path)
    with pytest.raises(UsageError, match="names no bucket"):
        open_bucket(Settings(bucket="s3://"))


def test_a_prefect_credentials_block_gives_the_client(endpoint: str, s3: S3Bucket) -> None:
    from prefect_aws import AwsClientParameters, AwsCredentials

    from blocks.s3_client import from_credentials

    block = AwsCredentials(
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        region_name="us-east-1",
        aws_client_parameters=AwsClientParameters(endpoint_url=endpoint),
    )

    S3Bucket(from_credentials(block, Settings()), "josi").check()


def test_a_key_cannot_leave_the_folder(tmp_path: Path, source: Path) -> None:
    bucket = FolderBucket(tmp_path / "bucket")
    for key in ("../out", "/etc/x", "blobs/../../out", ""):
        with pytest.raises(StorageError, match="no key"):
            bucket.put(key, source)


def test_a_folder_that_cannot_be_made_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(StorageError, match="JOSI_BUCKET=FOLDER"):
        FolderBucket(tmp_path / "file" / "bucket").check()


def test_a_folder_that_a_server_shows_has_that_servers_addresses(tmp_path: Path) -> None:
    key = "files/dev/josi tiny.gguf"

    assert FolderBucket(tmp_path).public_url(key).startswith("file://")
    shown = FolderBucket(tmp_path, "http://127.0.0.1:8484/").public_url(key)
    assert shown == "http://127.0.0.1:8484/files/dev/josi%20tiny.gguf"
