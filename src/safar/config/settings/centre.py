"""A node as it runs in a country: every protection on."""

from safar.config.environment import env_bool, env_text
from safar.config.settings.base import *  # noqa: F403

SECRET_KEY = env_text(
    "SAFAR_SECRET_KEY", hint="The start script `./safar serve` makes one and keeps it in the data folder."
)
_behind_tls = env_bool("SAFAR_HTTPS", default=True)
SECURE_SSL_REDIRECT = _behind_tls
SECURE_HSTS_SECONDS = 31536000 if _behind_tls else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _behind_tls else None
SESSION_COOKIE_SECURE = _behind_tls
CSRF_COOKIE_SECURE = _behind_tls
# How many proxies stand in front: without the number every visitor would share the proxy's address, and its lockout.
ALLAUTH_TRUSTED_PROXY_COUNT = int(env_text("SAFAR_PROXIES", "1" if _behind_tls else "0"))
AXES_CLIENT_IP_CALLABLE = "safar.config.middleware.client_address"
EMAIL_HOST = env_text("SAFAR_MAIL_HOST", "localhost")
