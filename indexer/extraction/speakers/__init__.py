"""Who speaks in each paragraph of a page? Names, cues, mentions, and what learned weights make of them."""
