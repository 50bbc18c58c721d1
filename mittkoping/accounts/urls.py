"""Signing in and out, signing up, and what guards an account: django-allauth's views, one by one."""

from allauth.account import views
from allauth.mfa.base import views as second_factor_views
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from django.urls import path, register_converter
from django.urls.converters import StringConverter

from mittkoping.accounts import entrance, second_factor, sessions


class Base36(StringConverter):
    """A number in base 36: letters and digits."""

    regex = "[0-9A-Za-z]+"


class Signed(StringConverter):
    """What django.core.signing writes."""

    regex = "[-:0-9A-Za-z_]+"


register_converter(Base36, "base36")
register_converter(Signed, "signed")

urlpatterns = [
    path("login/", entrance.login, name="account_login"),
    path("login/kod/", second_factor.authenticate, name="mfa_authenticate"),
    path("login/passnyckel/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("registrera/", entrance.sign_up, name="account_signup"),
    path("signup/", entrance.sign_up),  # its first address, which other pages may link to
    path("bekrafta-epost/", views.email_verification_sent, name="account_email_verification_sent"),
    path("bekrafta-epost/<signed:key>/", entrance.confirm_email, name="account_confirm_email"),
    path("epost/", entrance.email, name="account_email"),
    path("losenord/", views.password_change, name="account_change_password"),
    path("losenord/forsta/", views.password_set, name="account_set_password"),
    path("losenord/glomt/", views.password_reset, name="account_reset_password"),
    path("losenord/glomt/skickat/", views.password_reset_done, name="account_reset_password_done"),
    path(
        "losenord/nytt/klart/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path(
        "losenord/nytt/<base36:uidb36>-<signed:key>/",
        entrance.reset_password,
        name="account_reset_password_from_key",
    ),
    path("bekrafta/", views.reauthenticate, name="account_reauthenticate"),
    path("bekrafta/kod/", second_factor_views.reauthenticate, name="mfa_reauthenticate"),
    path("bekrafta/passnyckel/", second_factor.reauthenticate_passkey, name="mfa_reauthenticate_webauthn"),
    path("tvasteg/", second_factor_views.index, name="mfa_index"),
    path("tvasteg/app/", second_factor.activate_totp, name="mfa_activate_totp"),
    path("tvasteg/app/ta-bort/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("tvasteg/passnycklar/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("tvasteg/passnycklar/ny/", second_factor.add_passkey, name="mfa_add_webauthn"),
    path("tvasteg/passnycklar/<int:pk>/namn/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("tvasteg/passnycklar/<int:pk>/ta-bort/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("tvasteg/koder/", second_factor.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("tvasteg/koder/nya/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("sessioner/", sessions.list_sessions, name="usersessions_list"),
    path("extern/", entrance.connections, name="socialaccount_connections"),
    path("extern/registrera/", entrance.provider_sign_up, name="socialaccount_signup"),
    path("extern/avbruten/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("extern/fel/", social.login_error, name="socialaccount_login_error"),
    path("extern/<slug:provider_id>/", entrance.provider_login, name="openid_connect_login"),
    path("extern/<slug:provider_id>/svar/", entrance.provider_callback, name="openid_connect_callback"),
]
