"""Reads pages as people do."""

import re
from html import unescape


def text_of(response):
    """Return what a reader sees, tags and runs of space removed."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())
