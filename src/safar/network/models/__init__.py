from safar.network.models.outbox import OutboxBundle

__all__ = ["OutboxBundle"]
