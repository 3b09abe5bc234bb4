# People, roles and organisations.

done-please-sign-in = Please sign in first.

## Shared
people-search = Search
people-choose = Select
people-all = All
people-list-summary = Total: { $total }. Page { $page }
person-name = Name
back-to-sign-in = Back to sign in

## First set-up
setup-title = Set up the first administrators
setup-text = No system administrator or no security administrator is in office. The system administrator opens accounts, the security administrator grants roles; two different persons must hold these roles.
setup-known-text = For a person who has an account already, enter the address of that account: it is granted the role and keeps its name and its password; the password entered here has no effect.
setup-security-text = We will email this person an invitation link, with which they set their own password.
setup-system-name = Name of the system administrator
setup-system-email = Email address of the system administrator
setup-security-name = Name of the security administrator
setup-security-email = Email address of the security administrator
setup-send = Complete set-up
setup-done-title = Set-up complete
setup-done-text = The account of the system administrator has been made. The invitation link for the security administrator, { $name } ({ $email }), has been sent. If mail is not set up yet, hand this link over in person. It is shown only this once and is valid for 30 minutes.
setup-done-known-text = The administrators have been set up. The security administrator, { $name } ({ $email }), has an account already and signs in with its password.

## Registration and passwords
register-title = Register an account
register-text = For staff of service providers and platform operators. After submitting, open the confirmation link in your email and set a password; you can then sign in.
register-send = Send confirmation email
register-have-account = I have an account; sign in
register-sent = If this address can be registered, a confirmation email has been sent, valid for { $minutes } minutes. If it does not arrive, look in your spam folder or submit again later.
password-reset-title = Forgotten password
password-reset-text = Enter the email address you registered with, and we will send you a link to set a new password.
password-reset-send = Send reset email
password-reset-sent = If this address is registered, an email with a reset link has been sent, valid for { $minutes } minutes. If it does not arrive, look in your spam folder or submit again later.
account-activate-title = Activate account
account-for = Account: { $email }
password-new-title = Set a new password
password-new = New password
password-again = Enter it again
password-present = Present password
password-hint = 12 to 128 characters; it can be a sentence. Do not use your name, your email address or the name of your organisation in it.
password-save = Save password
password-change = Change password
password-old = Your password is due to be changed. Set a new one, then go on.
address-change = Change sign-in email address
address-change-text = A confirmation link is sent to the new address, and the present address is notified. After confirmation, sign in with the new address; every device has to sign in again.
address-new = New email address
address-send = Send confirmation link
address-confirm = Confirm change of sign-in email address
address-confirm-text = Address to sign in with from now on: { $email }
address-confirm-send = Confirm change
password-change-text = After the change, all other devices are signed out.

