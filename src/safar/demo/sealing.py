"""Sealed notes of the demo: a key of its own, two named readers, a request that waits for a second person."""

import datetime as dt

from safar.cases.models import CaseFile
from safar.demo.office import Office
from safar.kernel.clock import today
from safar.trust.actions import sealed, sealed_key
from safar.trust.queries import sealed_key as keys
from safar.trust.queries.profile import profile

NOTES = {
    "uz": [
        ("trafficking", "Pasporti haydovchida qolganini, ish joyidan chiqishga ruxsat boʻlmaganini aytdi. Telefonda gaplashmaslikni soʻradi."),
        ("violence", "Qaytgandan keyin uyda urishlar boʻlganini aytdi. Faqat markazga kelganda gaplashamiz."),
        ("health", "Insulin oladi; dorisini safarda olib yurishi kerak."),
    ],
    "ky": [
        ("trafficking", "Паспорту айдоочуда калганын, иштеген жеринен чыгууга уруксат болбогонун айтты. Телефондон сүйлөшпөөнү суранды."),
        ("violence", "Кайткандан кийин үйдө уруп-согуу болгонун айтты. Борборго келгенде гана сүйлөшөбүз."),
        ("health", "Инсулин алат; дарысын жолго ала жүрүшү керек."),
    ],
    "tg": [
        ("trafficking", "Гуфт, ки шиносномааш дар дасти ронанда мондааст ва аз ҷойи кор баромадан иҷозат набуд. Хоҳиш кард, ки бо телефон гап назанем."),
        ("violence", "Гуфт, ки пас аз бозгашт дар хона лату кӯб буд. Танҳо дар марказ гап мезанем."),
        ("health", "Инсулин мегирад; доруяшро бояд дар сафар бо худ дошта бошад."),
    ],
}  # fmt: skip


def fill(office: Office) -> None:
    """Seal three notes, name two readers, and let one of them ask to open them."""
    if not keys.is_there():
        sealed_key.make()
    people = list(
        CaseFile.objects.filter(person__isnull=False)
        .order_by("person__client_number")
        .values_list("person_id", flat=True)
        .distinct()[: len(NOTES["uz"])]
    )
    writer, reader = office.actors("counsellor")[:2]
    texts = NOTES.get(profile().default_language, NOTES["uz"])
    for person, (kind, text) in zip(people, texts, strict=False):
        sealed.write(person_key=person, kind=kind, text=text, by=writer)
    officer = office.actors("dpo")[0]
    until = today() + dt.timedelta(days=180)
    for member in (reader, office.actors("coordinator")[0]):
        sealed.name_reader(staff_id=member.id, kind="trafficking", reason="Focal point", until=until, by=officer)
    if people:
        sealed.ask(person_key=people[0], reason="She comes today at 15:00", by=reader)
