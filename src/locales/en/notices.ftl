notices-title = Public notices
notices-none = No notices at present
notices-none-text = When names proposed for recognition are put on public notice, the notice appears here. Objections can be raised while it runs.
notice-number = Notice number
notice-number-form = Notice [{ $year }] No. { $sequence }
objection-number-form = Objection [{ $year }] No. { $sequence }
notice-title = Title
notice-body = Text
notice-period = Notice period
notice-standing = Status
notice-over = Notice ended
notice-no-order = In order of organisation name, not of rank.
notice-open = Open the public notice
notice-how-to-object = How to object
notice-how-to-object-text = While the notice runs, any organisation or person who objects to a name on it can raise an objection under their real name, stating the matter and enclosing evidence. Objections that are anonymous or late are recorded but not accepted. Your identity is sealed: only the handling officer can open it, after stating a reason, and each opening is recorded.
office-name = Contact
office-phone = Telephone
office-address = Postal address
office-postcode = Postcode
notice-back = Back to the notice
notice-new-title = Open a public notice
notice-default-title = Public notice of names proposed for recognition: { $programme }, { $year }
notice-default-title-again = { $title } (no. { $number })
notice-will-run = The notice period begins today ({ $starts }) and ends on { $ends }. Once opened, the notice cannot be changed or taken back.
notice-default-body = In accordance with the call, and after city recommendation, screening, expert review and decision, the names proposed for recognition are hereby put on public notice. Objections during the notice period should be raised under a real name and with evidence.
notice-nobody = This call has no applications proposed for recognition, so no notice can be opened. Complete the decision first.
notice-named = Names to be put on notice: { $count }
download-csv = Download the table (CSV)
choose = Please choose
all = All
filter = Filter

objections-title = Objections
objections-none = No objections
objection-new-title = Raise an objection
objection-receipt-title = Objection receipt
objection-late-warning = The notice has ended. Objections raised now are recorded but not accepted.
objection-sealed = Your name and contact details are sealed and are not disclosed to the organisation you object to.
objection-application = Organisation objected to
objection-kind = You are
objector-person = A person
objector-unit = An organisation
objection-name = Real name, or full name of the organisation
objection-name-hint = Persons must give their real name; organisations must give their full name, and their evidence should bear the official seal.
objection-phone = Telephone
objection-contact-hint = Give a telephone number, an email address, or both.
objection-email-hint = If you give one, an email asks you to confirm it; after that you will be notified whether the objection is accepted and how it is resolved.
objection-matter = Matter of the objection
objection-evidence = Evidence
objection-evidence-hint = At least one file and at most { $limit }: PDF, PNG, JPG or DOCX, each up to { $mb } MB.
objection-kept = Evidence already uploaded
objection-kept-hint = It is submitted with the objection. Untick what is not to be.
objection-send = Submit the objection
objection-as-it-is = Submit it as it is
objection-as-it-is-text = Only an objection that is completed is accepted. You can also submit it as it is: if it lacks anything, it is recorded but not accepted, and the receipt states the reasons.
objection-number = Objection number
objection-status = Status
objection-status-received = Awaiting acceptance
objection-status-not_accepted = Not accepted
objection-status-accepted = Being handled
objection-status-upheld = Upheld
objection-status-dismissed = Dismissed
objection-receipt-text = Your objection has been received; note its number. After a check by the handling officer, you will be notified whether it is accepted; if you gave an email address, open the link in the email to confirm it, as nothing is sent before.
objection-incomplete-text = Your objection has been recorded but is not accepted, for the reasons below. While the notice runs, you can complete it and raise it again.
objection-late-text = Your objection has been recorded but is not accepted, for the reasons below. Objections must be raised while the notice runs; one that is late cannot be completed and raised again.
objection-received-at = Received
objection-proposed = Proposed outcome
objection-proposed-by = Outcome proposed by
objection-reason = Reason
objection-identity = Identity of the objector
objection-identity-text = The identity is sealed. If you really need to contact the objector, state the reason and open it; who opened it, when and why goes into the event record.
objection-identity-open = Open the identity
objection-identity-reason = Reason for opening
objection-address = Email address
objection-address-confirmed = The objector has confirmed that notifications arrive
objection-address-unconfirmed = Not confirmed by the objector, so nothing is sent; if you need to reach them, telephone
objection-address-title = Confirm your email address
objection-address-text = Whether { $number } is accepted, and how it is resolved, will be sent to the address that received this link.
objection-address-send = Confirm the address
objection-address-done = Your email address has been confirmed. Whether { $number } is accepted, and how it is resolved, will be sent to it.
objection-accept-title = Acceptance
objection-accept-text = If the objection is accepted, publication of this organisation is put on hold. Others are not affected.
objection-accept = Accept
objection-decline = Do not accept
objection-propose-title = Propose an outcome
objection-outcome = Outcome
objection-propose = Submit for approval
objection-waits = The proposed outcome awaits approval by another officer.
objection-propose-again = Change the proposed outcome
objection-approve-title = Approve the outcome
objection-approve = Approve
objection-return = Return to the handling officer
objection-held-reason = An objection was received during the notice and is being investigated. Publication is on hold meanwhile.