## Accounts and roles
account-own = My account
account-roles = Roles
account-role = Role
account-role-bound = Organisation or bureau
account-role-since = Granted on
account-role-until = Valid until
account-role-no-end = Until revoked
account-role-granted-by = Granted by
account-role-by-operator = The operator (at the first start, or by a command)
account-role-reason = Reason for granting
account-sessions = Devices signed in
session-device = Device
session-device-on = { $browser } on { $system }
session-seen = Last used
session-current = This device
session-end = Sign out this device
session-kind-browser = Browser
session-kind-api = API
account-status = Status
account-status-invited = To be activated
account-status-active = Active
account-status-disabled = Disabled
account-never-confirmed = Nobody took this account up after its link had expired: its name and email address were removed when their term was over, and its roles were taken back.
account-forgotten = Account that nobody took up (details removed)
account-created = Created
account-last-sign-in = Last sign-in
account-search = Name or email address
accounts-none = No accounts match
accounts-only = Show
accounts-only-all = All accounts
accounts-only-invited = Invited, not yet in use
accounts-only-ending = With a role that ends within 30 days
account-invite-title = Invite a person
account-invite-text = Enter the name and email address. An invitation link is sent, with which the person sets their own password. Roles are granted separately by a security administrator.
account-invite-send = Send invitation
account-invite-again = Send invitation again
account-end-sessions = Sign out all devices
account-role-grant = Grant a role
account-role-grant-text = System administrator, security administrator, auditor, city officer, handling officer, approving officer and evaluator are each held by somebody who holds no other role. The expert role is matched to the expert pool by email address. The role of an organisation’s administrator is granted or extended upon the organisation’s letter of authority; give the date of the letter in the reason. Staff of the organisation who are granted it become administrators instead.
account-role-grant-send = Grant
account-role-revoke = Revoke ‘{ $role }’
account-role-revoke-send = Confirm revoking
account-role-ends-on = Valid until
account-role-ends-hint = At most, in days: { $days } (administrators of organisations: { $admin }); if empty, the longest term applies. To extend a role, grant it again with a later date.
account-bureau = City bureau
account-bureau-hint = Only for a city officer.
account-credit-code-hint = Only for an organisation’s administrator or staff: the code of the organisation.
account-reason = Reason
grant-by-set-up = First set-up of administrators
grant-by-import = Import of experts
grant-by-registration = Registration of an organisation
grant-by-request = Request to join, accepted by the organisation’s administrator
grant-by-administrator = Changed by the organisation’s administrator
account-disable = Disable account
account-disable-text = All devices are signed out at once and the account can no longer sign in. What it has done is not affected.
account-enable = Enable account
account-enable-text = The account can sign in again, with the roles it had.

## Organisations
organisations-title = Organisations
organisations-none = No organisations match
organisation-search = Organisation name or code
organisation-none = You do not belong to an organisation yet
organisation-none-text = If your organisation is not registered, register it. If a colleague has registered it, ask to join.
organisation-new-title = Register an organisation
organisation-new-text = Enter the details as on the business licence. Whoever registers an organisation becomes its administrator and can accept colleagues.
organisation-new-send = Register
organisation-facts = Registered details
organisation-name = Organisation name
organisation-name-hint = As on the business licence.
organisation-area = Place of registration
organisation-area-hint = Decides which city’s bureau receives your applications.
organisation-outside = Outside Guangdong Province
organisation-city = Main service city
organisation-city-hint = Applications of an organisation from outside the province go to the bureau of its main service city; without one, straight to the department.
organisation-established = Established on
organisation-elsewhere = The administrative division given by characters 3 to 8 of the unified social credit code does not agree with the place of registration entered. Check the place of registration.
organisation-facts-wrong = If the name, place of registration, main service city or date of establishment is wrong, ask the department’s handling officer to correct it.
organisation-correct = Correct registered details
organisation-correct-text = After correction, applications not yet submitted go by the new place of registration. Submitted applications and published lists do not change.
organisation-correct-reason = Reason for correction
organisation-correct-reason-hint = State what evidence you checked. The organisation will see this.
organisation-correct-send = Correct
organisation-address = Postal address
organisation-contact = Contact details
organisation-contact-name = Contact
organisation-contact-phone = Contact telephone
organisation-contact-save = Save
organisation-join = Ask to join a registered organisation
organisation-join-offer = The organisation with the code { $code } is already registered. You can ask to join it; its administrator decides.
organisation-join-message = Message
organisation-join-message-hint = Give your department and position, so that the administrator can check who you are.
organisation-join-send = Ask to join
organisation-my-requests = My requests to join
organisation-asked-at = Requested on
organisation-waiting = Requests to join that are waiting
organisation-accept = Accept
organisation-decline = Decline
organisation-members = People of this organisation
organisation-make-admin = Make administrator
organisation-make-member = Make ordinary staff
organisation-renew = Change last day
organisation-term-hint = At most, in days: { $days }; if empty, the longest term applies. From the day after, this person can no longer see or handle your applications. It can be changed at any time before.
organisation-renew-hint = At most, in days: { $days }. From the day after, this person can no longer see or handle your applications. It can be changed at any time before.
organisation-remove = Remove from organisation
organisation-remove-text = { $name } will no longer be able to view or handle this organisation’s applications.
organisation-you = You
organisation-no-admin = This organisation has no administrator at present, so it can neither submit applications nor accept people. Take its letter of authority to the security administrator of this service, who names an administrator.
admin-term-ending = Your role as administrator of { $organisation } ends on { $date }. From the day after, you can no longer see or handle its applications.
admin-term-ending-others = If you are to go on, another administrator of the organisation changes your last day before then.
admin-term-ending-alone = The organisation has no other administrator. If you are to go on, make a colleague administrator before then, who changes your last day; or take the organisation’s letter of authority to the security administrator of this service.
admin-term-over = Your role as administrator of { $organisation } ended on { $date }. You can no longer see or handle its applications. What was submitted takes its course.
admin-term-over-others = If you are to go on, ask to join the organisation; its administrator accepts you and makes you administrator.
admin-term-over-alone = The organisation has no administrator any more. If you are to go on, take its letter of authority to the security administrator of this service, who grants the role again.
join-pending = Waiting
join-accepted = Accepted
join-declined = Declined
credit-code = Unified social credit code
credit-code-hint = 18 characters, as on the business licence.
code-check = Check of the code
code-check-right = Correct
code-check-wrong = Check character wrong; to be checked
code-check-overridden = Accepted after a check
code-check-licence = Business licence to be checked
licence-title = Image of the business licence
licence-text = The last character of the unified social credit code does not agree with the national standard. If the code agrees with the business licence, upload an image of the licence, and an officer will check it and accept the code. It must be uploaded before an application is submitted.
licence-file = Choose a file
licence-hint = PDF, PNG or JPG, no larger than 10 MB.
licence-provided-at = { $name } uploaded on { $at }.
licence-download = Download
licence-decided = Checked and accepted by { $name } on { $at }. Reason:
licence-reason = Reason for accepting
licence-reason-hint = State what you checked. The organisation will see this.
licence-accept = Accept after a check
licence-not-yet = The check character is wrong, and the organisation has not uploaded an image of its business licence.

