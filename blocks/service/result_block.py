"""The block through which Prefect keeps results in the bucket of the store."""

from blocks.environment import RESULTS_BLOCK
from blocks.s3_client import named_by
from blocks.settings import RESULTS, Settings


def check_store(settings: Settings) -> None:
    """Raises StorageError, with the remedy, where the store's bucket is missing or refuses these credentials."""
    if settings.store_address:
        from blocks.s3 import open_private

        open_private(settings.store_address, settings).check()


def register_results(settings: Settings) -> None:
    """Save the block at the API in use, or nothing where results lie in a folder.

    It names the bucket. Credentials, endpoint, region and patience are those of each worker's environment, where
    `blocks.environment.prepare` puts them: boto3 reads them for a block that holds none. Raises UsageError.
    """
    if not settings.store_address:
        return
    from prefect_aws import AwsClientParameters, AwsCredentials
    from prefect_aws.s3 import S3Bucket

    name, prefix = named_by(settings.store_address)
    config = {
        "request_checksum_calculation": "when_required",  # others than AWS refuse what newer botocore adds unasked
        "response_checksum_validation": "when_required",
        "s3": {"addressing_style": "path" if settings.s3_endpoint else "auto"},
    }
    block = S3Bucket(
        bucket_name=name,
        bucket_folder=f"{prefix}/{RESULTS}".lstrip("/"),
        credentials=AwsCredentials(aws_client_parameters=AwsClientParameters(config=config)),
    )
    block.save(RESULTS_BLOCK, overwrite=True)
