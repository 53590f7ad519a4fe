"""What is promised, broken on purpose: killed builds, failing writes, flipped bits, random seeds."""