## What was done
done-account-activated = Your account is active. Please sign in.
done-password-set = Your new password has been saved. Please sign in.
done-password-changed = Your password has been changed. Other devices have been signed out.
done-address-asked = A confirmation link has been sent to the new address, valid for 30 minutes. Stay signed in and open it in the same browser.
done-address-changed = Your sign-in email address has been changed. Sign in with the new address.
done-session-ended = The device has been signed out.
done-sessions-ended = All devices have been signed out.
done-account-invited = The invitation has been sent. Its link is valid for 30 minutes.
done-account-enabled = The account has been enabled.
done-account-disabled = The account has been disabled.
done-role-granted = The role has been granted and takes effect at once. The person has to sign in again.
done-role-revoked = The role has been revoked with immediate effect. The person has to sign in again.
done-organisation-registered = The organisation has been registered. You are its administrator.
done-organisation-registered-code-wrong = The organisation has been registered. The check character of the code is wrong; upload an image of the business licence on this page.
done-join-requested = Your request has been submitted. The answer will be sent to your email address.
done-join-accepted = The request to join has been accepted.
done-join-declined = The request to join has been declined.
done-contact-saved = The contact details have been saved.
done-member-role-changed = The person’s role has been changed.
done-member-renewed = The last day has been changed.
done-member-removed = The person has been removed from the organisation.
done-licence-provided = The image of the business licence has been uploaded and waits for an officer to check it.
done-organisation-corrected = The registered details have been corrected, and the organisation has been notified.
done-code-accepted = The code has been accepted after a check, and the organisation has been notified.

