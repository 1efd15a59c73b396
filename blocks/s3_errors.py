"""What S3-compatible services answer when they refuse, as errors that say what mends them."""

from collections.abc import Iterator
from contextlib import contextmanager

from boto3.exceptions import RetriesExceededError
from botocore import exceptions as botocore
from botocore.exceptions import ClientError

from josi.errors import Absent, StorageError, Unreachable

_KEYS = {
    *("InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidClientTokenId", "AuthFailure"),
    *("ExpiredToken", "InvalidToken", "AuthorizationHeaderMalformed", "401"),
}
_FORBIDDEN = {"AccessDenied", "Forbidden", "403"}  # a HEAD has no body: a wrong key looks like a missing right
_NO_BUCKET = {"NoSuchBucket"}
_NO_ACL = {"AccessControlListNotSupported"}
_LATER = {"SlowDown", "InternalError", "ServiceUnavailable", "RequestTimeout", "500", "502", "503", "504"}

_SET_KEYS = (
    "Set S3_ACCESS_KEY and S3_SECRET_KEY (or AWS's own names; for releases also JOSI_S3_BLOCK) for this endpoint, "
    "then run the same command again."
)
_REACH = "Check JOSI_S3_ENDPOINT and the network, then run the same command again."


def code_of(error: ClientError) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def is_absent(error: ClientError) -> bool:
    return code_of(error) in {"404", "NoSuchKey", "NotFound"}


def is_conflict(error: ClientError) -> bool:
    """A condition (If-Match, If-None-Match) did not hold, or another writer is at it."""
    return code_of(error) in {"PreconditionFailed", "ConditionalRequestConflict", "412", "409"}


@contextmanager
def explained(bucket: str, endpoint: str, key: str = "") -> Iterator[None]:
    """Raise StorageError, or Unreachable where trying again may help, in place of what botocore says."""
    try:
        yield
    except ClientError as error:
        raise _translated(error, bucket, endpoint, key) from error
    except (botocore.NoCredentialsError, botocore.PartialCredentialsError) as error:
        raise StorageError(f"There are no credentials for bucket {bucket} at {endpoint}.", _SET_KEYS) from error
    except (botocore.ConnectionError, botocore.HTTPClientError) as error:
        raise Unreachable(
            f"{endpoint} cannot be reached ({type(error).__name__}); tried several times.", _REACH
        ) from error
    except RetriesExceededError as error:  # of a download whose body broke off again and again
        raise Unreachable(f"{endpoint} breaks off in {key or bucket} ({error}).", _REACH) from error
    except botocore.BotoCoreError as error:
        remedy = "Check JOSI_BUCKET or JOSI_STORE, and the JOSI_S3_… settings."
        raise StorageError(f"Bucket {bucket} at {endpoint}: {error}.", remedy) from error


def _translated(error: ClientError, bucket: str, endpoint: str, key: str) -> StorageError:
    code = code_of(error)
    create = (
        f"Create it (`aws s3 mb s3://{bucket} --endpoint-url {endpoint}`, or in the provider's console), "
        "or name another (JOSI_BUCKET, JOSI_STORE)."
    )
    table = (
        (_KEYS, f"{endpoint} does not accept these credentials ({code}).", _SET_KEYS),
        (_FORBIDDEN, f"These credentials may not use bucket {bucket} at {endpoint}, or are wrong ({code}).", _SET_KEYS),
        (_NO_BUCKET, f"There is no bucket {bucket} at {endpoint}.", create),
        (_NO_ACL, f"Bucket {bucket} takes no ACLs.", "Set JOSI_S3_ACL= (empty) and make it public by a bucket policy."),
    )  # fmt: skip
    for codes, what, remedy in table:
        if code in codes:
            return StorageError(what, remedy)
    if code in _LATER:
        return Unreachable(f"{endpoint} is not able to answer now ({code}).", "Run the same command again in a while.")
    if is_absent(error):
        if key:
            return Absent(f"There is no {key} in bucket {bucket} at {endpoint}.")
        return StorageError(f"There is no bucket {bucket} at {endpoint}.", create)
    return StorageError(f"Bucket {bucket} at {endpoint} refused: {error}.", "See the provider's list of error codes.")
