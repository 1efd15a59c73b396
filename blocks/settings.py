"""Where this machine keeps things, from the environment (`JOSI_…`) or a `.env` file."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from blocks.store import FolderStore

if TYPE_CHECKING:
    from blocks.results import Results

RESULTS = "results"  # the folder of a home, and what stands before a result's key in a bucket


class Settings(BaseSettings):
    """Never part of a cache key: it says where, not what."""

    model_config = SettingsConfigDict(
        env_prefix="JOSI_", env_file=".env", extra="ignore", frozen=True, populate_by_name=True
    )

    home: Path = Field(Path(".josi"), description="Artifacts, cached results, reports and the default bucket.")
    store_address: str = Field(
        "", validation_alias="JOSI_STORE", description="Artifacts and results: empty for HOME, or s3://NAME[/PREFIX]."
    )
    bucket: str = Field(
        "", description="Where releases go: a folder, s3://NAME[/PREFIX], or block://NAME (a saved S3Bucket block)."
    )
    bucket_url: str = Field("", description="Where a server shows a bucket that is a folder, e.g. that of `josi up`.")
    s3_endpoint: str = Field("", description="URL of an S3-compatible service; empty for AWS.")
    s3_region: str = Field("us-east-1")
    s3_public_url: str = Field("", description="Base of the public URLs, where it differs from endpoint and bucket.")
    s3_acl: str = Field("public-read", description="Canned ACL of every object; empty where a bucket policy does it.")
    s3_block: str = Field("", description="A saved Prefect AwsCredentials block, instead of keys in the environment.")
    inbox: Path | None = Field(None, description="Where new data arrives; empty: HOME/inbox.")
    notify: str = Field("", description="A saved block that is told what happens: TYPE/NAME, e.g. slack-webhook/team.")
    train_with: str = Field("", description="The deployment that trains, e.g. train/train. Empty: this process.")
    database: SecretStr | None = Field(None, description="Postgres for `josi up`: postgresql://… Empty: SQLite.")
    api_password: SecretStr | None = Field(None, description="What the service's API asks for with `josi up --auth`.")
    llama_tools: Path = Field(Path(".cache/llama.cpp"), description="llama.cpp's conversion scripts.")

    @property
    def root(self) -> Path:
        return self.home.resolve()

    @cached_property
    def store(self) -> FolderStore:
        if not self.store_address:
            return FolderStore(self.root / "store")
        from blocks.bucket_store import BucketStore
        from blocks.s3 import open_private

        return BucketStore(self.root / "store", open_private(f"{self.store_address}/artifacts", self))

    @cached_property
    def results(self) -> "Results":
        from blocks.bucket import FolderBucket
        from blocks.results import Results
        from blocks.s3 import open_private

        if not self.store_address:
            return Results(FolderBucket(self.results_folder))
        return Results(open_private(f"{self.store_address}/{RESULTS}", self))

    @property
    def results_folder(self) -> Path:
        """Where results lie unless they are in a bucket."""
        return self.root / RESULTS

    @property
    def inbox_folder(self) -> Path:
        return self.inbox or self.root / "inbox"

    @property
    def bucket_address(self) -> str:
        return self.bucket or str(self.root / "bucket")


class S3Credentials(BaseSettings):
    """`S3_ACCESS_KEY` and `S3_SECRET_KEY`; where absent, boto3 looks for AWS's own names."""

    model_config = SettingsConfigDict(env_prefix="S3_", env_file=".env", extra="ignore", frozen=True)

    access_key: SecretStr | None = None
    secret_key: SecretStr | None = None
