from safar.kernel.actor import Permission

SEND_MESSAGE = Permission("messaging.message.send", "Send reminders to people who agreed to be contacted")
ANSWER_INBOX = Permission("messaging.inbox.answer", "Read and answer questions from the public pages")

PERMISSIONS = [SEND_MESSAGE, ANSWER_INBOX]
