"""The same answers from a cluster, and what becomes of them when it breaks."""
