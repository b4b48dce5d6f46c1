from safar.network import rules, signing
from safar.network.enums import BundleState
from safar.network.models import OutboxBundle


def waiting() -> list[OutboxBundle]:
    """Return what has been signed and not taken to a hub yet, the latest month first."""
    return list(OutboxBundle.objects.filter(state=BundleState.WAITING))


def verify(bundle: OutboxBundle, *, public_key: str = "") -> bool:
    """Return whether a bundle is what the node signed. A receiver gives the key it knows, not the one in the bundle."""
    return rules.digest(bundle.content) == bundle.sha256 and signing.is_genuine(
        bundle.content, signature=bundle.signature, public_key=public_key or bundle.public_key
    )
