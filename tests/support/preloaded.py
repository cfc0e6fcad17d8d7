"""Imported once by the process from which servers under test are forked."""
# ruff: noqa: F401

import bot.channels.rest
import bot.channels.slack.service
import bot.channels.telegram.channel
import bot.web.server
import tests.support.tiny
import tests.support.tinyactions
