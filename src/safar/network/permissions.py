"""What may be done towards the network, one permission each."""

from safar.kernel.actor import Permission

SEAL_BUNDLE = Permission("network.bundle.seal", "Sign a month's protected tables for the hub")

PERMISSIONS = [SEAL_BUNDLE]
