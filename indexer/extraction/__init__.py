"""Who, when, where, about what? Speakers, mentions, dates, sessions, topics of a text."""
