from safar.messaging.models.enquiry import Answer, Enquiry
from safar.messaging.models.message import Message

__all__ = ["Answer", "Enquiry", "Message"]
