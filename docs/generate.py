"""Writes the reference pages that follow from code and data, so that they cannot say something else: `python docs/generate.py`.

Each function `_<page>` returns one page of docs/reference; tests/docs fails while a page on disk differs from what comes out here.
"""
# ruff: noqa: INP001, T201, E402  (a script beside the documents, not a package)

import importlib
import importlib.util
import os
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
REFERENCE = ROOT / "docs" / "reference"
if __name__ == "__main__":  # imported by a test, the package is found already
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safar.config.settings.test")

import django
import yaml
from django.apps import apps
from django.utils import translation

import safar

PACKAGE = Path(safar.__file__).parent
NOTE = "<!-- Written by docs/generate.py: change the source it is made from, then run `make docs`. -->\n"
COUNTRIES = ("UZ", "KG", "TJ")
MEGABYTE, HOUR = 1024 * 1024, 3600


def main() -> int:
    """Write every page; say which changed."""
    django.setup()
    for path, text in pages().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"written: {path.relative_to(ROOT)}")
    return 0


def pages() -> dict[Path, str]:
    """Return every generated page by its path, in English whatever language is active."""
    makers: dict[str, Callable[[], str]] = {
        "roles": _roles,
        "states": _states,
        "indicators": _indicators,
        "privacy": _privacy,
        "limits": _limits,
        "dependencies": _dependencies,
        "api": _api,
        "data-sources": _data_sources,
        "hosting-and-law": _hosting_and_law,
    }
    with translation.override("en"):
        return {REFERENCE / f"{name}.md": make().rstrip() + "\n" for name, make in makers.items()}


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a Markdown table; bars and line breaks inside a cell would end it, so they are replaced."""
    lines = [list(head)]
    lines += [[str(cell).replace("|", "\\|").replace("\n", " ").strip() for cell in row] for row in rows]
    text = [f"| {' | '.join(line)} |" for line in lines]
    return "\n".join([text[0], f"|{'---|' * len(lines[0])}", *text[1:]]) + "\n"


def resolve(place: str) -> Any:
    """Return what a place names: a module by dots, then attributes by dots and keys in brackets."""
    parts = re.findall(r"\w+|\[\w+\]", place)
    length = next(length for length in range(len(parts), 0, -1) if _is_module(".".join(parts[:length])))
    return reduce(_inside, parts[length:], importlib.import_module(".".join(parts[:length])))


def _is_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:  # what stands before the last dot is no package
        return False


def _inside(held: Any, part: str) -> Any:
    if not part.startswith("["):
        return getattr(held, part)
    return held[int(part[1:-1]) if isinstance(held, list) else part[1:-1]]


def _page(title: str, text: str, *blocks: str) -> str:
    return "\n".join([f"{NOTE}# {title}\n", f"{text.strip()}\n", *blocks])


def _modules(name: str) -> list[tuple[str, Any]]:
    """Return (domain, module) of every app of ours that has a module of this name."""
    ours = [config.name.split(".")[1] for config in apps.get_app_configs() if config.name.startswith("safar.")]
    have = [domain for domain in ours if importlib.util.find_spec(f"safar.{domain}.{name}")]
    return [(domain, importlib.import_module(f"safar.{domain}.{name}")) for domain in have]


def _roles() -> str:
    from safar.trust.permissions import ROLES

    described = table(
        ("Role", "What it is for", "Sees people", "Code"),
        (
            (role.name, role.description, "yes" if role.sees_people else "**no**", f"`{role.code}`")
            for role in ROLES.values()
        ),
    )
    rows = [
        (one.description, *("●" if one.code in role.permissions else "" for role in ROLES.values()), f"`{one.code}`")
        for _domain, module in _modules("permissions")
        for one in module.PERMISSIONS
    ]
    return _page(
        "Roles and permissions",
        "Made from `safar/trust/permissions.py` and the `permissions.py` of each domain. A person may hold several roles and then may do "
        "what any of them allows. Nobody gives roles to themselves. How to give one: [give roles](../how-to/give-roles.md).",
        described,
        "## What each role may do\n",
        table(("Permission", *(str(role.name) for role in ROLES.values()), "Code"), rows),
    )  # fmt: skip


def _states() -> str:
    from safar.awareness import enums as awareness
    from safar.campaigns import enums as campaigns
    from safar.cases.enums import approvals, cases, complaints, departure, instruments, referrals, supervision
    from safar.messaging import enums as messaging
    from safar.partners import enums as partners

    steps = [(before, after, step.value) for step, (froms, after) in awareness.TRANSITIONS.items() for before in froms]
    return _page(
        "States",
        "What may become of a thing, made from the transition tables in each domain's `enums.py`. A move that is not drawn is refused. "
        "The first state is the one a new record has.",
        _diagram("Case file", cases.CaseState, _moves(cases.CASE_MOVES)),
        f"A reason is asked for: {_labels(cases.CASE_NEEDS_REASON)}. A closed file stays closed: a person who comes back gets a new one.\n",
        _diagram("Assessment", instruments.AssessmentState, _moves(instruments.ASSESSMENT_MOVES)),
        _diagram("Version of an instrument", instruments.VersionState, _moves(instruments.VERSION_MOVES)),
        _diagram("What became of a departure", departure.Outcome, _moves(departure.OUTCOME_MOVES)),
        "Each finding is a row of its own with its day; none is written over.\n",
        _diagram("Referral", referrals.ReferralState, _moves(referrals.REFERRAL_MOVES)),
        f"A reason is asked for: {_labels(referrals.REFERRAL_NEEDS_REASON)}.\n",
        _diagram("Complaint", complaints.ComplaintState, _moves(complaints.COMPLAINT_MOVES)),
        _diagram("Approval", approvals.ApprovalState, _moves(approvals.APPROVAL_MOVES)),
        f"A reason is asked for: {_labels(approvals.APPROVAL_NEEDS_REASON)}. Whoever asked cannot approve.\n",
        _diagram("Second opinion", supervision.OpinionState, _moves(supervision.OPINION_MOVES)),
        *_states_of_the_day(),
        *_states_after_return(),
        _diagram("Awareness session", awareness.SessionState, steps),
        f"A reason is asked for the steps {', '.join(sorted(awareness.STEPS_WITH_REASON))}. Only these enter a report: "
        f"{_labels(awareness.COUNTED_STATES)}. Who held a session or entered its figures cannot approve it.\n",
        _diagram("Campaign", campaigns.CampaignState, _moves(campaigns.TRANSITIONS)),
        _diagram("Partner", partners.PartnerState, _moves(partners.TRANSITIONS)),
        _diagram("Question or wish for a visit", messaging.EnquiryState, _moves(messaging.ENQUIRY_TRANSITIONS)),
        "## Message to a person\n",
        "Has no table of moves: the consent gate and the channel decide, once. A message ends as one of: "
        f"{_labels(state for state in messaging.MessageState if state != messaging.MessageState.QUEUED)}.\n",
    )  # fmt: skip


def _states_of_the_day() -> list[str]:
    from safar.cases.enums import day

    return [
        _diagram("Booked visit", day.VisitState, _moves(day.VISIT_MOVES)),
        f"A reason is asked for: {_labels(day.VISIT_NEEDS_REASON)}. What nobody recorded is asked about, never made a no-show.\n",
        _diagram("Waiting number", day.TicketState, _moves(day.TICKET_MOVES)),
        _diagram("Call-back", day.CallState, _moves(day.CALL_MOVES)),
    ]


def _states_after_return() -> list[str]:
    from safar.cases.enums import reintegration

    return [
        _diagram("Immediate need", reintegration.NeedState, _moves(reintegration.NEED_MOVES)),
        f"A reason is asked for: {_labels(reintegration.NEED_NEEDS_REASON)}.\n",
        _diagram("Plan after return", reintegration.PlanState, _moves(reintegration.PLAN_MOVES)),
        f"A reason is asked for: {_labels(reintegration.PLAN_NEEDS_REASON)}. An agreed version is never changed; the next one replaces it.\n",
        _diagram("Step of a plan", reintegration.StepState, _moves(reintegration.STEP_MOVES)),
        f"A reason is asked for: {_labels(reintegration.STEP_NEEDS_REASON)}; what shows it for: {_labels(reintegration.STEP_NEEDS_EVIDENCE)}.\n",
        _diagram("Review after return", reintegration.ReviewState, _moves(reintegration.REVIEW_MOVES)),
    ]


def _moves(transitions: Mapping[Any, Iterable[Any]]) -> list[tuple[Any, Any, str]]:
    return [(before, after, "") for before, afters in transitions.items() for after in afters]


def _labels(states: Iterable[Any]) -> str:
    return ", ".join(sorted(str(state.label) for state in states))


def _diagram(title: str, states: Any, moves: Iterable[tuple[Any, Any, str]]) -> str:
    order = list(states)
    lines = [f"  {state.value}: {state.label}" for state in states]
    lines.append(f"  [*] --> {order[0].value}")
    for before, after, step in sorted(moves, key=lambda move: (order.index(move[0]), order.index(move[1]))):
        lines.append(f"  {before.value} --> {after.value}{f': {step}' if step else ''}")
    lines += [f"  {state.value} --> [*]" for state in states if state not in {before for before, *_ in moves}]
    return "\n".join(
        [
            f"## {title}\n",
            f"From `{states.__module__.replace('.', '/')}.py`.\n",
            "```mermaid",
            "stateDiagram-v2",
            *lines,
            "```\n",
        ]
    )


def _indicators() -> str:
    from safar.insights.indicators.definition import indicators

    found = indicators().values()
    blocks = [
        table(
            ("No.", "Indicator", "Unit", "Can be added over"),
            ((one.number, f"[{one.name.text('en')}](#{one.code})", one.unit.value, ", ".join(one.additive_over) or "nothing") for one in found),
        )
    ]  # fmt: skip
    for one in found:
        others = [f"- not with no. {other.number}: {other.reason}" for other in one.may_not_add_to]
        facts = [
            f"- unit: {one.unit.value}; counted from: {one.source_form}; every {one.frequency}",
            f"- each counted once: {one.scope.text('en')}",
            f"- broken down by: {', '.join(one.disaggregations) or 'nothing'}",
            *others,
        ]
        head = f'<a id="{one.code}"></a>\n\n## {one.number}. {one.name.text("en")}\n\n{one.text.text("en")}\n'
        blocks.append("\n".join([head, *facts, ""]))
    return _page(
        "Indicators",
        "Made from `safar/insights/indicators/definitions/*.yaml`. Numbers that are missing belong to indicators that are not built yet. "
        "The same texts stand in the desk under each figure, and in Russian. How to add one: [add an indicator](../how-to/add-an-indicator.md).",
        *blocks,
    )  # fmt: skip


def _privacy() -> str:
    from safar.kernel.privacy import Privacy

    # The classes are explained where they are defined, behind each of them.
    meanings = re.findall(r'= "(\w+)"  # (.+)', (PACKAGE / "kernel" / "privacy.py").read_text(encoding="utf-8"))
    blocks = [table(("Class", "Means"), ((f"`{code}`", meaning) for code, meaning in meanings))]
    for domain, module in _modules("privacy"):
        models: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for name, privacy in sorted(module.FIELDS.items()):
            model, field = name.split(".")
            models[model][privacy.value].append(field)
        rows = [
            (model, *(", ".join(f"`{field}`" for field in by.get(privacy.value, ())) for privacy in Privacy))
            for model, by in models.items()
        ]
        used = [at for at, _ in enumerate(Privacy, start=1) if any(row[at] for row in rows)]
        head = ("Model", *(list(Privacy)[at - 1].value for at in used))
        blocks += [f"## {domain}\n", table(head, ((row[0], *(row[at] for at in used)) for row in rows))]
    return _page(
        "How private each field is",
        "Made from the `privacy.py` of each domain. A test fails while a field of a model has no class. The same files hold what a person's own "
        "copy contains and what erasure leaves; today both run from the code (`safar/trust/actions/subject_requests.py`), there is no page for them yet.",
        *blocks,
    )  # fmt: skip


# A number of the code divided by its factor is the number told.
FACTORS = {"MB": MEGABYTE, "hours, kept in seconds": HOUR}


def _limits() -> str:
    limits = yaml.safe_load((ROOT / "docs" / "limits.yaml").read_text(encoding="utf-8"))
    blocks = []
    for area, rows in limits.items():
        told = [
            (what, f"{number // FACTORS.get(unit, 1) if isinstance(number, int) else number:,}", unit.split(",")[0], f"`{place}`")
            for what, place, unit in rows
            for number in [resolve(place)]
        ]  # fmt: skip
        blocks += [f"## {area}\n", table(("What", "Limit", "Unit", "Where"), told)]
    return _page(
        "Limits",
        "Every number here is read from the code at the place named. The thresholds of small counts and the periods of keeping differ by "
        "country: [hosting and law](hosting-and-law.md).",
        *blocks,
    )  # fmt: skip


def _dependencies() -> str:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    why = {
        found[1]: found[2]
        for line in lines
        if (found := re.match(r'\s+"([^"]+)",\s*(?:#\s*(.*))?$', line)) and found[2]
    }
    project = tomllib.loads("\n".join(lines))
    groups = {
        "What the installation needs": project["project"]["dependencies"],
        "Only for tests": project["dependency-groups"]["dev"],
    }
    blocks = []
    for title, wanted in groups.items():
        rows = [_package(requirement, why.get(requirement, "")) for requirement in wanted]
        blocks += [f"## {title}\n", table(("Package", "Version", "Licence", "Size", "Why"), rows)]
    locked = re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    return _page(
        "Dependencies",
        f"Made from `pyproject.toml` and the installed packages. The size is that of the package's own files, without what it needs in turn; it "
        f"differs a little between machines. Together with what they need in turn these are {len(locked)} packages, each pinned with its "
        "hashes in `requirements.txt`.",
        *blocks,
    )  # fmt: skip


def _package(requirement: str, why: str) -> tuple[str, str, str, str, str]:
    name = re.split(r"[\[~=<>! ]", requirement)[0]
    found = metadata.distribution(name)
    files = [file.size or 0 for file in found.files or () if file.suffix != ".pyc" and ".dist-info" not in str(file)]
    return f"`{name}`", found.version, _licence(found.metadata), f"{sum(files) / MEGABYTE:.1f} MB", why


def _licence(about: Any) -> str:
    classified = [
        text.split(" :: ")[-1] for text in about.get_all("Classifier") or () if text.startswith("License :: OSI")
    ]
    short = (about.get("License") or "").splitlines()[:1]
    return str(about.get("License-Expression") or ", ".join(classified) or "".join(short)[:60] or "see package")


def _api() -> str:
    from safar.api.v1 import api

    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    blocks = []
    for path, methods in schema["paths"].items():
        for method, said in methods.items():
            answers = table(
                ("Status", "Body"), ((status, _shape(body, schema)) for status, body in said["responses"].items())
            )
            blocks.append(f"## `{method.upper()} {path}`\n\n{said['summary']}\n\n{answers}")
    return _page(
        "API",
        "Made from `safar/api`. Version 1 only reads, holds nothing about a person, and needs no sign-in. The machine-readable description "
        "(OpenAPI) is at `/api/v1/openapi.json`. There is no way to write through the API and no token today.",
        *blocks,
    )  # fmt: skip


def _shape(body: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """Return the fields of an answer, named parts in brackets."""
    held = next(iter(body.get("content", {}).values()), {}).get("schema", {})
    return _fields(held, schema["components"]["schemas"])


def _fields(held: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    if "$ref" in held:
        properties = parts[held["$ref"].rsplit("/", 1)[-1]]["properties"]
        return ", ".join(f"`{name}`{_within(value, parts)}" for name, value in properties.items())
    return ""


def _within(value: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    refs = [value, value.get("items", {}), *value.get("anyOf", ())]
    inner = next((found for ref in refs if (found := _fields(ref, parts))), "")
    return f" ({inner})" if inner else ""


def _data_sources() -> str:
    kept = sorted([*PACKAGE.rglob("SOURCES.md"), *PACKAGE.rglob("NOTICE.md"), *PACKAGE.rglob("NOTICE.txt")])
    kept += sorted((ROOT / "tests").rglob("SOURCES.md"))
    blocks = []
    for path in kept:
        inside = path.is_relative_to(PACKAGE)
        shown = f"safar/{path.relative_to(PACKAGE)}" if inside else str(path.relative_to(ROOT))
        text = path.read_text(encoding="utf-8").strip()
        text = re.sub(r"^# .*\n+", "", text) if path.suffix == ".md" else f"```text\n{text}\n```"
        blocks.append(f"## {Path(shown).parent}\n\nFrom `{shown}`:\n\n{text}\n")
    return _page(
        "Data sources and their licences",
        "Safar's code is under Apache-2.0. Data, fonts and drawings that come with it keep their own licences, written beside the files; this "
        "page gathers those notes.\n\n"
        "**Open Database License.** The shape of Uzbekistan's regions is derived from OpenStreetMap (© OpenStreetMap contributors) and "
        "stays under the ODbL 1.0: a map made from it needs that line, and whoever passes the file on passes it on under the same licence.",
        *blocks,
    )  # fmt: skip


def _hosting_and_law() -> str:
    from safar.trust.queries.profile import load

    return _page(
        "Hosting and law by country",
        "Made from `safar/trust/profiles/<country>.yaml`. Every entry marked *verify* was written without an official source or a native "
        "speaker and must be checked before real use. `legal_review` stays `pending` until a lawyer of the country has read the profile. "
        "This page is no legal advice.\n\n"
        "One installation serves one country and keeps everything in one data folder: host it in that country unless its law and a lawyer "
        "say otherwise. Of the periods of keeping only that of closed questions from the public pages is carried out by the program today; the "
        "others are promises of the centre, kept by its data-protection officer.",
        *(_country(load(code)) for code in COUNTRIES),
    )  # fmt: skip


def _country(profile: Any) -> str:
    def mark(part: Any) -> str:
        return "*verify*" if part.verify else ""

    facts = [
        *(f"- languages for {who}: {', '.join(spoken)}" for who, spoken in profile.languages),
        f"- time zone {profile.time_zone}; phone numbers {profile.phone_region}; currency {profile.currency}",
        f"- data location: `{profile.data_location}`; legal review: `{profile.legal_review}`",
        f"- operator's legal name and tax number: {mark(profile.operator) or 'entered'}",
        f"- small counts hidden below {profile.disclosure.ordinary}, in sensitive groups below {profile.disclosure.sensitive}",
        f"- centres: {', '.join(seed.code + (' (invented for the demo)' if seed.demo else '') for seed in profile.centres)}",
    ]
    laws = ((law.reference, law.title, law.version, law.note, mark(law)) for law in profile.laws)
    kept = (
        (what, "for good" if months is None else f"{months} months")
        for what, months in profile.retention_months.items()
    )
    texts = (
        (purpose, consent.version, ", ".join(f"{language}{' *verify*' if text.verify else ''}" for language, text in consent.texts.items()))
        for purpose, consent in profile.consents.items()
    )  # fmt: skip
    lines = ((line.number, line.name.text("en"), line.as_of, mark(line)) for line in profile.hotlines)
    return "\n".join([
        f"## {profile.name.text('en')}\n", *facts, "",
        table(("Law", "Title", "Version read", "Note", ""), laws),
        table(("Kept", "After the last event"), kept),
        table(("Consent", "Version", "Languages"), texts),
        table(("Hotline", "Name", "As of", ""), lines),
    ])  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
