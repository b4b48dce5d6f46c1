import re
from urllib.parse import parse_qs, urlsplit

from safar.campaigns.importers.posts import Parser

_NUMBER_IN_PATH = re.compile(r"/(?:posts|reel|videos|photos|permalink)/(?:[^/]+/)?([0-9]{8,20})$")
_NUMBER = re.compile(r"[0-9]{8,20}")


def id_from_permalink(permalink: str) -> str:
    """Return the number an address carries in its path or as `story_fbid`, `fbid` or `v`; newer addresses carry none."""
    parts = urlsplit(permalink)
    if found := _NUMBER_IN_PATH.search(parts.path):
        return found[1]
    query = parse_qs(parts.query)
    for name in ("story_fbid", "fbid", "v"):
        if name in query and _NUMBER.fullmatch(query[name][0]):
            return query[name][0]
    return ""


PARSER = Parser(kind="meta_facebook_posts", id_from_permalink=id_from_permalink)
