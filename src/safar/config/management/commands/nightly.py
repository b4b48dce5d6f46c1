from typing import Any

from django.core.management.base import BaseCommand, CommandError

from safar.kernel.tasks import night_jobs


class Command(BaseCommand):
    help = "Do the work of every night: what domains declare in their `tasks.py`. Safe to run twice."

    def handle(self, *args: Any, **options: Any) -> None:
        failed = []
        for job in night_jobs():
            try:
                result = job.run()
            except Exception as error:  # noqa: BLE001  (one job that fails must not keep the others from their night)
                failed.append(job.name)
                self.stderr.write(f"{job.name}: {type(error).__name__}: {error}")
            else:
                self.stdout.write(f"{job.name}: {'done' if result is None else result}")
        if failed:
            raise CommandError(f"Not done: {', '.join(failed)}.")
