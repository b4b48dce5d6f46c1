from itertools import count

from safar.trust.models import Centre, RoleAssignment, Staff

_NUMBERS = count(1)


def centre(code: str = "", **fields) -> Centre:
    code = code or f"T{next(_NUMBERS)}"
    defaults = {"name": {"en": f"Centre {code}", "ru": f"Центр {code}", "uz": f"Markaz {code}"}, "region": "UZ-TK"}
    return Centre.objects.create(code=code, **(defaults | fields))


def staff(*roles: str, at: Centre | None = None, **fields) -> Staff:
    """Make a member of staff holding the given roles; the password is always `correct horse battery`."""
    number = next(_NUMBERS)
    member = Staff(email=f"staff{number}@example.org", full_name=f"Staff {number}", centre=at or centre(), **fields)
    member.set_password("correct horse battery")
    member.save()
    RoleAssignment.objects.bulk_create(RoleAssignment(staff=member, role=role) for role in roles)
    return member
