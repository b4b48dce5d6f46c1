"""What each answer means, against a second implementation written as one pass over the questions of the domain notes."""

import dataclasses
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safar.cases.enums import offers as enums
from safar.cases.queries.offers import RuleSet, rule_set
from safar.cases.rules.agencies import Standing, StandingOn
from safar.cases.rules.agency_names import Likeness
from safar.cases.rules.offers import RANK, AgencyFinding, Fee, Level, OfferAnswers, Outcome, judge, signs_of, unanswered
from tests.factories.offers import GOOD

CHOICES = {
    "offered_by": enums.OfferedBy.values,
    "channel": enums.OfferChannel.values,
    "employer_asked": enums.YesNo.values,
    "purpose": enums.Purpose.values,
    "visa_type": ["work", "seasonal", "tourist", "student", "visa_free", "other", "unknown"],
    "contract": enums.YesNo.values,
    "contract_readable": enums.YesNo.values,
    "wage_in_contract": enums.WageInContract.values,
    "deposit": enums.Deposit.values,
    "passport": enums.Passport.values,
    "pressure": enums.YesNo.values,
    "guaranteed": enums.YesNo.values,
}
FEES = st.builds(
    Fee,
    st.sampled_from(enums.FeeKind.values),
    st.sampled_from(enums.FeePayer.values),
    before_contract=st.booleans(),
)
ANSWERS = st.builds(
    OfferAnswers,
    agency_name=st.sampled_from(["", "Namuna"]),
    payees=st.frozensets(st.sampled_from(enums.Payee.values), max_size=3),
    fees=st.lists(FEES, max_size=2).map(tuple),
    **{name: st.sampled_from(values) for name, values in CHOICES.items()},
)
LIKENESS = st.none() | st.sampled_from(Likeness)
FINDINGS = st.builds(
    AgencyFinding,
    st.none() | st.builds(StandingOn, st.sampled_from(Standing), last_known=st.none() | st.sampled_from(Standing)),
    LIKENESS,
    LIKENESS,
    LIKENESS,
)


def outcome_of(answers: OfferAnswers, finding: AgencyFinding = AgencyFinding()) -> Outcome:  # noqa: B008  (frozen)
    return judge(signs_of(answers, finding), rule_set().active).outcome


def second(answers: OfferAnswers, finding: AgencyFinding) -> str:
    """The outcome by asking the questions of the domain notes one after the other, without rules, signs or YAML."""
    stop = check = False
    mine = [fee for fee in answers.fees if fee.payer == "client"]
    if finding.standing is not None:
        state, known = finding.standing.state, finding.standing.last_known
        stop |= state in ("never", "suspended", "revoked", "expired")
        check |= state == "unknown"
        stop |= state == "unknown" and known in ("suspended", "revoked", "expired")
    stop |= finding.on_contract == "other"
    check |= finding.on_contract == "near" or finding.on_receipt in ("near", "other") or finding.listed == "near"
    stop |= bool(answers.payees & {"person", "official", "acquaintance"})
    stop |= any(fee.before_contract for fee in mine)
    check |= any(fee.kind in ("placement", "permit") for fee in mine)
    if answers.contract == "no":
        check = True
        stop |= bool(mine) or answers.pressure == "yes"
    stop |= answers.passport == "kept" or answers.guaranteed == "yes"
    check |= answers.passport == "asked" or answers.pressure == "yes" or answers.deposit in ("money", "property")
    check |= answers.contract_readable == "no" or answers.wage_in_contract in ("no", "less")
    if answers.purpose == "work":
        stop |= answers.visa_type == "tourist"
        check |= answers.visa_type in ("student", "visa_free", "other")
    else:
        check |= answers.visa_type in ("tourist", "work", "seasonal", "other")
    check |= answers.channel in ("social_media", "acquaintance", "stranger")
    if answers.offered_by == "broker":
        check = True
        stop |= bool(mine)
    check |= answers.offered_by == "official"
    check |= answers.offered_by == "agency" and not answers.agency_name
    check |= answers.offered_by == "employer" and answers.employer_asked != "yes"
    asked = ["offered_by", "channel", "visa_type", "contract", "deposit", "passport", "pressure", "guaranteed"]
    if answers.contract == "yes":
        asked += ["contract_readable", "wage_in_contract"]
    check |= not answers.payees or any(getattr(answers, name) == "unknown" for name in asked)
    return "stop_and_call" if stop else "check_these" if check else "no_warning_found"


