"""Where this machine keeps things, from the environment (`JOSI_…`) or a `.env` file."""

from functools import cached_property
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from blocks.results import ResultFolder
from blocks.store import FolderStore
from josi.records import Record, sha256_hex


class Settings(BaseSettings):
    """Never part of a cache key: it says where, not what."""

    model_config = SettingsConfigDict(env_prefix="JOSI_", env_file=".env", extra="ignore", frozen=True)

    home: Path = Field(Path(".josi"), description="Artifacts, cached results, reports and the default bucket.")
    bucket: str = Field(
        "", description="Where releases go: a folder, s3://NAME[/PREFIX], or block://NAME (a saved S3Bucket block)."
    )
    s3_endpoint: str = Field("", description="URL of an S3-compatible service; empty for AWS.")
    s3_region: str = Field("us-east-1")
    s3_public_url: str = Field("", description="Base of the public URLs, where it differs from endpoint and bucket.")
    s3_acl: str = Field("public-read", description="Canned ACL of every object; empty where a bucket policy does it.")
    s3_block: str = Field("", description="A saved Prefect AwsCredentials block, instead of keys in the environment.")
    train_with: str = Field("", description="The deployment that trains, e.g. train/train. Empty: this process.")
    llama_tools: Path = Field(Path(".cache/llama.cpp"), description="llama.cpp's conversion scripts.")

    @property
    def root(self) -> Path:
        return self.home.resolve()

    @cached_property
    def store(self) -> FolderStore:
        return FolderStore(self.root / "store")

    @cached_property
    def results(self) -> ResultFolder:
        return ResultFolder(self.root / "results")

    def work(self, stage: str, *inputs: Record) -> Path:
        """A folder for what a stage must find again after a crash, one for each set of inputs."""
        name = sha256_hex("+".join(value.identity for value in inputs).encode())[:12]
        return self.root / "work" / f"{stage}-{name}"

    @property
    def bucket_address(self) -> str:
        return self.bucket or str(self.root / "bucket")


class S3Credentials(BaseSettings):
    """`S3_ACCESS_KEY` and `S3_SECRET_KEY`; where absent, boto3 looks for AWS's own names."""

    model_config = SettingsConfigDict(env_prefix="S3_", env_file=".env", extra="ignore", frozen=True)

    access_key: SecretStr | None = None
    secret_key: SecretStr | None = None
