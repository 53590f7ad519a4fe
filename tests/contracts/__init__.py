"""What is promised of all rooms together."""