@settings(max_examples=250)
@given(ANSWERS, FINDINGS)
def test_two_implementations_come_to_the_same(answers, finding):
    assert outcome_of(answers, finding) == second(answers, finding)


# The answers of each question that are a warning sign, beside all that are none.
WARNINGS = {
    "offered_by": ["broker", "official"],
    "channel": ["social_media", "acquaintance", "stranger"],
    "contract": ["no"],
    "contract_readable": ["no"],
    "wage_in_contract": ["no", "less"],
    "deposit": ["money", "property"],
    "passport": ["kept"],
    "pressure": ["yes"],
    "guaranteed": ["yes"],
}


@settings(max_examples=150)
@given(ANSWERS, FINDINGS, st.data())
def test_a_warning_sign_more_never_lowers_the_level(answers, finding, data):
    harmless = [
        name
        for name, signs in WARNINGS.items()
        if getattr(answers, name) not in signs and name not in ("offered_by", "contract")
    ]
    before = outcome_of(answers, finding)
    changes = [{name: sign} for name in harmless for sign in WARNINGS[name] if getattr(answers, name) != "asked"]
    changes += [{"payees": answers.payees | {payee}} for payee in ("person", "official", "acquaintance")]
    changes += [{"fees": (*answers.fees, Fee(kind, "client", before_contract=True))} for kind in enums.FeeKind.values]
    changed = dataclasses.replace(answers, **data.draw(st.sampled_from(changes)))
    assert RANK[outcome_of(changed, finding)] >= RANK[before]


@settings(max_examples=60)
@given(ANSWERS, FINDINGS, st.sampled_from(sorted({sign for rule in rule_set().active for sign in rule.signs})))
def test_no_rule_takes_back_what_another_says(answers, finding, sign):
    signs = signs_of(answers, finding)
    few, more = judge(signs, rule_set().active), judge(signs | {sign}, rule_set().active)
    assert set(few.rules) <= set(more.rules)
    assert RANK[more.outcome] >= RANK[few.outcome]


@settings(max_examples=100)
@given(ANSWERS, FINDINGS)
def test_an_official_institution_never_makes_an_offer_look_better(answers, finding):
    named = dataclasses.replace(answers, offered_by="official")
    neutral = dataclasses.replace(answers, offered_by="relative")
    assert RANK[outcome_of(named, finding)] >= RANK[outcome_of(neutral, finding)]
    assert outcome_of(named, finding) is not Outcome.NO_WARNING


def test_a_harmless_offer_has_no_warning_and_no_outcome_says_safe():
    licensed = AgencyFinding(StandingOn(Standing.LICENSED), Likeness.SAME, Likeness.SAME, Likeness.SAME)
    assert outcome_of(OfferAnswers(agency_name="Namuna", **GOOD), licensed) is Outcome.NO_WARNING
    assert {outcome.value for outcome in Outcome} == set(enums.OfferOutcome.values)
    words = " ".join(
        [*(str(label) for label in enums.OfferOutcome.labels)]
        + [text.lower() for rule in rule_set().rules for texts in (rule.text, rule.do) for text in texts.values()]
    )
    for promise in (
        "is safe",
        "offer is good",
        "надёжно",
        "безопасное предложение",
        "xavfsiz taklif",
        "green",
        "зелён",
        "yashil",
    ):
        assert promise not in words


