"""What is kept: conversations, readers' opinions, how far replies were sent, what waits (setting DATABASE).

`database.py` says what a database has to do for the bot, in plain methods without SQL; `sqlite/` does it in an SQLite
file and holds all the SQL there is. Another database, such as PostgreSQL, is a package beside `sqlite/` whose class has
the same methods, and one more line in `database.BACKENDS`. Whatever goes wrong in a database leaves it as a
StoreError, so nothing above knows which one it is.
"""
