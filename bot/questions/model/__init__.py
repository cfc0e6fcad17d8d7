"""The trained reader: what a question asks, learnt from labelled questions."""
