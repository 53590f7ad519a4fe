"""What else was meant, and what comes close? Synonyms, sessions, pinyin, the rungs below exact."""
