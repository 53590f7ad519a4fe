"""Runs the command line as a process: streams, errors, exit codes."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

from indexer.errors import LianghuiError
from query.cli.interrupt import interrupt_again, stop
from query.output.terminal import say

__all__ = ["run_process"]


def run_process(command: click.Command) -> NoReturn:
    """Run a command with the arguments of the process, and exit with the code that it returns.

    Exit with 2 on an error that a user can cause, and with 130 when interrupted; raise any other.
    """
    try:
        sys.unraisablehook = interrupt_again
        _run(command)
    except KeyboardInterrupt:  # outside of the command: before it starts, or while the process ends
        stop()


def _run(command: click.Command) -> NoReturn:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        sys.exit(command.main(standalone_mode=False))
    except LianghuiError as error:
        say(str(error))
    except click.NoSuchOption as error:
        if error.option_name.isascii():
            error.show()
        else:  # a word that is to be excluded
            say(_why_no_option(error))
    except click.ClickException as error:
        error.show()
    except click.Abort:
        stop()
    except BrokenPipeError:  # the reader of a pipe has read enough
        _discard_output()
        sys.exit(0)
    except OSError as error:
        say(f"the output cannot be written ({error.strerror}); send it elsewhere")
        _discard_output()
    sys.exit(2)


def _why_no_option(error: click.NoSuchOption) -> str:
    """Explain an option that is no letter: it is a word to be excluded."""
    typed = next((word for word in sys.argv[1:] if word.startswith(error.option_name)), error.option_name)
    return (
        f"there is no option {error.option_name}; put a query that excludes a word in quotes: "
        f"lianghui search '经济 {typed}', and -- before one that begins with a minus"
    )


def _discard_output() -> None:
    """Let what is still buffered for stdout vanish, which could not be written when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
