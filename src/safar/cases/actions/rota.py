import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from safar.cases.actions import places
from safar.cases.enums.day import RotaKind, RotaReason
from safar.cases.models import RotaChange, RotaShift
from safar.cases.permissions import PLAN_ROTA
from safar.cases.queries import rota
from safar.cases.rules.day import Hours, clash
from safar.kernel import once
from safar.kernel.actor import Actor, check_may
from safar.kernel.clock import today
from safar.trust.actions import audit
from safar.trust.models import Centre, Staff


@dataclass(frozen=True, slots=True)
class ChangeDetails:
    """A day that differs from the week; nobody named means everybody, no place named all places of the centre."""

    kind: str
    day: dt.date
    reason: str
    staff_id: UUID | None = None
    centre_id: UUID | None = None
    name: str = ""


@transaction.atomic
def plan(*, weekdays: list[int], hours: Hours, valid_from: dt.date, form_key: str = "", by: Actor) -> list[RotaShift]:
    """Let a colleague receive people at a place every week at these hours; two desks at a time are refused."""
    check_may(by, PLAN_ROTA)
    if earlier := once.result_of(form_key):
        return [RotaShift.objects.get(pk=earlier)]
    places.check_runs(hours.centre_id, by)
    Staff.objects.select_for_update(no_key=True).get(pk=hours.staff_id)
    _check_hours(hours)
    if not weekdays or not all(1 <= day <= 7 for day in weekdays):  # noqa: PLR2004  (ISO weekdays)
        raise ValidationError({"weekdays": _("Choose at least one day of the week.")})
    if valid_from < today():
        raise ValidationError({"valid_from": _("This day is over; what was is not planned anew.")})
    standing = RotaShift.objects.filter(staff=hours.staff_id, weekday__in=weekdays)
    standing = standing.filter(Q(valid_until=None) | Q(valid_until__gte=valid_from)).order_by("id")
    if any(_would_clash(hours, shift) for shift in standing):
        raise ValidationError({"starts": _("At these hours the colleague is planned already.")})
    made = [
        RotaShift.objects.create(
            staff_id=hours.staff_id,
            centre_id=hours.centre_id,
            weekday=weekday,
            starts=hours.starts,
            ends=hours.ends,
            slot_minutes=hours.slot_minutes,
            seats=hours.seats,
            for_public=hours.for_public,
            valid_from=valid_from,
        )
        for weekday in sorted(set(weekdays))
    ]
    once.use(form_key, made[0].pk)
    audit.record(by=by, action="cases.rota.plan", subject_key=made[0].pk, fields=["weekday", "starts", "ends"])
    return made


@transaction.atomic
def end(*, shift_id: UUID, last_day: dt.date, by: Actor) -> RotaShift:
    """End weekly hours with a day; visits booked after it stay on the list, to be moved by people."""
    check_may(by, PLAN_ROTA)
    shift = RotaShift.objects.select_for_update(of=("self",)).get(pk=shift_id)
    places.check_runs(shift.centre_id, by)
    if last_day < today() - dt.timedelta(days=1):
        raise ValidationError({"last_day": _("This day is over; what was is not planned anew.")})
    shift.valid_until = max(last_day, shift.valid_from - dt.timedelta(days=1))
    shift.save(update_fields=["valid_until"])
    audit.record(by=by, action="cases.rota.end", subject_key=shift.pk, fields=["valid_until"])
    return shift


@transaction.atomic
def change(*, details: ChangeDetails, hours: Hours | None = None, form_key: str = "", by: Actor) -> RotaChange:
    """Take a day out of the week, for one or for all, or add hours on a day: a mobile team at a named place, a Saturday."""
    check_may(by, PLAN_ROTA)
    if earlier := once.result_of(form_key):
        return RotaChange.objects.get(pk=earlier)
    if details.centre_id:
        places.check_runs(details.centre_id, by)
    elif by.centre_id and not (details.staff_id or details.reason == RotaReason.HOLIDAY):
        raise ValidationError(
            {"centre": _("Choose the place; only a holiday or one colleague's day concerns them all.")}
        )
    _check_change(details, hours)
    timed = {} if hours is None else {
        "starts": hours.starts,
        "ends": hours.ends,
        "slot_minutes": hours.slot_minutes,
        "seats": hours.seats,
        "for_public": hours.for_public,
    }  # fmt: skip
    made = RotaChange.objects.create(
        kind=details.kind,
        day=details.day,
        staff_id=details.staff_id,
        centre_id=details.centre_id,
        reason=details.reason,
        name=details.name.strip(),
        **timed,
    )
    once.use(form_key, made.pk)
    audit.record(by=by, action="cases.rota.change", subject_key=made.pk, fields=["day", "kind"])
    return made


@transaction.atomic
def take_back(*, change_id: UUID, by: Actor) -> None:
    """Let a day be again what the week says it is."""
    check_may(by, PLAN_ROTA)
    found = RotaChange.objects.select_for_update(of=("self",)).get(pk=change_id)
    if found.centre_id:
        places.check_runs(found.centre_id, by)
    found.delete()
    audit.record(by=by, action="cases.rota.take_back", subject_key=change_id, fields=["day"])


def _would_clash(hours: Hours, shift: RotaShift) -> bool:
    other = Hours(shift.staff_id, shift.centre_id, shift.starts, shift.ends, shift.slot_minutes)
    return clash(hours, other)


def _check_hours(hours: Hours) -> None:
    messages = {
        "before_start": _("The end comes before the beginning."),
        "impossible": _("This number cannot be."),
        "does_not_fit": _("Not one visit of this length fits into these hours."),
    }
    if found := hours.problems():
        raise ValidationError({field: messages[code] for field, code in found.items()})


def _check_change(details: ChangeDetails, hours: Hours | None) -> None:
    problems: dict[str, str] = {}
    if details.kind not in RotaKind.values:
        problems["kind"] = _("Choose one of the values offered.")
    if details.reason not in RotaReason.values:
        problems["reason"] = _("Choose one of the values offered.")
    if details.day < today():
        problems["day"] = _("This day is over; what was is not planned anew.")
    if details.kind == RotaKind.EXTRA and not (details.staff_id and details.centre_id and hours):
        problems["staff"] = _("Say who receives people, where, and from when until when.")
    if details.kind == RotaKind.OFF and details.reason == RotaReason.HOLIDAY and not details.name.strip():
        problems["name"] = _("Write the name of the holiday.")
    if details.reason == RotaReason.MOBILE and not details.name.strip():
        problems["name"] = _("Write where the team stands that day.")
    if problems:
        raise ValidationError(problems)
    if hours:
        _check_hours(hours)
        _check_free(details, hours)


def _check_free(details: ChangeDetails, hours: Hours) -> None:
    """Refuse extra hours that put a colleague at two desks at a time; a day on the road takes them out of their week."""
    everywhere = list(Centre.objects.order_by("id").values_list("pk", flat=True))
    planned = rota.hours(details.day, details.day, places=everywhere, staff_id=details.staff_id)[details.day]
    of_week = details.reason != RotaReason.MOBILE
    if any(clash(hours, other) for other in planned if of_week or other.place):
        raise ValidationError({"starts": _("At these hours the colleague is planned already.")})
