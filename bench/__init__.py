"""The benchmark: stock Rasa and this bot beside each other, see `python -m bench --help`."""
