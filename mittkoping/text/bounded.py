"""Rendering that ends: in one child process that is killed and replaced when it takes too long."""

import atexit
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any, Literal

from mittkoping.text.child_environment import child_environment
from mittkoping.text.frames import frame, pack_request, unframe, unpack_rendered
from mittkoping.text.links import Resolved, Target
from mittkoping.text.render import Rendered

TIME_LIMIT = 2.0  # seconds that the child may work on one text
WALL_LIMIT = 10.0  # seconds that one text may take altogether, on a machine that is busy with other things
START_LIMIT = 20.0  # seconds for a new child to load its libraries on a busy machine
SHORTEST_WAIT = 0.01  # seconds
CHUNK = 65_536

Reason = Literal["time", "memory", "crash"]


class RenderRefused(Exception):
    """The text cannot be rendered within the limits of time and memory, or breaks the parser."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"rendering was refused: {reason}")
        self.reason: Reason = reason


def render_bounded(source: str, links: Mapping[Target, Resolved]) -> Rendered:
    """Render as render does, in the child of this process, within TIME_LIMIT seconds of its work.

    Waiting for other threads' texts is not counted. Raises RenderRefused; the next call works at once.
    """
    request = frame(pack_request(source, links))
    with _state.lock:
        child = _state.running_child()
        try:
            answer = child.ask(request)
        except RenderRefused:
            _state.replace()
            raise
    if "refused" in answer:
        raise RenderRefused(answer["refused"])
    return unpack_rendered(answer)


class _Patience:
    """How long an answer is waited for: so many seconds of the child's own work, and of anybody's time."""

    def __init__(self, pid: int, work: float, wall: float) -> None:
        # Linux: the clock that counts what a process has used; elsewhere its work is not told from waiting.
        self.clock = (~pid << 3) | 2 if sys.platform == "linux" else time.CLOCK_MONOTONIC
        self.work_ends = time.clock_gettime(self.clock) + work
        self.wall_ends = time.monotonic() + wall

    def left(self) -> float:
        """Seconds until it may be over; 0 when it is."""
        try:
            work = self.work_ends - time.clock_gettime(self.clock)
        except OSError:  # the child is gone, which the pipe will tell
            work = 1.0
        left = min(work, self.wall_ends - time.monotonic())
        return max(left, SHORTEST_WAIT) if left > 0 else 0.0


class _Child:
    """One render process and the pipes to it."""

    def __init__(self) -> None:
        theirs_in, self.requests = os.pipe()
        self.answers, theirs_out = os.pipe()
        try:
            self.process = subprocess.Popen(
                # -P: whatever lies in the working directory is not imported.
                [sys.executable, "-P", "-m", "mittkoping.text.child"],
                stdin=theirs_in,
                stdout=theirs_out,
                env=child_environment(),
            )
        except OSError:
            self.close()
            raise
        finally:
            os.close(theirs_in)
            os.close(theirs_out)
        os.set_blocking(self.requests, False)
        os.set_blocking(self.answers, False)
        self.is_ready = False

    def ask(self, request: bytes) -> dict[str, Any]:
        """Send a request and wait for its answer."""
        if not self.is_ready:
            self._exchange(b"", START_LIMIT, START_LIMIT)
            self.is_ready = True
        answer: dict[str, Any] = self._exchange(request, TIME_LIMIT, WALL_LIMIT)
        return answer

    def is_alive(self) -> bool:
        """Tell whether the process still runs."""
        return self.process.poll() is None

    def kill(self) -> None:
        """End the process and collect it."""
        self.process.kill()
        self.process.wait()
        self.close()

    def close(self) -> None:
        """Close the pipes; a child that waits for a request then ends by itself."""
        os.close(self.requests)
        os.close(self.answers)

    def _exchange(self, data: bytes, work: float, wall: float) -> Any:
        """Write while reading, so that two full pipes never wait for each other."""
        patience = _Patience(self.process.pid, work, wall)
        unsent, received = memoryview(data), bytearray()
        while True:
            for fd in self._wait(bool(unsent), patience):
                if fd == self.requests:
                    unsent = unsent[self._send(unsent) :]
                    continue
                self._receive(received)
                answer = unframe(received)
                if answer is not None:
                    return answer

    def _wait(self, has_more: bool, patience: _Patience) -> list[int]:
        """Give the pipes that something can be done with."""
        poll = select.poll()
        poll.register(self.answers, select.POLLIN)
        if has_more:
            poll.register(self.requests, select.POLLOUT)
        while left := patience.left():
            if ready := poll.poll(left * 1000):
                return [fd for fd, _ in ready]
        raise RenderRefused("time")

    def _send(self, data: memoryview) -> int:
        """Write as much as the pipe takes."""
        try:
            return os.write(self.requests, data[:CHUNK])
        except BlockingIOError:
            return 0
        except OSError as error:
            raise RenderRefused("crash") from error

    def _receive(self, received: bytearray) -> None:
        """Read what has come; a pipe that ended means that the child is gone."""
        data = os.read(self.answers, CHUNK)
        if not data:
            raise RenderRefused("crash")
        received += data


class _State:
    """What this process knows about its child."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.child: _Child | None = None

    def running_child(self) -> _Child:
        """Give the child, a new one if there is none or the old one died while idle."""
        return self.child if self.child and self.child.is_alive() else self.replace()

    def replace(self) -> _Child:
        """End the child and start its successor, which loads while nobody waits."""
        self.end()
        self.child = _Child()
        return self.child

    def end(self) -> None:
        """End the child, if there is one."""
        child, self.child = self.child, None
        if child is not None:
            child.kill()

    def forget(self) -> None:
        """Leave the child to the process that we were forked from, which may even be using it."""
        child, self.child = self.child, None
        self.lock = threading.Lock()
        if child is not None:
            child.close()
            # Not ours to wait for.
            child.process.returncode = 0


_state = _State()
os.register_at_fork(after_in_child=_state.forget)
atexit.register(_state.end)
