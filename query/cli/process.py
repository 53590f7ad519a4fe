"""Runs the command line as a process: streams, errors, exit codes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from indexer.errors import LianghuiError
from query.cli.interrupt import interrupt_again, stop
from query.output.terminal import say

__all__ = ["leave", "run_process"]


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
    _open_streams()
    stdout = sys.stdout
    try:
        sys.exit(command.main(standalone_mode=False))
    except SystemExit as ended:
        # click puts another stream in the place of a pipe that was read as far as its reader wanted.
        sys.exit(ended.code if sys.stdout is stdout else 0)
    except LianghuiError as error:
        say(str(error))
    except click.ClickException as error:
        if isinstance(error, click.NoSuchOption) and not error.option_name.isascii():
            say(_why_no_option(error))
        else:
            error.show()
    except click.Abort:
        stop()
    except BrokenPipeError:  # the reader of a pipe has read enough
        _discard_output()
        sys.exit(0)
    except OSError as error:
        _say_not_written(error)
        _discard_output()
    sys.exit(2)


def leave(code: int) -> NoReturn:
    """End the process with what was printed, and without taking apart what it has in memory: 30 ms."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        code = 0
    except OSError as error:
        _say_not_written(error)
        code = 2
    os._exit(code)


def _say_not_written(error: OSError) -> None:
    say(f"the output cannot be written ({error.strerror}); send it elsewhere")


def _why_no_option(error: click.NoSuchOption) -> str:
    """Explain an option that is no letter: it is a word to be excluded."""
    typed = next((word for word in sys.argv[1:] if word.startswith(error.option_name)), error.option_name)
    return (
        f"there is no option {error.option_name}; put a query that excludes a word in quotes: "
        f"lianghui search '经济 {typed}', and -- before one that begins with a minus"
    )


def _open_streams() -> None:
    """Open a stream that the process was started without to nowhere; let no character be an error."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - to the end
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]


def _discard_output() -> None:
    """Let what is still buffered for stdout vanish, which could not be written when the process ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
