## Management of memberships
nav-memberships = Memberships
memberships-title = Management of memberships
memberships-note = Warnings, revocations, withdrawals, changes of name and other steps on memberships all go into the event record; published lists do not change, and today’s standing is shown beside them.
memberships-none = No organisations match.
memberships-waiting = Tasks
memberships-waiting-only = With tasks
memberships-mend-by = To put right by { $day }
membership-proposal-revocation = Revocation of membership
membership-proposal-bar = Bar from applying again
membership-proposal-withdrawal = Withdrawal from the pool
membership-waits = Waiting: { $kind }
membership-proposed-by = Proposed by
membership-reason = Reason
membership-basis = Basis
membership-mend-by = To be put right by
membership-mend-by-hint = The last day for putting matters right: from tomorrow to a year from now.
membership-overdue = The time is over. Check whether matters have been put right.
membership-barred-until = Barred from applying until
membership-bar-hint = The last day of the bar: from tomorrow to five years from now. For false statements it is as a rule three years.
membership-bar-hint-optional = To bar the organisation from applying again as well, enter the last day of the bar: from tomorrow to five years from now. For false statements it is as a rule three years. Leave blank for no bar.
membership-new-name = New name of the organisation
membership-evidence = Evidence of the change (title and number of the registration authority’s notice approving it)
membership-history = Event record
membership-organisation = View the organisation’s details
membership-own-title = Membership
membership-own-open = View or act

membership-warn = Warn
membership-warn-text = A warned organisation stays in the pool, and public pages show the warning. The notification goes to all accounts of the organisation.
membership-warn-reason = What is wrong and what must be put right
membership-warn-send = Issue the warning
membership-lift = Lift the warning
membership-lift-reason = What the check found
membership-lift-send = Matters are put right: lift the warning
membership-revoke = Revoke membership
membership-revoke-text = The proposal must be approved by another officer; until then it has no effect and is not public.
membership-revoke-reason = Reason for revocation
membership-bar = Bar from applying again
membership-bar-text = The proposal must be approved by another officer; until then it has no effect. While barred, the organisation cannot create or submit applications.
membership-bar-reason = Reason for the bar
membership-propose-send = Submit for approval
membership-approve = Approve
membership-approve-text = Approval takes effect at once, and the organisation is notified in writing. Nobody can approve their own proposal.
membership-approve-send = Confirm approval
membership-return = Return
membership-return-send = Return to the proposer
membership-accept-withdrawal = Accept the withdrawal
membership-accept-withdrawal-text = If it is accepted, the organisation leaves the pool today. It can apply again later.
membership-accept-withdrawal-send = Confirm the withdrawal
membership-decline-withdrawal = Decline the withdrawal
membership-decline-withdrawal-send = Notify that the withdrawal is declined
membership-rename = Change the organisation’s name
membership-rename-text = If the registration authority has approved a change of name, enter it here. The unified social credit code and the memberships stay the same; published lists keep the name they were published with.
membership-rename-send = Change the name
membership-ask-withdrawal = Ask to withdraw from the pool
membership-ask-withdrawal-text = An officer decides on the request, and the membership stays in force until then. After withdrawal the certificate is no longer valid. You can apply again later.
membership-ask-withdrawal-reason = Reason for withdrawal
membership-ask-withdrawal-send = Submit the request to withdraw

done-membership-warned = The warning has been issued, and the organisation has been notified.
done-membership-corrected = The warning has been lifted, and the organisation has been notified.
done-membership-proposed = Submitted. It awaits the approval of another officer.
done-membership-approved = Approved, and the organisation has been notified.
done-membership-returned = Returned to the proposer.
done-membership-withdrawal-asked = The request to withdraw has been submitted. The result will be sent by email.
done-membership-withdrew = The withdrawal has been accepted, and the organisation has been notified.
done-membership-withdrawal-declined = The organisation has been notified that the withdrawal is declined.
done-membership-renamed = The organisation’s name has been changed, and the organisation has been notified.

refusal-membership_nothing_waits = Nothing is waiting here; someone else may have dealt with it.
refusal-membership_in_force = The membership is in force, so this cannot be done.
refusal-membership_warned = The organisation is under a warning, so this cannot be done.
refusal-membership_expired = The membership has expired, so this cannot be done.
refusal-membership_withdrew = The organisation has withdrawn from the pool, so this cannot be done.
refusal-membership_revoked = The membership has been revoked, so this cannot be done.
refusal-membership_barred = The organisation is barred from applying, so this cannot be done.
refusal-membership_proposal_waits = Something is waiting to be decided. Deal with it first.
refusal-membership_bar_over = The proposed last day of the bar has passed. Return the proposal and make it again.
refusal-organisation_barred = Your organisation’s membership was revoked, and it cannot apply up to and including { $until }.
problem-membership_day = The date must be after { $today } and no later than { $last }.
problem-membership_name_same = This is the same as the present name.
problem-membership_name_identity_number = The name contains an identity card number, and the name is published. Delete the number.
problem-membership_name_mobile_number = The name contains a mobile number, and the name is published. Delete the number.
problem-membership_name_bank_card = The name contains a bank card number, and the name is published. Delete the number.

desk-withdrawals = Requests to withdraw to decide
desk-warnings-over = Warned organisations whose time to put matters right is over
desk-sanctions-to-approve = Revocations and bars to approve

