from safar.people.models.consent import ConsentGrant
from safar.people.models.contact_point import ContactPoint
from safar.people.models.person import ClientCounter, NameKey, Person

__all__ = ["ClientCounter", "ConsentGrant", "ContactPoint", "NameKey", "Person"]