## Reasons for refusal
refusal-link_not_good = { $link ->
    [set_up] The set-up link is not valid, has been used or has expired (it is valid for { $minutes } minutes). If set-up is complete, sign in. If not, restart the service and use the new link that it prints; the operator can also get one with ‘yuanchi account set-up-link’.
   *[account] The link is not valid, has been used or has expired (it is valid for { $minutes } minutes). Ask for another link.
}
refusal-account_not_invited = This account is already active and needs no further invitation.
refusal-account_status_unchanged = This account already has that status. Refresh the page.
refusal-account_disabled = This account is disabled. Enable it before you grant a role.
refusal-account_forgotten = Nobody ever took this account up, and its name and email address were removed when their term was over; it cannot be enabled. Invite the person anew, or let them register again.
refusal-own_account = You cannot disable or enable your own account. Ask another administrator.
refusal-own_roles = You cannot change your own roles. Ask another security administrator.
refusal-last_administrator = This is the last system administrator, security administrator or auditor in office. Give that role to another person first.
refusal-role_already_held = This person already has the role.
refusal-roles_apart = This person is already ‘{ $held ->
    [system_admin] system administrator
    [security_admin] security administrator
    [auditor] auditor
    [handler] handling officer of the department
    [vendor_admin] organisation administrator
    [vendor_member] organisation staff
    [city_officer] city officer
    [evaluator] third-party evaluator
    [expert] expert
   *[approver] approving officer of the department
}’ and cannot hold this role too. Revoke the other role first, or grant this one to somebody else.
refusal-expert_removed = The expert with this email address has been removed from the expert pool, so the expert role cannot be granted. Ask a handling officer to restore the expert’s status in the pool first.
refusal-expert_not_in_pool = No expert in the pool has this email address. Import the expert first, or check the address.
refusal-already_in_organisation = { $who ->
    [self] You already belong to an organisation and cannot register or join another. To change, ask your present organisation’s administrator to remove you first.
   *[other] This person already belongs to an organisation. To change, that organisation has to remove them first.
}
refusal-officers_have_no_organisation = Your account has duties of administration or examination, so it cannot register or join an organisation.
refusal-organisation_registered = The organisation with this code is already registered. You can ask to join it below; its administrator decides.
refusal-join_already_asked = You have already asked to join this organisation. Please wait for its administrator.
refusal-join_already_decided = This request has been answered. Refresh the page.
refusal-person_in_another_organisation = This person belongs to another organisation or has duties of administration, and cannot join. Decline the request.
refusal-not_organisation_admin = Only an administrator of the organisation can do this.
refusal-own_term = You cannot extend your own role. Ask another administrator of your organisation or, if it has none, take its letter of authority to the security administrator of this service.
refusal-last_organisation_admin = The organisation must keep at least one administrator. Make somebody else administrator first.
refusal-organisation_in_notice = An application of this organisation is on public notice. Correct the details or change the name after the notice has ended, objections have been dealt with and the list has been published.
refusal-organisation_unchanged = What you entered is the same as the registered details. There is nothing to correct.
refusal-licence_not_needed = The code is correct, so no image of the business licence is needed.
refusal-licence_missing = The organisation has not uploaded an image of its business licence, so the code cannot be accepted.

