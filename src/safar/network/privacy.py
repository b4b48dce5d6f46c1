"""How private the fields of the network are. Nothing here leads to a person, so there is no part to export or erase."""

from safar.kernel.privacy import Privacy

FIELDS: dict[str, Privacy] = {
    "OutboxBundle.id": Privacy.INTERNAL,
    "OutboxBundle.recorded_at": Privacy.INTERNAL,
    "OutboxBundle.month": Privacy.INTERNAL,
    "OutboxBundle.content": Privacy.INTERNAL,
    "OutboxBundle.sha256": Privacy.INTERNAL,
    "OutboxBundle.signature": Privacy.INTERNAL,
    "OutboxBundle.public_key": Privacy.PUBLIC,
    "OutboxBundle.state": Privacy.INTERNAL,
}
