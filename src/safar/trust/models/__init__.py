from safar.trust.models.audit import AuditEntry
from safar.trust.models.centre import Centre
from safar.trust.models.staff import RoleAssignment, Staff

__all__ = ["AuditEntry", "Centre", "RoleAssignment", "Staff"]
