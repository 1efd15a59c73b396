"""What holds memory that is not Python's: closed explicitly, or by `with`."""

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self


class Closing(ABC):
    """A thing with a `close`."""

    @abstractmethod
    def close(self) -> None:
        """Give the memory back. A second time does no harm."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
