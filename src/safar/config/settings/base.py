"""What every installation shares. Values that differ between machines come from the environment."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from safar.config.environment import database_from_url, env_bool, env_text

PACKAGE = Path(__file__).resolve().parents[2]
ROOT = PACKAGE.parents[1]
# Everything the installation writes (database, event store, received files) lives in one folder, so that a backup is one folder.
DATA_FOLDER = Path(env_text("SAFAR_DATA", str(ROOT / "var")))

SECRET_KEY = env_text("SAFAR_SECRET_KEY", "not-secret-set-by-the-start-script")
DEBUG = False
ALLOWED_HOSTS = env_text("SAFAR_HOSTS", "127.0.0.1,localhost").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in env_text("SAFAR_ORIGINS", "").split(",") if origin]
# True while the installation holds generated people: every page then says so.
SAFAR_IS_DEMO = env_bool("SAFAR_DEMO", default=False)
# The country this node serves; its profile (languages, law, consent texts, centres) is safar/trust/profiles/<country>.yaml.
SAFAR_COUNTRY = env_text("SAFAR_COUNTRY", "UZ")

DOMAINS = [
    "safar.kernel",
    "safar.ui",
    "safar.trust",
    "safar.people",
    "safar.partners",
    "safar.guide",
    "safar.messaging",
    "safar.cases",
    "safar.awareness",
    "safar.campaigns",
    "safar.insights",
    "safar.network",
]
DOORS = ["safar.desk", "safar.portal", "safar.field", "safar.api"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    *DOMAINS,
    *DOORS,
    "safar.demo",
    "safar.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "safar.ui.middleware.ResponsePolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages are mostly repeated markup: a fifth of the bytes on a 2G line. Its random padding answers BREACH.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "safar.config.middleware.DoorLocale",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "safar.kernel.middleware.ReadonlyOnSafeMethods",
    "safar.desk.middleware.StaffActor",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "safar.config.urls"
WSGI_APPLICATION = "safar.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # A door is one app; each of its areas keeps its templates in its own folder.
        "DIRS": sorted(PACKAGE.glob("desk/*/templates")),
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                ),
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "safar.ui.context.page",
                "safar.desk.context.desk",
            ],
        },
    },
]
COTTON_DIR = "components"
COTTON_SNAKE_CASED_NAMES = True

DATABASES = {"default": database_from_url(env_text("SAFAR_DATABASE_URL", f"sqlite:///{DATA_FOLDER / 'safar.sqlite3'}"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "trust.Staff"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:board"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "safar.desk.trust.adapter.StaffAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "safar.desk.trust.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Safar"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours: long enough to stop guessing, short enough that a client need not be sent home
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_LOCKOUT_CALLABLE = "safar.desk.trust.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False
AXES_SENSITIVE_PARAMETERS = ["login"]

SESSION_COOKIE_AGE = 10 * 60 * 60  # a working day: shared desks must not stay signed in overnight
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "safar.ui.views.stale_form"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}

# Django does not know Uzbek in Cyrillic; its catalogue is derived from the Latin one by rule (safar/config/translations.py).
LANG_INFO["uz-cyrl"] = {"bidi": False, "code": "uz-cyrl", "name": "Uzbek (Cyrillic)", "name_local": "ўзбекча"}
LANG_INFO["uz"] = {"bidi": False, "code": "uz", "name": "Uzbek", "name_local": "oʻzbekcha"}
LANGUAGE_CODE = "en"
LANGUAGES = [("uz", _("Uzbek (Latin)")), ("uz-cyrl", _("Uzbek (Cyrillic)")), ("ru", _("Russian")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = {"UZ": "Asia/Tashkent", "KG": "Asia/Bishkek", "TJ": "Asia/Dushanbe"}.get(SAFAR_COUNTRY, "UTC")

# Whom to tell about a weakness; without it there is no /.well-known/security.txt rather than an empty one.
SAFAR_SECURITY_CONTACT = env_text("SAFAR_SECURITY_CONTACT", "")

STATIC_URL = "static/"
STATICFILES_DIRS = sorted(PACKAGE.glob("desk/*/static"))
STATIC_ROOT = DATA_FOLDER / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_FOLDER / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a roster of 300 people has up to 12 fields a row

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
DEFAULT_FROM_EMAIL = env_text("SAFAR_MAIL_FROM", "Safar <no-reply@localhost>")

# Requests are logged by path pattern and status only: a search text or a name must never reach a log file.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}, "axes": {"level": "ERROR"}},
}
