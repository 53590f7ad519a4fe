"""How is the reading of speakers learned? Nothing imports this room, and no user needs it."""
