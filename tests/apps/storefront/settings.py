"""A shop in as few settings as Django allows; the environment says where things are."""

import os

SECRET_KEY = "only ever serves 127.0.0.1"
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "urls"
WSGI_APPLICATION = "wsgi.application"
INSTALLED_APPS = ["store"]
# For the Content-Length; without it answers are chunked.
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "storefront",
        "USER": os.environ.get("STOREFRONT_DB_USER", "postgres"),
        "HOST": os.environ.get("STOREFRONT_DB_HOST", "127.0.0.1"),  # A folder: its unix socket.
        "PORT": os.environ.get("STOREFRONT_DB_PORT", "5432"),
        "CONN_MAX_AGE": None,  # One connection for each thread, kept.
    }
}

# The fault of the tests: each product in a list costs a query for its images.
N_PLUS_ONE = os.environ.get("STOREFRONT_N_PLUS_ONE") == "1"
