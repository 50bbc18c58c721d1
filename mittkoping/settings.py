"""Settings: every difference between two installations is an environment variable with a safe default.

See README.md, "Environment variables", for the list.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from mittkoping import __version__
from mittkoping.accounts import conf
from mittkoping.policy import browser_policy
from mittkoping.storage import LOCAL_STORAGE, s3_storage

BASE_DIR = Path(__file__).resolve().parent.parent
LOOPBACK_NAMES = {"localhost", "127.0.0.1", "[::1]"}

env = environ.Env()

RELEASE = __version__
DEBUG = env.bool("DEBUG", False)
DEMO = env.bool("DEMO", False)
HTTPS = env.bool("HTTPS", True)
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
SECRET_FILE = VAR_DIR / "secret_key"  # made by `make run`, so that commands by hand find it
SECRET_KEY = env.str("SECRET_KEY", "") or (SECRET_FILE.read_text().strip() if SECRET_FILE.is_file() else "")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=sorted(LOOPBACK_NAMES) if DEBUG or DEMO else [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

if not SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is empty. Set it to a long random text.")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS is empty. Set it to the names that the site answers to.")
if DEMO and not set(ALLOWED_HOSTS) <= LOOPBACK_NAMES:
    raise ImproperlyConfigured("DEMO=1 has known passwords: ALLOWED_HOSTS may then only name this machine.")

INSTALLED_APPS = [
    "wiki",
    "factors",
    "mittkoping.accounts",
    "mittkoping.log",
    "mittkoping.municipalities",
    "mittkoping.outbox",
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
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "reversion",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "mittkoping.headers.permissions_policy",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mittkoping.demo.refuse_proxies",
    "mittkoping.headers.readable_cookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "mittkoping.posted.KeepPostedText",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "mittkoping.urls"
WSGI_APPLICATION = "mittkoping.wsgi.application"
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
                "mittkoping.site.site",
                "wiki.context.review",
                "wiki.views.bell.bell",
                "mittkoping.accounts.entrance.ways_in",
            ],
        },
    },
]

# SQLite: WAL lets readers read while somebody writes; IMMEDIATE makes writers queue instead of failing;
# FULL makes "saved" mean saved, also after a power cut. See docs/decisions/0002, docs/reliability.md.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
POSTGRESQL_OPTIONS = {"connect_timeout": 2, "tcp_user_timeout": 3000, "options": "-c lock_timeout=3s"}

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    DATABASES["default"].setdefault("OPTIONS", {}).update(POSTGRESQL_OPTIONS)
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["mittkoping.accounts.backends.EmailBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# Moderators and administrators: without one they act as editors. Offered, not asked for, in the demo.
SECOND_FACTOR_REQUIRED = not DEMO
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "wiki:start"
# Accounts: docs/decisions/0011 says what of django-allauth is used, and how.
SIGN_UP = env.bool("SIGN_UP", True)
ACCOUNT_ADAPTER = "mittkoping.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_REDIRECT_URL = "wiki:start"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = conf.ACCOUNT_FORMS
ACCOUNT_RATE_LIMITS = conf.ACCOUNT_RATE_LIMITS
PASSWORD_RESET_TIMEOUT = 3600  # seconds; a link works once

MFA_ADAPTER = "mittkoping.accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = conf.MFA_FORMS
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
# An identity provider, when there is one: docs/sign-in.md.
OIDC_PROVIDER_URL = env.str("OIDC_PROVIDER_URL", "").rstrip("/")
OIDC_NAME = env.str("OIDC_NAME", "organisationens inloggning")
OIDC_DOMAINS = [domain.strip().lower() for domain in env.list("OIDC_DOMAINS", default=[])]
OIDC_ORIGINS: list[str] = env.list(
    "OIDC_ORIGINS",
    default=["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_PROVIDER_URL))] if OIDC_PROVIDER_URL else [],
)
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", "")
SOCIALACCOUNT_ADAPTER = "mittkoping.accounts.provider.ProviderAdapter"
SOCIALACCOUNT_FORMS = conf.SOCIALACCOUNT_FORMS
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, object]] = {}
if OIDC_PROVIDER_URL:
    if not (OIDC_CLIENT_ID and OIDC_CLIENT_SECRET and OIDC_DOMAINS):
        raise ImproperlyConfigured(
            "OIDC_PROVIDER_URL needs OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and OIDC_DOMAINS as well."
        )
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT_ID,
                "secret": OIDC_CLIENT_SECRET,
                "settings": {"server_url": OIDC_PROVIDER_URL},
            }
        ],
    }

# Where requests come from, behind a proxy that sets this header *and* takes away what others send: X-Real-IP.
ALLAUTH_TRUSTED_CLIENT_IP_HEADER = env.str("CLIENT_IP_HEADER", "") or None

# Limits must hold in every worker: what they count lies in the database. Drawn pages are each worker's own.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "rendering": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Svenska"))]
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# What people upload. Nothing is served from there but through wiki.views.media, which asks who may read it.
MEDIA_ROOT = VAR_DIR / "media"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STORAGES = {
    "default": s3_storage(env) if env.str("S3_BUCKET", "") else LOCAL_STORAGE,
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if env.bool("MANIFEST_STATIC", not DEBUG)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Text up to this size is read, so that it can be handed back when it is too long to save; above it: 413.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
MAX_UPLOAD_SIZE = 22 * 2**20  # bytes of a form with a file: a document of 20 MB, and what stands around it

# "1": a film plays in a frame from YouTube or Vimeo after a click; otherwise its address is a link.
VIDEO_FRAMES = env.bool("VIDEO_FRAMES", False)
CONTENT_SECURITY_POLICY = browser_policy(https=HTTPS, video_frames=VIDEO_FRAMES)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "mittkoping.site.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^-/"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# Only when a proxy in front sets this header, and takes away what others send: HTTP_X_FORWARDED_PROTO.
if proxy_header := env.str("TRUSTED_PROXY_HEADER", ""):
    SECURE_PROXY_SSL_HEADER = (proxy_header, "https")

# Who is responsible for the site and for its personal data: named on /villkor/ and /integritet/.
OPERATOR_NAME = env.str("OPERATOR_NAME", "Mittköping på den här datorn" if DEMO else "")
OPERATOR_EMAIL = env.str("OPERATOR_EMAIL", "")

DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "mittkoping@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10  # seconds that a silent mail server may keep the task worker waiting
# Where the links in mail lead.
SITE_URL = env.str(
    "SITE_URL",
    f"http://127.0.0.1:{env.str('PORT', '') or '8000'}"
    if DEMO
    else f"http{'s' * HTTPS}://{ALLOWED_HOSTS[0]}",
).rstrip("/")
# Whom to call when somebody waits to be confirmed; accounts do not know the wiki.
WHEN_A_MEMBER_WAITS = "wiki.operations.notifying.tell_of_waiting"
# Who writes the mails that are written when they are sent, so that rights and hidden text are looked at then.
OUTBOX_COMPOSERS = {
    "notice": "wiki.operations.mailing.compose_notice",
    "digest": "wiki.operations.mailing.compose_digest",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