## Problems with entries
problem-text_missing = This is required.
problem-text_length = Enter no more than { $limit } characters. You entered { $found }. Shorten it.
problem-text_characters = This contains invisible control characters or characters that change the direction of text. Delete them and enter it again.
problem-email_invalid = This is not a valid email address. It should look like name@example.com, in ASCII characters only.
problem-email_unchanged = This is your present sign-in address. Enter another.
problem-email_taken = This address already has an account. Look for it in the list of accounts, or use another address.
problem-email_of_two = The system administrator and the security administrator must be two persons. Enter different email addresses.
problem-password_too_short = A password has at least { $min } characters.
problem-password_too_long = A password has at most { $max } characters.
problem-password_too_easy = This password is too easy to guess. Do not use your name or email address, or repeat characters many times.
problem-password_common = This password is made up of common words or names, keyboard sequences, dates, the name of your organisation or the like, and is easy to guess. Use a sentence that nobody else would think of.
problem-password_kinds = A password needs at least three of these: capital letters, small letters, digits, other characters (Chinese characters included).
problem-password_unchanged = The new password cannot be the same as the present one.
problem-password_used_before = None of your last { $count } passwords, the present one included, can be set again.
problem-passwords_differ = The two passwords are not the same.
problem-present_password_wrong = The present password is not correct.
problem-role_missing = Select a role.
problem-role_not_for_people = This role belongs to the system itself and cannot be granted to a person.
problem-bureau_unknown = Select the bureau of this officer.
problem-organisation_unknown = No organisation with this code is registered. Check the code, or register the organisation.
problem-role_term_too_long = A role is valid for at most { $days } days. Enter an earlier date.
problem-date_invalid = Enter the date as year-month-day, for example 2026-03-01.
problem-actor_not_an_id = An address may name who did it by account ID only. To look for a name or an email address, use the search box of the event record page.
problem-date_past = This date has passed. Enter today or a later date.
problem-date_future = The date cannot be later than today.
problem-area_unknown = Select from the list.
problem-organisation_name_of_member = This organisation is in the pool. Change its name under ‘Management of memberships’.
problem-phone_invalid = A telephone number has 7 to 20 digits, and may have +, -, brackets and spaces, for example 020-83130000.
problem-licence_empty = Choose a file that is not empty.
## Mail
mail-account_invitation-subject = Invitation to a Yuanchi account
mail-account_invitation-body =
    Dear { $name },

    You have been invited to use Yuanchi (the supply resource pool for manufacturing digitalisation). Please open this link within { $minutes } minutes to set a password and activate your account:

    { $link }

    The link can be used only once. If it has expired, ask a system administrator to send another. If this does not concern you, please ignore this message.
mail-account_registration-subject = Please confirm your Yuanchi account
mail-account_registration-body =
    Dear { $name },

    You are registering a Yuanchi account. Please open this link within { $minutes } minutes to set a password and activate your account:

    { $link }

    If this was not you, please ignore this message; the account will not be activated.
mail-account_exists-subject = You already have a Yuanchi account
mail-account_exists-body =
    Dear { $name },

    Somebody has used your email address to register a Yuanchi account. You already have one and need not register again. If you have forgotten your password, set a new one here:

    { $link }

    If this was not you, please ignore this message.
mail-account_closed-subject = Your Yuanchi account is disabled
mail-account_closed-body =
    Dear { $name },

    Somebody has used your email address to register a Yuanchi account. The account with this address is disabled, and the address cannot be registered again. To have the account enabled, contact a system administrator. Once it is enabled, you can set a new password here:

    { $link }
mail-account_password_reset-subject = Set a new Yuanchi password
mail-account_password_reset-body =
    Dear { $name },

    Please open this link within { $minutes } minutes to set a new password. All devices then have to sign in again:

    { $link }

    If this was not you, please ignore this message; your password will not change.
mail-account_address_asked-subject = Request to change your Yuanchi sign-in email address
mail-account_address_asked-body =
    Dear { $name },

    A change of sign-in email address has just been requested on your account, and a confirmation link has been sent to the new address. Until it is confirmed, you still sign in with this address.

    If this was not you, change your password at once and contact a system administrator:

    { $link }
mail-account_address_confirm-subject = Confirm your Yuanchi sign-in email address
mail-account_address_confirm-body =
    Dear { $name },

    You have asked to sign in to Yuanchi with this address. Please open this link within { $minutes } minutes, in a browser in which you are signed in, to confirm it:

    { $link }

    If this was not you, please ignore this message; the sign-in address will not change.
