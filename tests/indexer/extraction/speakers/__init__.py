"""The reader of speakers: names, mentions, attributions, titles, the weights."""