done-notice-opened = The notice has been opened.
done-objection-accepted = The objection has been accepted. Publication of the organisation is on hold.
done-objection-declined = The objection was not accepted. Whoever raised it is notified if they have confirmed their address.
done-objection-proposed = The proposed outcome has been submitted for approval.
done-objection-decided = The outcome is settled. Whoever raised the objection is notified if they have confirmed their address; the organisation, if it is released or removed.
done-objection-returned = Returned to the handling officer.

refusal-notice_not_used = This programme has no public notice.
refusal-nobody_to_name = This call has no applications proposed for recognition, so no notice can be opened. Complete the decision first.
refusal-objection_entry_settled = The name objected to has already been removed or published, so the objection can no longer be accepted. Choose ‘Do not accept’ and state the reason.
refusal-objection_wrong_status = The status of the objection has changed, so this step is no longer possible. Refresh the page.
refusal-objection_others_waiting = Another objection to the same organisation still awaits acceptance. Deal with that one before you decide this one.
refusal-objection_nothing_proposed = No outcome has been proposed yet, so there is nothing to approve.
refusal-evidence_token = The token of the evidence is invalid or has expired (after 12 hours). Upload the evidence and submit again.
problem-objection_application_missing = Choose the organisation objected to.
problem-objection_name_missing = Enter your real name, or the full name of the organisation.
problem-objection_contact_missing = Enter a telephone number or an email address.
problem-objection_matter_missing = State the matter of the objection.
problem-objection_evidence_missing = Enclose at least one piece of evidence.
problem-objection_outcome_missing = Choose the outcome: upheld or dismissed.
problem-evidence_too_many = At most { $limit } files of evidence are allowed. Combine them and upload again.
problem-evidence_out_of_room = Evidence that was uploaded and is not yet part of an objection is near its limit of { $limit_mb } MB ({ $used_mb } MB are used), so no more can be taken for now. Upload it again in a day, or send it by post or hand it in.
problem-evidence_share_out_of_room = Evidence that was uploaded from your network and is not yet part of an objection is near its limit of { $limit_mb } MB ({ $used_mb } MB are used), so no more can be taken for now. Upload it again in a day or from another network, or send it by post or hand it in.
problem-evidence_refused = The file of evidence ‘{ $file }’ was not taken: { $why }

mail-notice-opened-subject = Yuanchi: public notice of names proposed for recognition, { $number }
mail-notice-opened-body =
    To: { $organisation }

    Your organisation is proposed for recognition in ‘{ $call }’ and has been put on public notice ({ $number }) until { $ends }. If there is no objection by the end of the notice, the name will be published.

    View the notice: { $link }
