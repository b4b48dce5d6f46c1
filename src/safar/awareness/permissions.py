"""What may be done with awareness sessions, one permission each."""

from safar.kernel.actor import Permission

READ_SESSION = Permission("awareness.session.read", "See awareness sessions")
MANAGE_SESSION = Permission("awareness.session.manage", "Plan, change, hold and submit awareness sessions")
APPROVE_SESSION = Permission("awareness.session.approve", "Approve, lock and correct awareness sessions")
RECORD_ATTENDANCE = Permission("awareness.attendance.record", "Record who came to a session and what was asked there")

PERMISSIONS = [READ_SESSION, MANAGE_SESSION, APPROVE_SESSION, RECORD_ATTENDANCE]
