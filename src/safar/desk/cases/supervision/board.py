"""What colleagues have for somebody on today's board."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from safar.cases.enums.approvals import ApprovalState
from safar.cases.permissions import ASK_OPINION, DECIDE_APPROVAL, MANAGE_CASE, RECORD_CONTACT
from safar.cases.queries import approvals, care, conferences, hand_overs, opinions
from safar.desk.board import BoardCard
from safar.desk.cases.supervision.facts import page_of
from safar.kernel.actor import Actor
from safar.ui.numbers import written_date

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Item:
    """One line: what it is, where it leads, and where its "Noted" goes if it has one."""

    title: str
    text: str
    url: str
    icon: str
    noted_url: str = ""


def cards(actor: Actor) -> list[BoardCard]:
    """Show what waits for this person or was answered to them; no card when there is nothing."""
    items = items_for(actor)
    if not items:
        return []
    shown = {
        "items": items[:SHOWN],
        "more": max(len(items) - SHOWN, 0),
        "to_note": any(item.noted_url for item in items),
    }
    return [BoardCard(_("From your colleagues"), 15, "desk/cases/supervision/_board.html", shown)]


def items_for(actor: Actor) -> list[Item]:
    """Return everything that waits for this person or was answered to them; 7 queries at most."""
    return [*_approvals(actor), *_opinions(actor), *_hand_overs(actor), *_steps(actor), *_week(actor)]


def _approvals(actor: Actor) -> list[Item]:
    items = []
    if actor.may(DECIDE_APPROVAL) and (n := approvals.count_waiting(by=actor)):
        title = ngettext("%(n)d request waits for approval", "%(n)d requests wait for approval", n) % {"n": n}
        items.append(Item(title, "", reverse("desk:cases:approvals"), "shield"))
    if actor.may(MANAGE_CASE):
        for each in approvals.answers_for(by=actor):
            words = _("Approved") if each.state == ApprovalState.APPROVED else _("Sent back")
            noted = reverse("desk:cases:approval_noted", args=[each.pk])
            items.append(Item(f"{words}: {each.get_act_display()}", each.answer, page_of(each), "check", noted))
    return items


def _opinions(actor: Actor) -> list[Item]:
    if not actor.may(ASK_OPINION):
        return []
    asked = [
        Item(
            _("%(name)s asks for your opinion") % {"name": each.asked_by},
            "",
            reverse("desk:cases:opinion", args=[each.pk]),
            "message",
        )
        for each in opinions.asked_of(actor)
    ]
    answered = [
        Item(
            _("%(name)s has answered you") % {"name": each.asked_of},
            "",
            reverse("desk:cases:opinion", args=[each.pk]),
            "message",
            reverse("desk:cases:opinion_noted", args=[each.pk]),
        )
        for each in opinions.answers_for(actor)
    ]
    return [*asked, *answered]


def _hand_overs(actor: Actor) -> list[Item]:
    items = []
    for each in hand_overs.told_to(actor):
        noted = reverse("desk:cases:hand_over_noted", args=[each.pk])
        if each.case_file_id:
            title, url = _("A case file is yours now"), reverse("desk:cases:case", args=[each.case_file_id])
        else:
            title, url = _("A follow-up is yours now"), reverse("desk:cases:contact", args=[each.contact_id])
        who = each.handed_by.full_name if each.handed_by else ""
        items.append(Item(title, f"{who}: {each.reason}" if who else each.reason, url, "users", noted))
    return items


def _steps(actor: Actor) -> list[Item]:
    if not actor.may(MANAGE_CASE):
        return []
    return [
        Item(
            _("Next step of a case conference, until %(day)s") % {"day": written_date(each.next_step_on)},
            each.next_step,
            reverse("desk:cases:case", args=[each.case_file_id]),
            "folder",
        )
        for each in conferences.steps_of(actor)
        if each.next_step_on
    ]


def _week(actor: Actor) -> list[Item]:
    if not actor.may(RECORD_CONTACT):
        return []
    week = care.own_week(by=actor)
    if week.said or not week.hard:
        return []
    return [
        Item(
            _("How are you?"),
            ngettext(
                "%(n)d hard conversation in a few days. If it weighs on you, you can say so.",
                "%(n)d hard conversations in a few days. If it weighs on you, you can say so.",
                week.hard,
            )
            % {"n": week.hard},
            reverse("desk:cases:care"),
            "heart-handshake",
        )
    ]
