"""The conversation: what is remembered of it, and the question that a message stands for in it."""
