"""An S3 client from settings, from the environment, or from a saved Prefect block."""

import os
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from blocks.settings import S3Credentials, Settings
from josi.errors import UsageError

# What botocore reads for itself when a client is made.
AWS_NAMES = (
    *("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"),
    *("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE"),
)


def connect(
    *,
    endpoint: str = "",
    region: str = "",
    access_key: str | None = None,
    secret_key: str | None = None,
    token: str | None = None,
) -> Any:
    """A client with what S3-compatible services need. Without keys, boto3 looks for AWS's own names and files."""
    import boto3
    from botocore.config import Config

    config = Config(
        retries=_retries(),
        connect_timeout=10,
        read_timeout=60,
        max_pool_connections=10,
        # Others than AWS refuse the checksums that newer botocore adds unasked.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        s3={"addressing_style": "path" if endpoint else "auto"},
    )
    session = boto3.session.Session(
        aws_access_key_id=access_key,
        aws_secret_access_key=secret_key,
        aws_session_token=token,
        region_name=region or None,
    )
    return session.client("s3", endpoint_url=endpoint or None, config=config)


def _retries() -> Any:
    """The first try and three more, with backoff: some seconds. What AWS's own variables say comes first."""
    ours = (("AWS_MAX_ATTEMPTS", "total_max_attempts", 4), ("AWS_RETRY_MODE", "mode", "standard"))
    return {option: value for name, option, value in ours if not os.environ.get(name)}


def connected(address: str, settings: Settings) -> tuple[Any, str, str]:
    """Client, bucket name and key prefix of `s3://NAME[/PREFIX]` or `block://NAME`."""
    parts = urlsplit(address)
    if parts.scheme == "block":
        from prefect_aws.s3 import S3Bucket as Block

        block = _saved(Block, parts.netloc)
        return from_credentials(block.credentials, settings), block.bucket_name, block.bucket_folder
    if settings.s3_block:
        from prefect_aws import AwsCredentials

        name, prefix = named_by(address)
        return from_credentials(_saved(AwsCredentials, settings.s3_block), settings), name, prefix
    return of_environment(address, settings)


def of_environment(address: str, settings: Settings) -> tuple[Any, str, str]:
    """Client, bucket name and key prefix of `s3://NAME[/PREFIX]`, with no word from Prefect."""
    keys = S3Credentials()
    client = _shared(
        settings.s3_endpoint,
        settings.s3_region,
        keys.access_key.get_secret_value() if keys.access_key else None,
        keys.secret_key.get_secret_value() if keys.secret_key else None,
        *(os.environ.get(name) for name in AWS_NAMES),
    )
    return client, *named_by(address)


def named_by(address: str) -> tuple[str, str]:
    """Bucket name and key prefix of `s3://NAME[/PREFIX]`. Raises UsageError."""
    parts = urlsplit(address)
    if parts.scheme != "s3" or not parts.netloc:
        raise UsageError(f"{address} names no bucket.", "Give s3://NAME or s3://NAME/PREFIX.")
    return parts.netloc, parts.path.strip("/")


@lru_cache(maxsize=8)
def _shared(endpoint: str, region: str, access_key: str | None, secret_key: str | None, *_: str | None) -> Any:
    """One client for each set of settings: making one takes longer than using it. Threads may share it."""
    return connect(endpoint=endpoint, region=region, access_key=access_key, secret_key=secret_key)


def from_credentials(block: Any, settings: Settings) -> Any:
    """A client from a Prefect credentials block (AwsCredentials or MinIOCredentials)."""
    minio = hasattr(block, "minio_root_user")
    secret = block.minio_root_password if minio else block.aws_secret_access_key
    return connect(
        endpoint=block.aws_client_parameters.endpoint_url or settings.s3_endpoint,
        region=block.region_name or settings.s3_region,
        access_key=block.minio_root_user if minio else block.aws_access_key_id,
        secret_key=secret.get_secret_value() if secret else None,
        token=None if minio else block.aws_session_token,
    )


def _saved(kind: Any, name: str) -> Any:
    try:
        return kind.load(name)
    except ValueError as error:  # what Prefect raises for a block that nobody saved
        raise UsageError(
            f"There is no saved {kind.__name__} block named {name}.", "Save it in the Prefect UI, under Blocks."
        ) from error
