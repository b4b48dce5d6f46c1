from smtplib import SMTPException

from django.core.mail import EmailMessage

from safar.messaging.channels.contract import Channel, ChannelError


def deliver(*, address: str, subject: str, body: str) -> None:
    """Send one plain-text letter; plain, because a phone with little data shows it and no picture reports who opened it."""
    try:
        EmailMessage(subject=subject, body=body, to=[address]).send()
    except (SMTPException, OSError) as error:
        raise ChannelError(type(error).__name__) from error


CHANNEL = Channel(code="email", label="E-mail", deliver=deliver)
