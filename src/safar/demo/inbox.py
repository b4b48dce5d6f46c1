"""Questions people sent through the portal, some answered, and facts colleagues have confirmed."""

from random import Random

from safar.demo.office import Office
from safar.guide.actions import facts
from safar.guide.models import Fact
from safar.kernel.actor import VISITOR
from safar.messaging.actions import enquiries
from safar.messaging.rules import EnquiryDetails

QUESTIONS = [
    ("question", "uz", "Agentlik pulni oldindan soʻrayapti. Toʻlasam boʻladimi?", "Toʻlamang. Avval litsenziyasini va shartnomani birga tekshiramiz: markazga keling yoki shu yerga yozing."),
    ("question", "ru", "Как узнать, есть ли у меня запрет на въезд?", "Проверим вместе в центре: возьмите паспорт. Это бесплатно."),
    ("question", "uz-cyrl", "Кореяга бориш учун тилни қаерда ўрганса бўлади?", ""),
    ("visit", "uz", "Shartnomani koʻrsatmoqchiman.", ""),
]  # fmt: skip


def fill(office: Office, rng: Random) -> None:
    """Send the questions as visitors, answer some as a counsellor, confirm half of the facts as the coordinator."""
    counsellor, coordinator = office.actors("counsellor")[0], office.actors("coordinator")[0]
    for kind, language, text, answer in QUESTIONS:
        details = EnquiryDetails(kind=kind, text=text, language=language, centre_id=office.main.pk)
        enquiry = enquiries.submit(details=details, by=VISITOR)
        if answer:
            enquiries.answer(enquiry_id=enquiry.pk, text=answer, by=counsellor)
    for number, fact in enumerate(Fact.objects.filter(retired_on=None).order_by("key")):
        facts.assign(fact_id=fact.pk, owner=office.staff["counsellor"][number % 3], by=coordinator)
        if rng.random() < 0.45:
            facts.verify(fact_id=fact.pk, by=coordinator)
