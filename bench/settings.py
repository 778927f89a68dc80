"""The product's settings, with addresses to compare with and a server that can be slow."""

from config.settings import *  # noqa: F403
from config.settings import MIDDLEWARE as PRODUCTS_OWN

ROOT_URLCONF = "bench.urls"
MIDDLEWARE = ["bench.slow.Slow", *PRODUCTS_OWN]
