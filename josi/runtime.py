"""The settings that ship with the models: an app that follows them gets the behaviour that was tested."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from josi.records import Record, Role


class Echo(StrEnum):
    """Who writes `free_text` and `question`, which repeat the athlete's own words."""

    MODEL = "model"
    RUNTIME = "runtime"


class RoleRuntime(Record):
    """How one model is run. The file it belongs to is named in the release's `models.json`."""

    prompt: str
    temperature: Annotated[float, Field(ge=0, le=2)]
    max_new_tokens: Annotated[int, Field(ge=1, le=4096)]
    context_tokens: Annotated[int, Field(ge=256, le=32768)]
    grounded: bool = Field(False, description="Decode with `josi.grounded`: only numbers and zones that were given.")


class Runtime(Record):
    """`runtime.json` of a release; `grammar.gbnf` lies beside it and constrains the interpreter."""

    contract_version: int
    template: str
    stop: str
    echo: Echo
    roles: Mapping[Role, RoleRuntime]
