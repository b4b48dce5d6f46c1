"""What makes a row the row it is: a later version of the same register must be known again row by row."""

import hashlib
import hmac
from collections import Counter
from collections.abc import Sequence

from safar.cases.importers.register import words
from safar.cases.importers.register.rows import Visit
from safar.methods.names.keys import registry_keys


def fingerprints(visits: Sequence[Visit], centre_code: str, secret: str) -> list[str]:
    """Return one fingerprint a visit, in order; equal rows are told apart by which of them comes first, second, third.

    A cell that could not be read and is mended later (phone, sex, birth of a named person) does not change it. Keyed, so
    that nobody can find out from the table whether a given person stood in a register.
    """
    seen: Counter[str] = Counter()
    marks = []
    for visit in visits:
        plain = _identity(visit, centre_code)
        seen[plain] += 1
        marks.append(hmac.new(secret.encode(), f"{plain}|{seen[plain]}".encode(), hashlib.sha256).hexdigest())
    return marks


def _identity(visit: Visit, centre_code: str) -> str:
    if visit.name:
        who = " ".join(sorted(registry_keys(visit.name.family, visit.name.given, visit.name.patronymic)))
    else:
        who = f"{visit.sex}|{visit.age or ''}|{visit.born.year if visit.born else ''}|{visit.region}|{visit.district}"
    what = (",".join(visit.topics), words.fold(visit.topic_text), visit.destination, words.fold(visit.note))
    return "|".join((centre_code, visit.day.isoformat(), who, *what))
