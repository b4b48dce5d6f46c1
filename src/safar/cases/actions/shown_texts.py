"""Keeping the words somebody was shown, once for each version."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from safar.cases.models import ShownText


def keep(*, kind: str, code: str, version: str, content: Mapping[str, Any]) -> str:
    """Keep words and return their fingerprint; the same words are kept once, however often they are shown."""
    plain = json.dumps([kind, code, content], ensure_ascii=False, sort_keys=True)
    fingerprint = hashlib.sha256(plain.encode()).hexdigest()
    ShownText.objects.get_or_create(
        fingerprint=fingerprint, defaults={"kind": kind, "code": code, "version": version, "content": content}
    )
    return fingerprint
