"""The views: each answers one kind of address."""
