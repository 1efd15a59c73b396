"""An S3 client from settings, from the environment, or from a saved Prefect block."""

from typing import Any
from urllib.parse import urlsplit

from blocks.settings import S3Credentials, Settings
from josi.errors import UsageError


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
        retries={"total_max_attempts": 4, "mode": "standard"},  # the first try and three more, with backoff
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


def connected(address: str, settings: Settings) -> tuple[Any, str, str]:
    """Client, bucket name and key prefix of `s3://NAME[/PREFIX]` or `block://NAME`."""
    parts = urlsplit(address)
    if not parts.netloc:
        raise UsageError(f"{address} names no bucket.", "Give s3://NAME or s3://NAME/PREFIX as JOSI_BUCKET.")
    if parts.scheme == "block":
        from prefect_aws.s3 import S3Bucket as Block

        block = _saved(Block, parts.netloc)
        return from_credentials(block.credentials, settings), block.bucket_name, block.bucket_folder
    prefix = parts.path.strip("/")
    if settings.s3_block:
        from prefect_aws import AwsCredentials

        return from_credentials(_saved(AwsCredentials, settings.s3_block), settings), parts.netloc, prefix
    keys = S3Credentials()
    client = connect(
        endpoint=settings.s3_endpoint,
        region=settings.s3_region,
        access_key=keys.access_key.get_secret_value() if keys.access_key else None,
        secret_key=keys.secret_key.get_secret_value() if keys.secret_key else None,
    )
    return client, parts.netloc, prefix


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
