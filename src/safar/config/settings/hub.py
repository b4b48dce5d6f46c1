"""A hub: receives protected tables from nodes and holds no people, so the doors that show people are not served."""

from safar.config.settings.centre import *  # noqa: F403

ROOT_URLCONF = "safar.config.urls_hub"
