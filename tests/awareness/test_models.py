from uuid import UUID

import pytest

from safar.awareness.models import (
    AttendanceCorrection,
    CountedAttendance,
    Facilitator,
    KnowledgeTest,
    KnowledgeTestItem,
    LoggedQuestion,
    NamedAttendance,
    Session,
    SessionMaterial,
    SessionModule,
    SessionStep,
    SignUp,
)

KEY = UUID("01890000-0000-7000-8000-000000000001")


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (Session(title="Contracts"), "Contracts"),
        (SessionModule(code="women"), "women"),
        (Facilitator(staff_id=KEY), str(KEY)),
        (SessionMaterial(item="leaflet", language="uz"), "leaflet (uz)"),
        (SessionStep(from_state="planned", to_state="held"), "planned → held"),
        (CountedAttendance(sex="male", age_band="u18", count=3), "male u18: 3"),
        (AttendanceCorrection(reason="Two guests"), "Two guests"),
        (SignUp(reference="ABC234", name="Aziza"), "ABC234"),
        (KnowledgeTest(phase="pre"), "pre"),
        (KnowledgeTestItem(number=1, correct=3, answered=9), "1: 3/9"),
        (LoggedQuestion(text="Why?"), "Why?"),
    ],
)
def test_a_row_names_itself(row, text) -> None:
    assert str(row) == text


def test_a_named_row_gives_away_no_name() -> None:
    assert str(NamedAttendance(person_id=KEY)) == str(KEY)
