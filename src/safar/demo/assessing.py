"""Assessments of the demo: the shipped instruments in use, and a few people who were asked, some of them twice."""

import datetime as dt
from random import Random
from uuid import UUID

from safar.cases.actions import assessments, instruments
from safar.cases.models import CaseFile, InstrumentVersion
from safar.cases.queries import instruments as reading
from safar.cases.questionnaires.states import Node
from safar.cases.rules.instruments import About, Filled
from safar.demo.office import Office
from safar.kernel.actor import MACHINE, Actor
from safar.kernel.clock import today

LANGUAGES = ("Русский (ru)", "Oʻzbekcha (uz)", "Ўзбекча (uz-cyrl)")
ASKED = [
    ("rapid_vulnerability", 0, 40),
    ("reintegration_survey", 0, 38),
    ("reintegration_survey", 0, 4),
    ("satisfaction", 0, 3),
    ("readiness", 1, 20),
    ("exploitation_screen", 2, 12),
    ("forced_labour_indicators", 2, 11),
    ("reintegration_survey", 3, 25),
    ("satisfaction", 3, 6),
    ("satisfaction", 1, 2),
]
_ROUNDS = 8


def fill(office: Office, rng: Random) -> None:
    """Take the instruments into use and ask a few people; the supervisor decides on one of two sensitive ones."""
    instruments.install_shipped(by=MACHINE)
    versions = {
        each.instrument.code: each
        for each in InstrumentVersion.objects.filter(state="published").select_related("instrument")
    }
    cases = list(
        CaseFile.objects.filter(person__isnull=False, worker__isnull=False)
        .select_related("centre")
        .order_by("opened_on", "id")[:4]
    )
    counsellor, coordinator = office.actors("counsellor")[0], office.actors("coordinator")[0]
    for code, place, ago in ASKED:
        if place < len(cases):
            made = _ask(versions[code], cases[place], ago, rng, counsellor)
            if code == "exploitation_screen":
                assessments.decide(
                    assessment_id=made, to="watched", reason="She wants to think it over until Monday", by=coordinator
                )


def _ask(version: InstrumentVersion, case: CaseFile, ago: int, rng: Random, by: Actor) -> UUID:
    language = rng.choice(LANGUAGES)
    answers: dict[str, str] = {}
    for _round in range(_ROUNDS):
        state = reading.state_of(version, language=language, answers=answers)
        waiting = [node for node in state.every() if node.is_question and node.options and not node.value]
        if not waiting:
            break
        answers |= {node.path: _answer(node, rng) for node in waiting}
    day = max(today() - dt.timedelta(days=ago), case.opened_on)
    about = About(person_id=case.person_id)
    filled = Filled(answers, language, completed_on=day)
    return assessments.fill(version_id=version.pk, about=about, filled=filled, centre=case.centre, by=by).pk


def _answer(node: Node, rng: Random) -> str:
    """Return a likely answer; what contradicts others, such as none of these, is not drawn."""
    usual = [
        option.value for option in node.options if option.value not in {"none", "no_answer", "not_known", "dont_know"}
    ]
    return rng.choice(usual)
