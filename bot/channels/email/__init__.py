"""The e-mail channel: reads an inbox over IMAP, answers over SMTP. How it was added: docs/add-a-channel.md.

`incoming` reads a mail, `platform` writes and sends an answer, `mailbox` speaks with the servers, `service` looks for
new mail; a mail is marked as read once it is answered.
"""
