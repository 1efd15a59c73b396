"""An S3 service that runs here: moto's server, with a bucket in it."""

from collections.abc import Iterator
from contextlib import contextmanager

from moto.server import ThreadedMotoServer

from blocks.s3 import S3Bucket
from blocks.s3_client import connect


@contextmanager
def moto_bucket(name: str) -> Iterator[S3Bucket]:
    """A new bucket on a free port of loopback; credentials are `key` and `secret`."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        client = connect(endpoint=f"http://{host}:{port}", region="us-east-1", access_key="key", secret_key="secret")
        client.create_bucket(Bucket=name)
        yield S3Bucket(client, name)
    finally:
        server.stop()
