"""What colleagues of the demo look at together: a conference, a second opinion, a hand-over, approvals, a heavy week."""

import datetime as dt

from safar.cases.actions import approvals, care, conferences, contacts, hand_overs, opinions
from safar.cases.enums.approvals import Act
from safar.cases.enums.cases import OPEN_CASES
from safar.cases.models import CaseFile, Contact
from safar.cases.queries.approvals import circumstances_of
from safar.cases.rules.contacts import ContactDetails, RedFlag
from safar.cases.rules.supervision import ConferenceDetails
from safar.demo.office import Office
from safar.kernel.clock import now, today
from safar.trust.queries.profile import profile

WORDS = {
    "uz": {
        "question": "Qaytgandan keyin ish topolmayapti. Avval oʻqish kerakmi yoki ish?",
        "decided": "Avval kasb oʻrganadi, ish bilan bandlik markazi bilan birga gaplashamiz.",
        "step": "Ish bilan bandlik markaziga birga borish",
        "ask": "Bu odam bilan keyingi qadamni qanday boshlagan boʻlardingiz?",
        "answer": "Avval qarzi haqida soʻrang, keyin ish haqida gaplashing.",
        "drop_out": "Uch marta qoʻngʻiroq qilindi, mahalla orqali ham soʻraldi, javob yoʻq.",
        "close": "Ish topdi, oʻzi yordam kerak emasligini aytdi.",
        "missing": "Oilasiga ham qoʻngʻiroq qilib koʻring.",
        "hand_over": "Qoraqalpoq tilida gaplashish osonroq",
        "away": "Hamkasb safarda",
    },
    "ky": {
        "question": "Кайткандан кийин жумуш таба албай жатат. Адегенде окуубу же жумушпу?",
        "decided": "Адегенде кесип үйрөнөт, жумуш борбору менен чогуу сүйлөшөбүз.",
        "step": "Жумуш борборуна чогуу баруу",
        "ask": "Бул киши менен кийинки кадамды кантип баштамаксыз?",
        "answer": "Адегенде карызы жөнүндө сураңыз, андан кийин жумуш жөнүндө.",
        "drop_out": "Үч жолу чалдык, айыл өкмөтү аркылуу да сурадык, жооп жок.",
        "close": "Жумуш тапты, жардам керек эмес экенин айтты.",
        "missing": "Үй-бүлөсүнө да чалып көрүңүз.",
        "hand_over": "Өзбек тилинде сүйлөшүү жеңилирээк",
        "away": "Кесиптеш иш сапарда",
    },
    "tg": {
        "question": "Пас аз бозгашт кор намеёбад. Аввал таҳсил ё кор?",
        "decided": "Аввал касб меомӯзад, бо маркази шуғл якҷоя гап мезанем.",
        "step": "Якҷоя ба маркази шуғл рафтан",
        "ask": "Бо ин кас қадами ояндаро чӣ тавр оғоз мекардед?",
        "answer": "Аввал дар бораи қарзаш пурсед, баъд дар бораи кор.",
        "drop_out": "Се бор занг задем, аз маҳалла ҳам пурсидем, ҷавоб нест.",
        "close": "Кор ёфт, гуфт, ки кӯмак лозим нест.",
        "missing": "Ба оилааш ҳам занг занед.",
        "hand_over": "Бо забони ӯзбекӣ гап задан осонтар аст",
        "away": "Ҳамкор дар сафар аст",
    },
}  # fmt: skip


def fill(office: Office) -> None:
    """Let colleagues help each other in a few of the open case files, each step by the people whose work it is."""
    words = WORDS.get(profile().default_language, WORDS["uz"])
    workers, chief = office.actors("counsellor"), office.actors("coordinator")[0]
    first, second = workers[:2]
    open_ones = CaseFile.objects.filter(state__in=sorted(OPEN_CASES), person__isnull=False, centre=office.main)
    files = list(open_ones.select_related("person").order_by("opened_on", "person__client_number")[:5])
    if len(files) < 5:
        return
    _sit_together(files[0], office, words)
    asked = opinions.ask(case_id=files[1].pk, of_id=second.id, question=words["ask"], by=first)
    opinions.answer(opinion_id=asked.pk, text=words["answer"], by=second)
    opinions.ask(case_id=files[2].pk, of_id=first.id, question=words["ask"], by=second)
    for case, reason in zip(files[2:4], (words["drop_out"], words["close"]), strict=True):
        request = approvals.ask(
            act=Act.DROP_OUT, subject_key=case.pk, about=circumstances_of(case), reason=reason, by=second
        )
    approvals.decide(approval_id=request.pk, approve=False, answer=words["missing"], by=chief)
    to = next(worker.id for worker in workers if worker.id not in {None, files[4].worker_id})
    hand_overs.hand_over_case(case_id=files[4].pk, to_id=to, reason=words["hand_over"], by=chief)
    late = Contact.objects.filter(follow_up_on__lt=today(), follow_up_done_at=None, centre=office.main)
    chosen = list(late.order_by("follow_up_on", "id").values_list("pk", flat=True)[:2])
    if chosen:
        hand_overs.hand_over_follow_ups(contact_ids=chosen, to_id=first.id, reason=words["away"], by=chief)
    care.say(wish="talk", by=first)
    _see_signs(files, office)


def _see_signs(files: list[CaseFile], office: Office) -> None:
    """Record what was seen in two conversations, which makes two of the cases heavy."""
    by = office.actors("counsellor")[0]
    signs = [
        ("psychosocial_distress", "debt_bondage_risk"),
        ("destitute", "no_documents", "chronic_or_serious_illness"),
    ]
    for case, seen in zip(files, signs, strict=False):
        details = ContactDetails(
            occurred_at=now() - dt.timedelta(hours=2),
            mode="in_person_office",
            topics=("psychosocial",),
            red_flags=[RedFlag("vulnerability_flag", code) for code in seen],
        )
        contacts.record(details=details, centre=office.main, person_id=case.person_id, by=by)


def _sit_together(case: CaseFile, office: Office, words: dict[str, str]) -> None:
    first, second = office.actors("counsellor")[:2]
    chief = office.actors("coordinator")[0]
    details = ConferenceDetails(
        held_on=today(),
        participants=[actor.id for actor in (first, second, chief) if actor.id],
        question=words["question"],
        decided=words["decided"],
        next_step=words["step"],
        next_step_on=today() + dt.timedelta(days=5),
        next_step_by=first.id,
    )
    conferences.add(case_id=case.pk, details=details, by=chief)
