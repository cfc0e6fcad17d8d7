"""English, and only here: word lists and forms; the rest of the bot asks this room."""