mail-application-held-subject = Yuanchi: objection received to your organisation
mail-application-held-body =
    To: { $organisation }

    About your organisation’s application in ‘{ $call }’: { $reason }

    If an explanation is needed from your organisation during the investigation, the handling officer will contact you. View its progress: { $link }
mail-application-released-subject = Yuanchi: objection dismissed, publication no longer on hold
mail-application-released-body =
    To: { $organisation }

    The objection to your organisation in ‘{ $call }’ has been investigated and dismissed. Reason: { $reason }

    { $over ->
        [yes] The notice has ended, and the name will be published in due course.
       *[no] If there is no other objection by the end of the notice, the name will be published.
    }

    View its progress: { $link }
mail-application-removed-subject = Yuanchi: objection upheld, not to be published
mail-application-removed-body =
    To: { $organisation }

    An objection was raised to your organisation’s application (application number: { $number }; call: { $call }) during the notice. After investigation the objection is upheld, and the application is not recognised.

    Reason: { $reason }

    Basis: { $basis }.
    Decided by: { $station }
    Date: { $date }

    { ruling-remedy }

    View the details: { $link }
mail-objection-received-subject = Yuanchi: your objection has been received, { $number }
mail-objection-received-body =
    Hello,

    Somebody has given this address with an objection to ‘{ $notice }’, number { $number }. The objection counts from when it was received, and the identity has been sealed.

    If it was you, open the link below to confirm the address; whether the objection is accepted, and how it is resolved, will then be sent to it. If it was not you, ignore this email; no more will be sent:
    { $confirm }

    View the notice: { $link }
mail-objection-incomplete-subject = Yuanchi: your objection was not accepted, { $number }
mail-objection-incomplete-body =
    Hello,

    Somebody has given this address with an objection to ‘{ $notice }’, number { $number }. It is not accepted for these reasons: { $lacking }.

    { $late ->
        [yes] Objections must be raised while the notice runs; one that is late cannot be completed and raised again. View the notice: { $link }
       *[no] While the notice runs, you can complete it and raise it again: { $link }
    }
mail-objection-to-handle-subject = Yuanchi: objection awaiting acceptance, { $number }
mail-objection-to-handle-body =
    An objection to ‘{ $notice }’ has been received, with the number { $number }. Please check it and decide whether to accept it.

    Handle it: { $link }
mail-objection-to-approve-subject = Yuanchi: outcome of an objection awaiting approval, { $number }
mail-objection-to-approve-body =
    An outcome has been proposed for { $number }. Please decide on it.

    Handle it: { $link }
mail-objection-returned-subject = Yuanchi: proposed outcome of an objection returned, { $number }
mail-objection-returned-body =
    The outcome proposed for { $number } has been returned. Reason: { $reason }

    Handle it: { $link }
mail-objection-accepted-subject = Yuanchi: your objection has been accepted, { $number }
mail-objection-accepted-body =
    { $name },

    Your objection (number { $number }) has been accepted, and publication of the organisation concerned is on hold. You will be notified of the outcome.

    View the notice: { $link }
mail-objection-declined-subject = Yuanchi: your objection is not accepted, { $number }
mail-objection-declined-body =
    { $name },

    Your objection (number { $number }) is not accepted. Reason: { $reason }

    View the notice: { $link }
mail-objection-upheld-subject = Yuanchi: outcome of your objection, upheld ({ $number })
mail-objection-upheld-body =
    { $name },

    Your objection (number { $number }) has been investigated and is upheld; the organisation concerned will not be published. Reason: { $reason }

    View the notice: { $link }
mail-objection-dismissed-subject = Yuanchi: outcome of your objection, dismissed ({ $number })
mail-objection-dismissed-body =
    { $name },

    Your objection (number { $number }) has been investigated and is dismissed. Reason: { $reason }

    View the notice: { $link }

refusal-call_review_over = Expert review has ended, so the closing of city recommendations can no longer be made later.
notices-to-open = Awaiting notice
notices-to-open-count = Awaiting notice: { $count }
nav-objections = Objections
nav-recommendations = Ranking of recommendations
nav-organisations = Organisations
