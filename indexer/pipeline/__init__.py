"""How do seeds become a generation? Changes, the plan, tasks, workers, the commit."""
