"""Question understanding: the components of the Rasa pipeline and what they are made of."""
