"""The bot's database as one SQLite file: the only place with SQL.

`database.py` opens the file and hands out its tables; `schema.py` lays them out. A module for each table holds its
statements. `connection_thread.py` runs them off the event loop, `known_faults.py` keeps what is wrong with the file and
has it logged once, and `database_file.py` looks at the file from outside.
"""
