"""The door for gunicorn: `gunicorn gansu_care.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gansu_care.settings")
application = get_wsgi_application()

# The apps must be loaded before their models can be asked.
from django.db import connections  # noqa: E402

from gansu_care.pages.demo_mark import refuse_demo_in_production  # noqa: E402

refuse_demo_in_production()
connections.close_all()  # gunicorn may fork after this; each process opens its own
