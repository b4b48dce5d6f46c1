"""Finds the parts that desk areas offer: an area joins the menu, the board or a timeline by having the module."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType

from safar import desk


@cache
def modules(name: str) -> tuple[ModuleType, ...]:
    """Return the module called `name` of every desk area that has one."""
    areas = [found.name for found in iter_modules(desk.__path__) if found.ispkg]
    return tuple(import_module(f"safar.desk.{area}.{name}") for area in areas if find_spec(f"safar.desk.{area}.{name}"))
