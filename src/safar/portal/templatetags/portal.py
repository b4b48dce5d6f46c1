"""`{% load portal %}`: marks text that is not in the language of the page, for screen readers and search engines."""

from django import template
from django.utils.translation import get_language

from safar.kernel.multilingual import Multilingual
from safar.ui.context import language_tag

register = template.Library()


@register.simple_tag
def lang_of(text: Multilingual) -> str:
    """`lang="{% lang_of fact.title %}"`: the language in which the text will be shown."""
    return language_tag(text.language_used(get_language() or "en"))
