"""The house rules no linter knows."""

from pathlib import Path

import pytest
from django.apps import apps

import safar
from tests.architecture import guards
from tests.architecture.pages import pages_never_shown, patterns

PACKAGE = Path(safar.__file__).parent
DOMAIN_APPS = {
    "kernel", "trust", "people", "partners", "guide", "messaging", "cases", "awareness", "campaigns", "insights", "network",
}  # fmt: skip
# Sign-in pages are allauth's own; each is open because nobody can be signed in there yet, or guards itself.
ALLAUTH = {
    "account_login": "the page where people sign in",
    "account_logout": "asks for the signed-in person itself",
    "account_reauthenticate": "asks for the signed-in person itself",
    "account_change_password": "asks for the signed-in person itself",
    "account_set_password": "asks for the signed-in person itself",
}


@pytest.mark.parametrize(
    "guard",
    [
        guards.too_long,
        guards.vague_names,
        guards.put_off_work,
        guards.busy_inits,
        guards.django_where_pure,
        guards.inline_style_or_script,
        guards.unused_templates,
        guards.untranslated,
    ],
    ids=lambda guard: guard.__name__,
)
def test_the_tree_keeps_the_house_rules(guard) -> None:
    assert guard(PACKAGE) == []


def test_foreign_keys_point_down_the_layers() -> None:
    edges = [
        (model._meta.app_label, f"{model.__name__}.{field.name}", field.related_model._meta.app_label)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
    ]
    assert guards.upward_keys(edges) == []


def test_every_address_declares_its_access() -> None:
    silent = [
        name
        for name, view in patterns()
        if not getattr(view, "access", None)
        and name not in ALLAUTH
        and not name.startswith("mfa_")
        and not view.__module__.startswith(("ninja.", "django.views.static", "django.contrib.staticfiles"))
    ]
    assert silent == []


def test_the_list_of_allauth_addresses_is_not_stale() -> None:
    known = {name for name, _ in patterns()}
    assert set(ALLAUTH) <= known


def test_every_field_is_classified_for_privacy() -> None:
    from importlib import import_module
    from importlib.util import find_spec

    missing, stale = [], []
    for label in sorted(DOMAIN_APPS):
        models = [model for model in apps.get_app_config(label).get_models() if not model._meta.auto_created]
        fields = {f"{model.__name__}.{field.name}" for model in models for field in model._meta.concrete_fields}
        classified = (
            set(import_module(f"safar.{label}.privacy").FIELDS) if find_spec(f"safar.{label}.privacy") else set()
        )
        missing += sorted(f"{label}: {name}" for name in fields - classified)
        stale += sorted(f"{label}: {name}" for name in classified - fields)
    assert missing == []
    assert stale == []


def test_a_page_nobody_showed_would_be_named() -> None:
    """The whole run ends with this question; here it is asked as if nothing had been shown but one page."""
    unshown = pages_never_shown({"desk:board"})
    assert "desk:people:search" in unshown
    assert "desk:board" not in unshown
