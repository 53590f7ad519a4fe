"""A worker process: it has the index open, and answers one request at a time, from stdin to stdout.

A process, and not a thread, because it can be stopped: a search that takes too long holds up nobody.
"""

from __future__ import annotations

import os
import sys

from indexer import LianghuiError
from query.page.answering import Answering
from query.page.exchange import Ask, Reply, receive, send

__all__ = ["main"]


def main() -> None:
    """Answer until stdin ends. The first record that is sent says that the index is open, or why not."""
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints, prints to stderr
    try:
        answer = Answering(sys.argv[1])
    except LianghuiError as error:
        send(replies, Reply(str(error).encode("utf-8", "replace"), status=503))
        return
    send(replies, Reply())
    try:
        while True:
            send(replies, answer(receive(requests, Ask)))
    except (EOFError, BrokenPipeError):
        os._exit(0)  # the server has ended: there is nothing to take apart


if __name__ == "__main__":
    main()
