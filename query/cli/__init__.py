"""The commands: each opens the index, calls one function of the library, and prints."""

import os

# numpy starts a thread for each core, for what no command does: a third of the time of a short one.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
