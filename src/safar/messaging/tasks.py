from django_tasks import task

from safar.kernel.actor import MACHINE
from safar.messaging.actions import enquiries


@task()
def forget_old_enquiries() -> int:
    return enquiries.forget_old(by=MACHINE)
