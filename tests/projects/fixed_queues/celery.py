from __future__ import annotations

from celery import Celery
from kombu import Queue

app = Celery("fixed_queues", broker="memory://", set_as_current=True)
app.conf.update(
    task_queues=[Queue("hotel"), Queue("reports")],
    task_default_queue="hotel",
    task_create_missing_queues=False,
    task_ignore_result=True,
)
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "recovery.sweep": {"task": "recovery.sweep", "schedule": 15.0, "options": {"expires": 15}},
}
