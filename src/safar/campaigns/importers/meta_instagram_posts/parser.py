from safar.campaigns.importers.posts import Parser


def id_from_permalink(permalink: str) -> str:
    """Instagram's short code is not the id of the export, so a ruined id stays unknown."""
    return ""


PARSER = Parser(kind="meta_instagram_posts", id_from_permalink=id_from_permalink)
