"""What may be done with people, one permission each."""

from safar.kernel.actor import Permission

SEARCH_PEOPLE = Permission("people.person.search", "Search the registry")
READ_PERSON = Permission("people.person.read", "Open a person's file")
REGISTER_PERSON = Permission("people.person.register", "Register a person")
CHANGE_PERSON = Permission("people.person.change", "Change a person's details")
RECORD_CONSENT = Permission("people.consent.record", "Record and withdraw consent")
IMPORT_REGISTER = Permission("people.register.import", "Import a register kept in Excel")
SEARCH_WIDELY = Permission("people.person.search_widely", "See a long list of people after giving a reason")
MERGE_PEOPLE = Permission("people.person.merge", "Say whether two files are one person, merge them and undo it")

PERMISSIONS = [
    SEARCH_PEOPLE,
    READ_PERSON,
    REGISTER_PERSON,
    CHANGE_PERSON,
    RECORD_CONSENT,
    IMPORT_REGISTER,
    SEARCH_WIDELY,
    MERGE_PEOPLE,
]
