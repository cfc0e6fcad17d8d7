"""From a question to a reply: what is asked, which facts answer it, how it is said."""
