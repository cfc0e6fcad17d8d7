"""The fact base: the article, what it states, and the sentences that prove it."""
