"""What the settings tell django-allauth that no installation needs to change: its forms, its limits."""

ACCOUNT_FORMS = {
    "signup": "mittkoping.accounts.forms.SignUpForm",
    "login": "mittkoping.accounts.sign_in_forms.LoginForm",
    "add_email": "mittkoping.accounts.sign_in_forms.AddEmailForm",
    "change_password": "mittkoping.accounts.sign_in_forms.ChangePasswordForm",
    "set_password": "mittkoping.accounts.sign_in_forms.SetPasswordForm",
    "reset_password": "mittkoping.accounts.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "mittkoping.accounts.sign_in_forms.ResetPasswordKeyForm",
    "reauthenticate": "mittkoping.accounts.sign_in_forms.ReauthenticateForm",
}
# `key` is an account together with the sender's address. login_failed counts wrong passwords and codes only,
# with waits that grow. A whole office behind one address may sign in at once: `login` itself has no limit.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "30/m/ip,5/15m/key,10/h/key,20/d/key",
    "signup": "10/m/ip,60/h/ip",
    "reset_password": "10/m/ip,3/h/key",
    "reset_password_from_key": "20/m/ip",
    "confirm_email": "1/3m/key",
    "change_password": "5/m/user",
    "manage_email": "10/h/user",
    "reauthenticate": "10/m/user",
}

SOCIALACCOUNT_FORMS = {"signup": "mittkoping.accounts.forms.ProviderSignUpForm"}

MFA_FORMS = {
    "authenticate": "mittkoping.accounts.sign_in_forms.CodeForm",
    "reauthenticate": "mittkoping.accounts.sign_in_forms.CodeAgainForm",
    "activate_totp": "mittkoping.accounts.sign_in_forms.ActivateTOTPForm",
    "add_webauthn": "mittkoping.accounts.sign_in_forms.AddPasskeyForm",
    "authenticate_webauthn": "mittkoping.accounts.sign_in_forms.PasskeyForm",
    "login_webauthn": "mittkoping.accounts.sign_in_forms.PasskeySignInForm",
    "reauthenticate_webauthn": "mittkoping.accounts.sign_in_forms.PasskeyAgainForm",
    "edit_webauthn": "mittkoping.accounts.sign_in_forms.RenamePasskeyForm",
}
