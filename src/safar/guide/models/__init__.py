from safar.guide.models.fact import Fact, FactTopic, FactVersion
from safar.guide.models.guide import Guide

__all__ = ["Fact", "FactTopic", "FactVersion", "Guide"]
