"""Scripted conversations: reads them, holds them with the bot, and says where the bot no longer does as written."""
