# Unified sign-in: signing in by way of an outside provider of identities.

## Signing in
identity-sign-in-text = If your account is linked to unified sign-in, you can sign in directly.
identity-leaving = Going to the unified sign-in platform
identity-leaving-text = You are about to be taken to the unified sign-in platform. Finish signing in within 10 minutes, in this same browser.
identity-leaving-go = If nothing happens, go there now
identity-end-text = On a shared computer, sign out of the unified sign-in platform too.
identity-end = Sign out of the unified sign-in platform
identity-accept-text = You can also activate the account by unified sign-in, without a password. Your identity there is then linked to this account.

## My account
identity-title = Unified sign-in
identity-since = Linked on
identity-tie = Link: { $name }
identity-tie-text = Once linked, you can sign in by unified sign-in. First set up one-time codes; your present password is needed too.
identity-untie = Unlink
done-identity-tied = Unified sign-in has been linked. You can sign in with it from now on.
done-identity-untied = Unified sign-in has been unlinked, and you are signed out everywhere else.
identity-remove = Unlink unified sign-in
identity-remove-text = Only if somebody else linked this identity or the person can no longer sign in to this account, and after checking their identity in person. All devices are signed out at once, and the identity can be linked to another account.
done-identity-removed = Unified sign-in has been unlinked and all devices of this person have been signed out.

## Reasons for refusal
refusal-identity_provider_away = The unified sign-in platform cannot be reached at present. Try again later, or sign in with email address and password. If this goes on, contact a system administrator.
refusal-identity_attempt_over = This sign-in has expired, has been used, or was not begun in this browser. Begin again on this page and finish within 10 minutes.
refusal-identity_declined = You cancelled signing in on the unified sign-in platform. Begin again to sign in, or use email address and password.
refusal-identity_not_proved = The answer of the unified sign-in platform did not pass the check, so you are not signed in. Begin again; if this happens repeatedly, contact a system administrator.
refusal-identity_not_tied = This identity is not linked to an account that can be used. If you have an account, sign in with email address and password and link it under ‘Account and security’; if you have none, register first.
refusal-identity_taken = This identity is linked to another account. Sign in to that account and unlink it, then link it here. If it was not you who linked it, contact a security administrator.
refusal-identity_tied_already = Your account is already linked to an identity. To change it, unlink that one first.
refusal-identity_needs_factor = One-time codes must be set up before unified sign-in is linked. Set them up under ‘Account and security’, then link it.
refusal-identity_is_only_way = Your account has no password, so you could not sign in once unlinked. Set a password by way of ‘Forgotten password’ first, then unlink.
refusal-own_identity = You cannot do this to your own account. Unlink it under ‘Account and security’, or ask another security administrator.
refusal-no_identity = This account is not linked to unified sign-in.

## Mail
mail-account_identity_removed-subject = A security administrator has unlinked your Yuanchi account from unified sign-in
mail-account_identity_removed-body =
    Dear { $name },

    A security administrator has unlinked your account from unified sign-in, which can no longer be used to sign in to it. All devices have been signed out.
    Reason: { $reason }

    If the account has no password, set one by way of ‘Forgotten password’. If you did not ask for this, contact a security administrator at once. Sign in: { $link }
mail-account_identity_tied-subject = Your Yuanchi account has been linked to unified sign-in
mail-account_identity_tied-body =
    Dear { $name },

    Your account has just been linked to unified sign-in, which you can now use to sign in. If this was not you, sign in at once, unlink it, change your password and contact a security administrator.

    View: { $link }
mail-account_identity_untied-subject = Your Yuanchi account has been unlinked from unified sign-in
mail-account_identity_untied-body =
    Dear { $name },

    Your account has just been unlinked from unified sign-in, which can no longer be used to sign in to it. If this was not you, change your password at once and contact a security administrator.

    View: { $link }