mail-account_address_changed-subject = Your Yuanchi sign-in email address has been changed
mail-account_address_changed-body =
    Dear { $name },

    The sign-in email address of your account has just been changed. This address can no longer sign in, and all devices have been signed out.

    If this was not you, contact a system administrator at once to have the account disabled:

    { $link }
mail-account_new_program-subject = A new program has signed in to your Yuanchi account
mail-account_new_program-body =
    Dear { $name },

    A program ({ $program }) has just signed in to your account through the API. It had not been used from this network before. If this was not you, change your password at once and sign that program out:

    { $link }
mail-account_password_changed-subject = Your Yuanchi password has been changed
mail-account_password_changed-body =
    Dear { $name },

    Your password has just been changed, and other devices have been signed out. If this was not you, set a new password here at once and contact a system administrator:

    { $link }
mail-account_role_ending-subject = A role ends soon: { $who } ({ $role })
mail-account_role_ending-body =
    Dear { $name },

    The role ‘{ $role }’ of { $who } is valid until { $date }.

    If they are to stay in office, a security administrator other than themselves grants the same role again before that day, with a later date. If not, there is nothing to do: the role ends by itself.

    If no system administrator or no security administrator is left in office, the operator has to obtain a set-up link, with which administrators are set up anew. If no auditor is, a security administrator grants that role to somebody else.

    View the account: { $link }
mail-expert-roles-ending-subject = Experts whose role ends soon: { $count }
mail-expert-roles-ending-body =
    Dear { $name },

    The role of experts who are still appointed ends by itself soon. Experts: { $count }; the first on { $date }. From the next day on they cannot be drawn or assigned, and what they have still to score passes to others.

    If they are to go on, set their term of appointment anew in the expert pool, or a security administrator grants the role again with a later date. If not, there is nothing to do.

    View the accounts: { $link }
mail-account_role_granted-subject = A role has been granted to you: { $role }
mail-account_role_granted-body =
    Dear { $name },

    You have been granted the role ‘{ $role }’ with immediate effect. Please sign in again.
    Reason: { $reason }

    View my roles: { $link }
mail-account_role_revoked-subject = Your role has been revoked: { $role }
mail-account_role_revoked-body =
    Dear { $name },

    Your role ‘{ $role }’ has been revoked with immediate effect. Please sign in again.
    Reason: { $reason }

    If you have questions, contact a security administrator. View my roles: { $link }
mail-account_disabled-subject = Your Yuanchi account has been disabled
mail-account_disabled-body =
    Dear { $name },

    Your account has been disabled and can no longer sign in.
    Reason: { $reason }

    If you have questions, contact a system administrator. Address to sign in once it is enabled: { $link }
mail-account_enabled-subject = Your Yuanchi account has been enabled
mail-account_enabled-body =
    Dear { $name },

    Your account has been enabled again.
    Reason: { $reason }

    Sign in: { $link }
mail-organisation_join_requested-subject = { $who } asks to join { $organisation }
mail-organisation_join_requested-body =
    Dear { $name },

    { $who } asks to join { $organisation }. Please check who this is before you accept or decline:

    { $link }
mail-organisation_join_accepted-subject = You have joined { $organisation }
mail-organisation_join_accepted-body =
    Dear { $name },

    An administrator of { $organisation } has accepted your request to join. You can now fill in the organisation’s applications:

    { $link }
mail-organisation_join_declined-subject = Request to join { $organisation } declined
mail-organisation_join_declined-body =
    Dear { $name },

    An administrator of { $organisation } has declined your request to join. If you have questions, contact the organisation directly.

    View my requests: { $link }
mail-organisation_member_role-subject = Your role in { $organisation } has been changed
mail-organisation_member_role-body =
    Dear { $name },

    Your role in { $organisation } has been changed to ‘{ $role }’ with immediate effect. It is valid until { $date }.

    { $link }
