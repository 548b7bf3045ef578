"""The unpacking job: a container's files to a folder, in a worker process."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from formflow.errors import FormflowError, ReadError

if TYPE_CHECKING:
    from formflow.pipeline.jobs.worker_context import WorkerContext


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFile:
    """A file that was inside another.

    Attributes:
        name: Its path inside, `/`-separated.
        path: Where its bytes lie now; None where they could not be taken out.
        error: Why not.
    """

    name: str
    path: Path | None = None
    error: ReadError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnpackJob:
    """Take the files out of a container.

    Attributes:
        path: The container's bytes.
        folder: An empty folder that the files are written into.
    """

    path: Path
    folder: Path

    def run(self, worker_context: WorkerContext) -> tuple[MemberFile, ...]:
        """In the worker; the files in their order.

        Raises:
            ReadError: The container cannot be unpacked.
        """
        from formflow.readers.containers.unpack import unpack

        members = []
        try:
            for number, member in enumerate(unpack(self.path.read_bytes(), worker_context.limits), 1):
                path = None
                if member.data is not None:
                    path = self.folder / f"{number:04}"
                    path.write_bytes(member.data)
                members.append(MemberFile(name=member.name, path=path, error=member.error))
        except (FormflowError, OSError):
            raise
        except MemoryError:
            raise ReadError("too-large", "out of memory") from None
        except Exception as error:
            # As in `readers.read`: what a malformed file makes a library stumble over means that it is damaged.
            raise ReadError("corrupt", f"{type(error).__name__}: {error}"[:500]) from error
        return tuple(members)
