"""How do seeds become a generation? Changes, tasks, workers, the commit."""
