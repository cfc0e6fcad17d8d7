"""A question-answering chatbot about one article."""