record-membership-warned = Warned
record-membership-corrected = Warning lifted
record-membership-revocation-proposed = Revocation of membership proposed
record-membership-revocation-returned = Proposal to revoke membership returned
record-membership-revoked = Membership revoked
record-membership-bar-proposed = Bar from applying again proposed
record-membership-bar-returned = Proposal of a bar returned
record-membership-barred = Barred from applying again
record-membership-withdrawal-asked = Asked to withdraw from the pool
record-membership-withdrawal-declined = Withdrawal from the pool declined
record-membership-withdrew = Withdrew from the pool
record-organisation-renamed = Organisation’s name changed

mail-kind-membership-warned = Notification of a warning
mail-kind-membership-corrected = Notification that a warning is lifted
mail-kind-membership-revocation-proposed = Revocation of membership awaiting approval
mail-kind-membership-bar-proposed = Bar from applying again awaiting approval
mail-kind-membership-proposal-returned = Proposal of a revocation or bar returned
mail-kind-membership-revoked = Notification of revocation of membership
mail-kind-membership-barred = Notification of a bar from applying again
mail-kind-membership-withdrawal-asked = Request to withdraw awaiting a decision
mail-kind-membership-withdrawal-declined = Notification that a withdrawal is declined
mail-kind-membership-withdrew = Notification of withdrawal from the pool
mail-kind-membership-renamed = Notification of a change of name

mail-membership-warned-subject = Warning: { $category }
mail-membership-warned-body =
    To: { $organisation }

    A check has found the problems below, and your organisation is hereby warned. Please put them right by the end of { $due } and report to { $station } in writing what has been done, with evidence. If they are not put right, or not fully, by then, the membership will be revoked as prescribed.

    Problems and what must be put right: { $reason }

    Basis: { $basis }.
    Decided by: { $station }
    Date: { $date }

    Your organisation’s membership in ‘{ $category }’ stays in force during the warning. { ruling-remedy } View the details:
    { $link }
mail-membership-corrected-subject = Warning lifted: { $category }
mail-membership-corrected-body =
    To: { $organisation }

    A check has found that your organisation has put matters right. The warning is hereby lifted, and the standing of its membership in ‘{ $category }’ is normal again.

    What the check found: { $reason }

    Decided by: { $station }
    Date: { $date }

    View the details:
    { $link }
mail-membership-revocation-proposed-subject = Revocation of membership awaiting approval: { $organisation }
mail-membership-revocation-proposed-body =
    It has been proposed to revoke the membership of { $organisation } in ‘{ $category }’.
    Reason: { $reason }
    Basis: { $basis }

    Please decide: { $link }
mail-membership-bar-proposed-subject = Bar from applying again awaiting approval: { $organisation }
mail-membership-bar-proposed-body =
    It has been proposed to bar { $organisation } from applying again until { $until }.
    Reason: { $reason }
    Basis: { $basis }

    Please decide: { $link }
mail-membership-proposal-returned-subject = Proposal returned: { $organisation }
mail-membership-proposal-returned-body =
    Dear { $name },

    Your proposal on { $organisation } has been returned. The organisation’s standing does not change.
    Reason: { $reason }

    { $link }
mail-membership-revoked-subject = Revocation of membership: { $category }
mail-membership-revoked-body =
    To: { $organisation }

    After examination it has been decided to revoke your organisation’s membership in ‘{ $category }’ from { $date }. The certificate is no longer valid from that day.

    Reason: { $reason }

    Basis: { $basis }.
    Decided by: { $station }
    Date: { $date }

    { ruling-remedy } You may also apply for administrative reconsideration or bring administrative proceedings in accordance with the law. View the details:
    { $link }
mail-membership-barred-subject = Bar from applying again
mail-membership-barred-body =
    To: { $organisation }

    After examination it has been decided that no applications from your organisation will be accepted from { $from } to { $until }.

    Reason: { $reason }

    Basis: { $basis }.
    Decided by: { $station }
    Date: { $date }

    { ruling-remedy } You may also apply for administrative reconsideration or bring administrative proceedings in accordance with the law. View the details:
    { $link }
mail-membership-withdrawal-asked-subject = Request to withdraw awaiting a decision: { $organisation }
mail-membership-withdrawal-asked-body =
    { $organisation } asks to withdraw from ‘{ $category }’.
    Reason: { $reason }

    Please decide: { $link }
mail-membership-withdrawal-declined-subject = Withdrawal declined: { $category }
mail-membership-withdrawal-declined-body =
    To: { $organisation }

    Your organisation’s request to withdraw from ‘{ $category }’ has been declined. Its membership does not change.

    Reason: { $reason }

    Decided by: { $station }
    Date: { $date }

    { ruling-remedy } View the details:
    { $link }
mail-membership-withdrew-subject = Withdrawal from the pool: { $category }
mail-membership-withdrew-body =
    To: { $organisation }

    At its own request, your organisation withdraws from ‘{ $category }’ from { $date }. The certificate is no longer valid from that day. Your organisation can apply again later.

    Reason for withdrawal: { $reason }

    Handled by: { $station }
    Date: { $date }

    View the details:
    { $link }
mail-membership-renamed-subject = Organisation’s name changed
mail-membership-renamed-body =
    To: { $name }

    The name of your organisation has been changed from ‘{ $before }’ to ‘{ $name }’. The unified social credit code and the memberships stay the same; published lists keep the name they were published with.

    Evidence: { $evidence }
    Handled by: { $station }
    Date: { $date }

    If there is a mistake, contact { $station }. View the details:
    { $link }
