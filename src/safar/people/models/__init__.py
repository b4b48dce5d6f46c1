from safar.people.models.card import ClientCard
from safar.people.models.consent import ConsentGrant
from safar.people.models.contact_point import ContactPoint
from safar.people.models.duplicate import DuplicateCandidate, Merge, NotSamePair, SweepRun
from safar.people.models.guardianship import Guardianship
from safar.people.models.household import Household, HouseholdMember
from safar.people.models.index_key import IndexKey, NearName
from safar.people.models.person import ClientCounter, Person
from safar.people.models.registration import IdentityLink, Registration

__all__ = [
    "ClientCard",
    "ClientCounter",
    "ConsentGrant",
    "ContactPoint",
    "DuplicateCandidate",
    "Guardianship",
    "Household",
    "HouseholdMember",
    "IdentityLink",
    "IndexKey",
    "Merge",
    "NearName",
    "NotSamePair",
    "Person",
    "Registration",
    "SweepRun",
]
