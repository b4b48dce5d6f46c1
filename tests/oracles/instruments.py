"""The scores of every shipped instrument a second time, written out by hand: no map, no definition file, no shared code."""

FIVE_GOOD = ["very_poor", "poor", "fair", "good", "very_good"]
FIVE_SATISFIED = ["very_dissatisfied", "dissatisfied", "neither", "satisfied", "very_satisfied"]
FIVE_OFTEN = ["never", "rarely", "sometimes", "often", "very_often"]


def _rising(answer, steps):
    return steps.index(answer) / 4 if answer in steps else None


def _falling(answer, steps):
    value = _rising(answer, steps)
    return None if value is None else 1 - value


def _yes(answer):
    return {"yes": 1.0, "no": 0.0}.get(answer)


def _no(answer):
    return {"yes": 0.0, "no": 1.0}.get(answer)


def _mean(values, least):
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known and len(known) / len(values) >= least else None


def _count(answers, names):
    known = [answers.get(name) for name in names if answers.get(name) in {"yes", "no"}]
    return float(known.count("yes")) if known else None


def rapid_vulnerability(a):
    return {
        "today": _count(a, ["no_shelter", "no_food", "needs_care", "in_danger"]),
        "situation": _count(
            a,
            [
                "under_18",
                "alone",
                "cares_alone",
                "disability",
                "no_documents",
                "entry_ban",
                "pressed_debt",
                "work_signs",
            ],
        ),
    }


def forced_labour_indicators(a):
    signs = "vulnerability deception movement isolation violence threats documents wages debt conditions overtime"
    return {"seen": _count(a, signs.split())}


def exploitation_screen(a):
    signs = "false_promises forced_work excessive_hours fee_deductions movement_denied threats documents_withheld"
    return {"happened": _count(a, signs.split())}


def satisfaction(a):
    def number(name):
        return float(a[name]) if a.get(name) in {"1", "2", "3", "4", "5"} else None

    return {
        "services": _mean([number(n) for n in ("repatriation", "counselling", "economic", "social", "community")], 0.2),
        "overall": number("overall"),
        "expectation": number("expectation"),
    }


def readiness(a):
    steps = []
    if a.get("destination"):
        steps.append(0.0 if a["destination"] == "undecided" else 1.0)
    if a.get("channel"):
        steps.append(1.0 if a["channel"] in {"organised", "agency", "employer"} else 0.0)
    if a.get("documents"):
        steps.append(1.0 if "permit" in a["documents"].split() else 0.0)
    if a.get("contract"):
        steps.append(1.0 if a["contract"] == "own_language" else 0.0)
    steps += [1.0 if a[name] == "yes" else 0.0 for name in ("licence", "costs", "contact_home") if a.get(name)]
    return {"in_place": sum(steps) if len(steps) >= 3.5 else None}


def knowledge_test(a):
    right = {
        "channel": "licensed",
        "passport": "keep",
        "contract": "before_travel",
        "visa": "work",
        "help": "embassy_hotline",
    }
    if any(not a.get(name) for name in right):
        return {"right": None}
    return {"right": float(sum(a[name] == answer for name, answer in right.items()))}


def reintegration_survey(a):
    g = a.get
    economic = [
        _rising(g("good_money"), FIVE_SATISFIED),
        _falling(g("less_food"), FIVE_OFTEN),
        _yes(g("can_borrow")),
        _falling(g("borrows"), FIVE_OFTEN),
        _yes(g("debt_less")),
        _rising(g("job_access"), FIVE_GOOD),
        _yes(g("working")),
        _yes(g("assets")),
    ]
    social = [
        *(
            _rising(g(n), FIVE_GOOD)
            for n in ("housing_access", "housing", "education", "justice", "documents", "water")
        ),
        *(_rising(g(n), FIVE_GOOD) for n in ("health_access", "health_quality", "public")),
        _yes(g("children_attend")),
        _yes(g("has_id")),
    ]
    psychosocial = [
        _rising(g("invited"), FIVE_OFTEN),
        _rising(g("network"), FIVE_GOOD),
        _rising(g("belonging"), FIVE_SATISFIED),
        _rising(g("safety"), FIVE_SATISFIED),
        *(_falling(g(n), FIVE_OFTEN) for n in ("tension", "discrimination", "distress")),
        _no(g("wants_support")),
        _yes(g("can_stay")),
        {"choice": 1.0, "need": 0.0}.get(g("why_leave")),
    ]
    three = [_mean(part, 0.6) for part in (economic, social, psychosocial)]
    whole = sum(three) / 3 if None not in three else None
    return dict(zip(("economic", "social", "psychosocial", "composite"), (*three, whole), strict=True))
