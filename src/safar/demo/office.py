"""The demo node's centres and staff, taken from the country profile and the generator."""

from dataclasses import dataclass, field
from random import Random

from safar.demo.population import Name, Population
from safar.kernel.actor import MACHINE, Actor
from safar.trust.actions import centres, staff
from safar.trust.models import Centre, Staff
from safar.trust.queries.actors import actor_for
from safar.trust.queries.profile import profile

PASSWORD = "safar-demo-2026"  # noqa: S105  (printed on the console and good for generated people only)
# Login, roles, the name's language and how many of them; the first of each role is printed for visitors of the demo.
POSTS = [
    ("counsellor", ["counsellor"], 3),
    ("officer", ["outreach_officer"], 2),
    ("coordinator", ["coordinator"], 1),
    ("analyst", ["network_analyst"], 1),
    ("ministry", ["ministry_viewer"], 1),
    ("dpo", ["data_protection_officer"], 1),
    ("admin", ["administrator"], 1),
]


@dataclass(slots=True)
class Office:
    """Who works where in the demo."""

    centres: list[Centre] = field(default_factory=list)
    staff: dict[str, list[Staff]] = field(default_factory=dict)

    @property
    def main(self) -> Centre:
        return self.centres[0]

    def actors(self, post: str) -> list[Actor]:
        return [actor_for(member) for member in self.staff[post]]

    @property
    def logins(self) -> list[tuple[str, str]]:
        """Address and role of one person a post."""
        return [(self.staff[post][0].email, roles[0]) for post, roles, _count in POSTS]


def open_office(population: Population, rng: Random) -> Office:
    """Open the centres the profile names and fill every post."""
    office = Office()
    by_code: dict[str, Centre] = {}
    for seed in profile().centres:
        parent_id = by_code[seed.parent].pk if seed.parent else None
        by_code[seed.code] = centres.add_from_profile(seed=seed, parent_id=parent_id, by=MACHINE)
    office.centres = list(by_code.values())
    for post, roles, count in POSTS:
        office.staff[post] = []
        for number in range(count):
            name = population.name(profile().default_language, "female" if rng.random() < 0.55 else "male")
            email = f"{post}{number + 1 if number else ''}@demo.example"
            office.staff[post].append(_hire(email, name, roles, office.centres[number % len(office.centres)]))
    return office


def _hire(email: str, name: Name, roles: list[str], centre: Centre) -> Staff:
    full_name = f"{name.given} {name.family}"
    return staff.add(email=email, full_name=full_name, centre=centre, roles=roles, password=PASSWORD, by=MACHINE)
