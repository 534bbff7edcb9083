"""Settings: one file. What varies between machines comes from the environment or from .env beside manage.py.

Development (DEBUG on) needs nothing: it makes its own keys in var/. Production (DEBUG off) refuses to start
until it has been told its secret key, its hosts and its sealing keys, and names the variable that is missing.
"""

import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from gansu_care.development_keys import development_keys
from gansu_care.spreadsheets.limits import FILE_BYTES

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=True)
VAR_DIR = Path(env.str("GANSU_VAR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)


def required(name: str, reason: str) -> str:
    """The variable, from the environment or (development only) from var/keys.json. Refuses to start without it."""
    value = env.str(name, default="") or (development_keys(VAR_DIR).get(name, "") if DEBUG else "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {reason} See “In earnest” in README.md.")
    return value


SECRET_KEY = required("SECRET_KEY", "It signs sessions; keep it secret and the same on every machine.")
SEALING_KEYS = required("SEALING_KEYS", "Keys that seal ID numbers: “1:base64,2:base64”, the last one seals.")
DIGEST_KEY = required("DIGEST_KEY", "The key of the blind index for exact search, base64 of 32 bytes.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS is not set. Name the hosts that serve this site. See README.md."
    )
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "gansu_care.divisions",
    "gansu_care.sealed",
    "gansu_care.trail",
    "gansu_care.accounts",
    "gansu_care.jobs",
    "gansu_care.keeping",
    "gansu_care.pages",
    "gansu_care.spreadsheets",
    "centers",
    "children",
    "funding",
    "gansu_care.protection",
    "gansu_care.reports",
    "gansu_care.demo",
    "gansu_care.pages.admin_config.RegisterAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_htmx",
    "django_q",
    "django_tables2",
    "import_export",
    "simple_history",
]

MIDDLEWARE = [
    "gansu_care.pages.front_door.FrontDoorMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gansu_care.trail.reference.ReferenceMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "gansu_care.pages.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "gansu_care.accounts.session_age.SessionAgeMiddleware",
    "gansu_care.accounts.gate.GateMiddleware",
    "gansu_care.pages.todo_count.TodoCountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "gansu_care.urls"
WSGI_APPLICATION = "gansu_care.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gansu_care.pages.context.shell",
            ],
        },
    },
]

# --- Database: SQLite by default, DATABASE_URL for PostgreSQL ---------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a transaction that will write takes the lock at once and waits, instead of failing half-way.
    # secure_delete: what is erased is overwritten in the file, not only left out.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA secure_delete=ON;",
    }
    # A file beside the database: in memory, parallel requests of the browser tests would not see each other's rows.
    DATABASES["default"]["TEST"] = {
        "NAME": str(Path(DATABASES["default"]["NAME"]).with_suffix(".test.sqlite3"))
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    # A connection that was lost between two requests is found out and replaced before it is used.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Compiling a query costs more here than it saves: the annual report's counts take twice as long with it.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
# In earnest two roles: this one owns the tables and migrates; the other works with them and cannot touch the trail.
WORKING_ROLE = ""
if (_owner := env.str("MIGRATE_DATABASE_URL", default="")) and sys.argv[1:2] in (
    ["migrate"],
    ["createcachetable"],
    ["restore"],
    ["restore_drill"],
):
    WORKING_ROLE = DATABASES["default"]["USER"]
    DATABASES["default"] |= env.db_url_config(_owner)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # The default of 300 entries would evict the locks of failed sign-ins.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

Q_CLUSTER = {
    "name": "gansu_care",
    "orm": "default",
    "workers": env.int("WORKERS", default=1),
    "timeout": 1800,
    "retry": 1900,  # must exceed the longest job; recovery does not wait for it (jobs/lease.py)
    "max_attempts": 3,
    "ack_failures": True,
    "catch_up": False,
    "poll": 0.3,
    "sync": env.bool("JOBS_SYNC", default=False),
}

# --- Language, dates: the province's own --------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "gansu_care" / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

# --- Sign-in ------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "gansu_care.accounts.passwords.ThreeClasses"},
    {"NAME": "gansu_care.accounts.passwords.NotUsedBefore", "OPTIONS": {"remembered": 5}},
]
# The numbers of accounts/sign_in_policy.py. What would shut the demo's logins out is off in development.
PASSWORD_DAYS = env.int("PASSWORD_DAYS", default=0 if DEBUG else 90)  # then it must be changed; 0: never
DORMANT_DAYS = env.int(
    "DORMANT_DAYS", default=0 if DEBUG else 90
)  # unused for so long, an account is shut; 0: never
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=not DEBUG)
IDLE_SECONDS = 60 * env.int("IDLE_MINUTES", default=30)
IDLE_SECONDS_ADMINISTRATORS = 60 * env.int("IDLE_MINUTES_ADMINISTRATORS", default=15)
CONFIRM_DANGEROUS_ACTS = env.bool("CONFIRM_DANGEROUS_ACTS", default=True)
# Proxies of ours that append to X-Forwarded-For; what stands before is the caller's own word (trail/addresses.py).
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0 if DEBUG else 1)
# How often one person may upload (an hour), export (a day), unmask (an hour), search (ten minutes).
ALLOWANCES = {
    what: env.int(f"ALLOWANCE_{what.upper()}")
    for what in ("upload", "export", "unmask", "search")
    if f"ALLOWANCE_{what.upper()}" in env.ENVIRON
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "pages:home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "gansu_care.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/15m/ip,5/15m/key",
    "reauthenticate": "10/m/user",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_ADAPTER = "gansu_care.accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "gansu_care.accounts.codes.SignInCodeForm",
    "reauthenticate": "gansu_care.accounts.codes.ConfirmCodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "gansu_care"
USERSESSIONS_ADAPTER = "gansu_care.accounts.adapter.SessionsAdapter"
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_COOKIE_AGE = 12 * 60 * 60  # also the longest that a session lasts at all (accounts/session_age.py)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Strict"
MESSAGE_STORAGE = (
    "django.contrib.messages.storage.session.SessionStorage"  # they name people: not in a cookie
)

# --- What a browser is told ---------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
if not DEBUG:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    # The browser takes these over https from this very host only, and for its whole site.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False  # nothing of ours is another site's
# As whitenoise has it, and the maps of vendored stylesheets, which no page asks for.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (
    "jpg",
    "jpeg",
    "png",
    "gif",
    "webp",
    "woff",
    "woff2",
    "zip",
    "gz",
    "br",
    "map",
)
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(VAR_DIR / "files"), "file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# A file with persons is never spooled to disk unsealed: it is held in memory, and one that is too large is read past.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = FILE_BYTES + 1024 * 1024
CSRF_FAILURE_VIEW = "gansu_care.pages.errors.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "gansu_care.trail.log_lines.JsonLine"}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["lines"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {"django.server": {"handlers": ["lines"], "level": "ERROR", "propagate": False}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []

