"""Is it true? Recall against a plain scan, and every byte and posting against the seeds."""