mail-organisation_member_renewed-subject = The last day of your role in { $organisation } has been changed
mail-organisation_member_renewed-body =
    Dear { $name },

    An administrator of { $organisation } has changed the last day of your role to { $date }. From the day after, you can no longer see or handle its applications. If you have questions, please ask an administrator of the organisation.

    { $link }
mail-organisation_admin_ending-subject = Your role as administrator of { $organisation } ends soon
mail-organisation_admin_ending-body =
    Dear { $name },

    Your role as administrator of { $organisation } is valid until { $date }. From the day after, you can no longer see or handle its applications.

    { $alone ->
        [yes] The organisation has no other administrator. If you are to go on, make a colleague administrator before then, who changes your last day; or take the organisation’s letter of authority to the security administrator of this service.
       *[no] If you are to go on, another administrator of the organisation ({ $others }) changes your last day before then. If not, there is nothing to do.
    }

    View the people of the organisation: { $link }
mail-organisation_other_admin_ending-subject = An administrator of { $organisation } whose role ends soon: { $who }
mail-organisation_other_admin_ending-body =
    Dear { $name },

    The role of { $who } as administrator of { $organisation } is valid until { $date }. From the day after, they can no longer see or handle its applications.

    If they are to go on, you or another administrator of the organisation change their last day before then. If not, there is nothing to do: { $link }
mail-organisation_admin_named-subject = { $who } has been granted the role of administrator of { $organisation }
mail-organisation_admin_named-body =
    Dear { $name },

    The security administrator of this service has granted { $who } the role of administrator of { $organisation }. It is valid until { $date }.
    Reason: { $reason }

    If the organisation has issued no letter of authority, contact the security administrator at once. View the people of the organisation: { $link }
mail-organisation_member_removed-subject = You have been removed from { $organisation }
mail-organisation_member_removed-body =
    Dear { $name },

    An administrator of { $organisation } has removed you from the organisation. You can no longer view or handle its applications. If you have questions, contact the organisation directly.

    { $link }
mail-organisation_corrected-subject = The registered details of { $organisation } have been corrected
mail-organisation_corrected-body =
    To: { $organisation }

    An officer has corrected your organisation’s registered details. Applications not yet submitted go by the corrected place of registration.
    Reason: { $reason }

    View your organisation: { $link }
mail-organisation_code_accepted-subject = The unified social credit code of { $organisation } has been accepted
mail-organisation_code_accepted-body =
    To: { $organisation }

    An officer has checked the image of your organisation’s business licence and accepted the unified social credit code.
    Reason: { $reason }

    View your organisation: { $link }

held-title = Your organisation’s data on this platform
held-intro = This is what this platform holds about ‘{ $organisation }’. The organisation’s administrators can view and export it at any time.
held-what = Kind of data
held-count = Number
held-kept = Kept for
held-entry = Registered details and contact (the contact’s name and telephone are stored encrypted)
held-people = Names, email addresses and roles of the organisation’s people
held-join-requests = Requests to join the organisation
held-licence = Image of the business licence
held-applications = Applications (drafts included; the answers are stored encrypted)
held-documents = Attachments
held-submissions = Content of each submission (stored encrypted)
held-corrections = Corrections asked for (notes and the reason of each mark)
held-memberships = Memberships
held-questions = Questions about calls by the organisation’s people, and the answers
held-letters = Letters to its people about the organisation
held-record = Event record of the registered details
held-while-registered = As long as the organisation is registered on this platform
held-for-ever = Permanently, as official files
held-days-after-decision = Until the message is erased, in days after the answer: { $days }
held-days-after-sending = Removed { $days } days after sending
held-mails = Emails to the organisation’s people: text and addresses are erased { $days } days after they are sent.
held-download = Export all data
held-download-hint = The export (JSON) contains all of the above. Attached files are downloaded from each application. Every export is recorded.
held-not = Not included is what an applicant is not shown: who the experts are, scores, and what officers keep among themselves. Nobody needs an account to object, and no objection is linked to an organisation: look up one that you made by the letter that acknowledged it.