# --- The trail ---------------------------------------------------------------------------------------------------
# The last digest of each day's events, outside the database: best on a disk that this machine can only append to.
# Events are never deleted by this program; the days are a promise that whoever clears a database has to keep.
TRAIL_KEPT_DAYS = env.int("TRAIL_KEPT_DAYS", default=1095)
if TRAIL_KEPT_DAYS < 183:  # six months, Cybersecurity Law article 23
    raise ImproperlyConfigured("TRAIL_KEPT_DAYS must be 183 or more: the law asks for six months of logs.")
TRAIL_DIR = Path(env.str("TRAIL_DIR", default=str(VAR_DIR / "trail")))

# --- Backups -----------------------------------------------------------------------------------------------------
BACKUP_DIR = Path(env.str("BACKUP_DIR", default=str(VAR_DIR / "backups")))
BACKUP_KEPT_DAYS = env.int("BACKUP_KEPT_DAYS", default=30)

# --- Uploads -----------------------------------------------------------------------------------------------------
# Days until a check that nobody confirms expires, and until file and staged rows of one that has ended are deleted.
UPLOAD_EXPIRES_DAYS = env.int("UPLOAD_EXPIRES_DAYS", default=14)
UPLOAD_KEPT_DAYS = env.int("UPLOAD_KEPT_DAYS", default=30)
# Hours until the file of a long list, made as a job, is deleted.
EXPORT_KEPT_HOURS = env.int("EXPORT_KEPT_HOURS", default=24)

# --- Children's personal information ------------------------------------------------------------------------------
# Days until the signed paper of a consent must be brought; until a draft without consent is proposed for erasure.
CONSENT_PROOF_DAYS = env.int("CONSENT_PROOF_DAYS", default=90)
DRAFT_KEPT_DAYS = env.int("DRAFT_KEPT_DAYS", default=180)
# Years that a record is kept after the child has left the register.
RETENTION_YEARS = env.int("RETENTION_YEARS", default=3)
# Working days in which a person's request is answered.
REQUEST_DAYS = env.int("REQUEST_DAYS", default=15)
# The numbers of erased records, outside the database: after a restore they are erased again (manage.py erase_again).
ERASED_LIST = Path(env.str("ERASED_LIST", default=str(VAR_DIR / "erased_records.txt")))

# --- This register ------------------------------------------------------------------------------------------------
SITE_TITLE = _("留守儿童关爱登记")
OFFICER_NAME = env.str("OFFICER_NAME", default="周敏")  # 儿童个人信息保护负责人; the default is invented
OFFICER_PHONE = env.str("OFFICER_PHONE", default="0931-0000000")
VERSION = "0.1.0"
IMPORT_EXPORT_USE_TRANSACTIONS = True
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = False
