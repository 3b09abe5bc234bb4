# One-time codes (the second factor).

## Signing in and confirming again
factor-code-title = Enter your one-time code
factor-code-text = Open the authenticator app on your telephone and enter the six-digit one-time code. If you do not have your telephone with you, enter a recovery code.
factor-code-resume = Confirm your identity again for this action. What you entered is kept on this page; after the check you can submit it.
factor-code = One-time code or recovery code
factor-code-hint = The one-time code changes every 30 seconds and can be used only once.
factor-code-send = Check
done-factor-given = Your identity has been confirmed.

## Setting up
factor-title = One-time codes
factor-text = Once set up, signing in needs a six-digit code from an authenticator app on your telephone as well as your password, and a new code is needed before you decide, publish, grant roles or export.
factor-required = Your role requires one-time codes. Set them up before you go on.
factor-manage = Manage one-time codes
factor-since = In use since
factor-codes-left = Recovery codes left
factor-codes-renew = Make new recovery codes
factor-remove = Stop using one-time codes
factor-begin = Begin setting up
factor-replace = Change telephone
factor-scan = Scan the QR code with your authenticator app
factor-scan-text = Any authenticator app that supports RFC 6238 will do. The QR code is valid for 30 minutes. Do not take or pass on a screenshot of it.
factor-type-instead = If you cannot scan it, enter this key by hand:
factor-first-code = One-time code shown by the app
factor-take-up = Start using
factor-codes-title = Recovery codes
factor-codes-text = Write down or print these recovery codes and keep them safe; they are shown only once. If you do not have your telephone with you, each can be used once in place of a one-time code. Earlier recovery codes are no longer valid.
factor-codes-kept = I have kept them
factor-reset = Reset one-time codes
factor-reset-text = Only if the person has lost both telephone and recovery codes, and after checking their identity in person. All their devices are signed out at once, and they set up one-time codes again when they next sign in.
done-factor-removed = You no longer use one-time codes.
done-factor-reset = The one-time codes have been reset and all devices of this person have been signed out.

## Reasons for refusal
refusal-sign_in_unfinished = You have not finished signing in. Enter your one-time code or set up one-time codes; if your password has expired, change it first.
refusal-second_factor_stale = Enter a new one-time code before this action. It is good for 5 minutes.
refusal-second_factor_not_set_up = Your role requires one-time codes. Sign in with a browser and set them up first.
refusal-second_factor_required = Your role requires one-time codes, so you cannot stop using them. If you have a new telephone, use ‘Change telephone’.
refusal-no_second_factor = This account has no one-time codes set up.
refusal-sign_in_not_recent = One-time codes can be set up for the first time only within { $minutes } minutes of signing in. Sign out and in again, then set them up.
refusal-no_factor_offered = The QR code has expired or has not been made. Begin setting up again.
refusal-own_factor = You cannot reset your own one-time codes. Change telephone under ‘My account’, or ask another security administrator.

## Problems with entries
problem-code_missing = Enter a one-time code or a recovery code.
problem-code_wrong = The code is wrong, has expired or has been used. Check the time on your telephone, wait for the next code and try again.

## Mail
mail-account_factor_enrolled-subject = One-time codes are in use on your Yuanchi account
mail-account_factor_enrolled-body =
    Dear { $name },

    New one-time codes have just been set up on your account. If this was not you, contact a security administrator at once.

    View: { $link }
mail-account_factor_removed-subject = One-time codes are no longer in use on your Yuanchi account
mail-account_factor_removed-body =
    Dear { $name },

    One-time codes have just been removed from your account. If this was not you, change your password at once and contact a security administrator.

    View: { $link }
mail-account_factor_reset-subject = Your Yuanchi one-time codes have been reset
mail-account_factor_reset-body =
    Dear { $name },

    A security administrator has reset your one-time codes, and all devices have been signed out.
    Reason: { $reason }

    If you did not ask for this, contact a security administrator at once. Sign in and set up one-time codes again: { $link }
mail-account_recovery_code_used-subject = A recovery code of your Yuanchi account has been used
mail-account_recovery_code_used-body =
    Dear { $name },

    A recovery code has just been used in place of a one-time code to sign in to your account. Recovery codes left: { $left }. If this was not you, change your password at once and contact a security administrator.

    View: { $link }