@pytest.mark.parametrize(
    ("told", "code", "level"),
    [
        ({"visa_type": "tourist"}, "tourist_visa_for_work", "stop"),
        ({"visa_type": "tourist", "purpose": "study"}, "tourist_visa_for_study", "check"),
        ({"passport": "kept"}, "passport_kept", "stop"),
        ({"passport": "asked"}, "passport_asked", "check"),
        ({"payees": frozenset({"official"})}, "pays_official", "stop"),
        ({"payees": frozenset({"acquaintance"})}, "pays_acquaintance", "stop"),
        ({"fees": (Fee("exam", "client", before_contract=True),)}, "money_before_contract", "stop"),
        ({"fees": (Fee("placement", "client", Decimal(500)),)}, "placement_fee", "check"),
        ({"fees": (Fee("permit", "client"),)}, "permit_fee", "check"),
        ({"contract": "no", "fees": (Fee("visa", "client"),)}, "money_without_contract", "stop"),
        ({"contract": "no", "pressure": "yes"}, "hurried_without_contract", "stop"),
        ({"guaranteed": "yes"}, "guaranteed_selection", "stop"),
        ({"offered_by": "broker", "fees": (Fee("other", "client"),)}, "broker_paid", "stop"),
        ({"offered_by": "official"}, "said_to_be_official", "check"),
        ({"offered_by": "employer", "employer_asked": "no"}, "employer_not_asked", "check"),
        ({"pressure": "unknown"}, "unanswered", "check"),
    ],
)
def test_a_fraud_of_the_notes_is_named(told, code, level):
    rules = {
        rule.code: rule
        for rule in judge(signs_of(OfferAnswers(**{**GOOD, **told}), AgencyFinding()), rule_set().active).rules
    }
    assert rules[code].level == level


def test_what_others_pay_is_no_sign():
    paid = OfferAnswers(**{**GOOD, "fees": (Fee("placement", "employer", before_contract=True), Fee("visa", "agency"))})
    assert signs_of(paid, AgencyFinding()) == {"agency_not_named"}


def test_open_questions_are_listed_in_the_order_they_are_asked():
    assert unanswered(OfferAnswers())[:3] == ("offered_by", "channel", "visa_type")
    assert "contract_readable" not in unanswered(OfferAnswers(contract="no"))
    assert unanswered(OfferAnswers(**{**GOOD, "contract_readable": "unknown"})) == ("contract_readable",)


class TestTheRules:
    def test_every_rule_has_words_in_three_languages_and_a_source(self):
        for rule in rule_set().rules:
            assert {"en", "ru", "uz", "uz-cyrl"} <= set(rule.text) & set(rule.do)
            assert rule_set().sources[rule.source].url.startswith("https://")

    def test_every_sign_has_a_rule_and_every_rule_a_sign_that_can_appear(self):
        spoken = {sign for rule in rule_set().active for sign in rule.signs}
        seen = set()
        for name, values in CHOICES.items():
            for value in values:
                seen |= signs_of(OfferAnswers(**{"contract": "yes", name: value}), AgencyFinding())
                seen |= signs_of(OfferAnswers(**{"purpose": "study", name: value}), AgencyFinding())
        for payee in enums.Payee.values:
            seen |= signs_of(OfferAnswers(payees=frozenset({payee})), AgencyFinding())
        for kind in enums.FeeKind.values:
            seen |= signs_of(OfferAnswers(fees=(Fee(kind, "client", before_contract=True),)), AgencyFinding())
        for standing in Standing:
            seen |= signs_of(OfferAnswers(), AgencyFinding(StandingOn(standing, last_known=Standing.REVOKED)))
        for likeness in Likeness:
            seen |= signs_of(OfferAnswers(), AgencyFinding(None, likeness, likeness, likeness))
        assert spoken == seen | {"agency_not_named"}

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            (lambda raw: raw["rules"].append(raw["rules"][0]), "stand twice"),
            (lambda raw: raw["rules"][0].update(source="nobody"), "Sources are missing"),
            (lambda raw: raw["rules"][0].update(signs=[]), "at least 1"),
        ],
    )
    def test_a_broken_file_is_refused(self, change, says):
        raw = rule_set().model_dump()
        raw["rules"] = [dict(rule) for rule in raw["rules"]]
        change(raw)
        with pytest.raises(ValueError, match=says):
            RuleSet.model_validate(raw)

    def test_a_retired_rule_no_longer_speaks_and_keeps_its_words(self):
        raw = rule_set().model_dump()
        raw["rules"] = [{**rule, "retired": rule["code"] == "pressure"} for rule in raw["rules"]]
        retired = RuleSet.model_validate(raw)
        assert "pressure" not in {rule.code for rule in retired.active}
        assert retired.rule("pressure").text
        assert Level.STOP in {rule.level for rule in retired.active}
