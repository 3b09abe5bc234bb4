# Applications: filling in, attachments, submission, receipt, withdrawal, the page of an application.

## The list
applications-title = Applications
applications-own = Your organisation’s applications
applications-none = No applications match
applications-search = Organisation name, unified social credit code or application number
applications-total = Total: { $total }
application-all-states = All
application-all-calls = All calls
application-order-urgent = Due first
application-file = Application
application-due = Due
application-submitted-on = Submitted: { $at }
application-order-waiting = Longest waiting first
application-order-latest = Last changed first
application-filter-kept = The address keeps the filter: bookmark it to come back to this list.
application-waited-days = { $days ->
    [one] unchanged for { $days } day
   *[other] unchanged for { $days } days
 }
application-filter = Filter
application-filter-by-state = Filter by status
application-to-calls = View calls

## The application
application-number = Application number
application-number-none = Not submitted yet
application-organisation = Organisation
application-name = Name
application-credit-code = Unified social credit code
application-registered-area = Place of registration
application-area-outside = Outside Guangdong Province
application-address = Address
application-call = Call
application-bureau = Recommending bureau
application-bureau-direct = Received directly by the department
application-state = Status
application-updated-at = Last updated
application-next-title = Current progress
application-next-draft = Fill in the form and upload the attachments. An administrator of your organisation then submits the application.
application-next-submitted = Waiting for the city bureau’s check.
application-next-city_correction = The city bureau has returned the application for correction. The organisation must correct it and submit it again by the deadline.
application-next-not_recommended = The city bureau has not recommended the application. It goes no further in this call.
application-next-recommended = Waiting for the department’s screening.
application-next-screening_correction = The department has returned the application for correction. The organisation must correct it and submit it again by the deadline.
application-next-ineligible = Screening found the application ineligible. It goes no further in this call.
application-next-in_review = Waiting for expert review.
application-next-reviewed = Review has ended. Waiting for the decision.
application-next-proposed = Proposed for recognition. Waiting for the public notice.
application-next-not_selected = The decision was not to select the application. It goes no further in this call.
application-next-in_notice = On public notice. If no objection is received by the end of the notice, the name will be published.
application-next-held = Publication is on hold because an objection has been received. Waiting for the result of the investigation.
application-next-removed = An objection was upheld and the name has been removed from the notice. The application goes no further in this call.
application-next-recognised = On the published list.
application-next-withdrawn = The organisation has withdrawn the application.
application-next-closed = The call closed on { $at } and this application had not been submitted. It can no longer be filled in or submitted.
application-next-lapsed = The time for correction ended on { $at } and your organisation had not submitted the application again. It can no longer be changed or submitted. { $station } will now decide whether to extend the time or to conclude the case, and you will be notified of the result by email. If there are special circumstances, contact { $station } as soon as possible.
application-next-lapsed-officer = Correction overdue: the time for correction ended on { $at } and the organisation has not submitted the application again. Extend the time for correction, or conclude the case.
application-deadline-closing = Applications close: { $at }
application-deadline-correction = Correction due: { $at }
application-to-mend = To be corrected
application-deadline-recommendation = City recommendations close: { $at }
application-recommendation-title = City bureau’s recommendation
application-recommendation-rank = Rank in the recommendation: { $rank }
application-to-application = Back to the application
application-file-kept = What was saved, documents included, is not lost: it can still be read in the application.
application-to-form = Back to the form
application-to-submission = Next: submit
action-screening = Screening
station-filling = Filling in
station-decision = Decision
station-publication = Publication

## Correction
application-correction-of = Correction ({ $station })
application-correction-requested-at = Returned
application-correction-due-at = Correction due
application-correction-answered-at = Submitted again
application-correction-note = Note on the return:{" "}
application-correction-note-label = Note on the return
mark-reason = Correction needed:{" "}
mark-changed = Changed
mark-unchanged = Not changed
changes-title = Before and after correction
changes-none = Nothing differs before and after correction.
application-before = Before correction
application-after = After correction

## Event record
timeline-title = Event record
timeline-repeated = { $title } (times: { $count })
timeline-way-title = The way of the application
timeline-here = Now at
timeline-last = Last step
timeline-place-done = Done
timeline-place-current = In progress
timeline-place-ahead = Not started
timeline-place-stopped = Ended here
timeline-place-unreached = Will not take place
timeline-since = since { $at }
timeline-span = { $from } to { $to }
timeline-due = Due: { $at }
timeline-overdue = Overdue since { $at }
timeline-due-none = The call publishes no date for this step
timeline-planned = Expected to be done by { $day }
timeline-planned-passed = Expected date has passed: { $day }
timeline-planned-notice = Notice expected to begin on { $day }
timeline-planned-notice-passed = Expected beginning of the notice has passed: { $day }
timeline-notice-until = The notice ends: { $at }
event-application-drafted = Application created
event-application-saved = Answers saved
event-application-document-added = Attachment uploaded
event-application-document-removed = Attachment removed
event-application-submitted = Application submitted
event-application-resubmitted = Correction submitted
event-application-withdrawn = Application withdrawn
event-application-correction-requested = Returned for correction
event-application-correction-extended = Time for correction extended
event-application-recommended = Recommended
event-application-recommendation-undone = Recommendation undone; with the bureau again
event-application-not-recommended = Not recommended
event-application-result-filed = Recognition result filed
event-application-accepted = Screening passed
event-application-acceptance-undone = Screening result undone; in screening again
event-application-declared-ineligible = Found ineligible
event-application-reviewed = Review ended
event-application-selected = Selected by decision; proposed for recognition
event-application-declined = Declined by decision
event-application-decision-undone = Decision revoked; awaiting decision again
event-application-noticed = Put on public notice
event-application-held = Publication put on hold
event-application-released = Notice resumed
event-application-removed = Removed from the notice
event-application-recognised = Put on the published list

## Filling in
form-title = Fill in the application
form-title-correction = Correct the application
form-go-on-correction = Continue correcting
form-deadline = Deadline: { $at } (judged by when the server receives the complete content)
application-choose = Please choose
progress-title = Progress
form-from-organisation = { $help } Taken from your organisation’s record; please check it.
progress-some = Required: { $total }; done: { $met }
progress-complete = Required: { $total }; done: { $met }; all complete
progress-nothing = Nothing is required
progress-mending = To correct: { $left }; changed: { $changed }
progress-lacking = To fill in or correct under ‘{ $part }’
application-year = Year
answer-place = No.
application-save = Save
application-save-and-documents = Save and upload attachments
application-save-and-submission = Save and go to submission
application-save-and-preview = Save and preview
preview-title = Preview of the application
preview-text = This is what officers see when they open the application. Check that nothing is wrong or left out. A preview is not a submission.
preview-filed = The application is under correction: until it is submitted again, officers still see what was submitted last.
preview-print = Print or save as PDF
preview-at = Content as of { $at }
row-number = Row
row-add = Add a row
row-remove = Delete this row
paste-hint = You can copy several rows and columns from Excel or another spreadsheet and paste them into the first cell. The cells are filled in order.
paste-filled = Cells filled:
paste-left = The following did not fit. Check it and enter it by hand (the number in front is the row):
paste-no-row = No row left for:
paste-no-such-row = No such year or heading in the table:
paste-no-column = No column left for:
paste-no-choice = Not among the choices:
paste-no-date = Not a date that can be read:
paste-undo = Undo the paste
carry-over = Use earlier answers
carry-over-text = Your organisation applied under the same programme in ‘{ $call }’. Those answers can be copied into the questions that are still blank here; questions already answered are not affected. Check every answer after copying.
members-title = Consortium members
members-note = Members other than the lead organisation: { $limit } at most. Leave blank if there are none.
application-member-name = Organisation name
application-member-credit-code = Unified social credit code
application-member-duty = Work undertaken

## Attachments
documents-title = Attachments
documents-note = Upload clear, complete scans under the right kind. Their content must agree with the form. After each upload the system checks the file type and records a checksum.
documents-none = Nothing uploaded yet
documents-count = Uploaded: { $count }
documents-together = Files chosen together may have { $size_mb } MB in all. Upload more than that in several goes.
documents-kept-before = Of the files chosen together, the first ({ $count }) were uploaded and need not be sent again; the others were not. Those uploaded can be read in the application.
document-limits = Formats: { $types }. Largest file: { $size_mb } MB. Maximum number of files: { $count }
document-choose = Choose a file
document-remove = Remove
document-remove-named = Remove ‘{ $name }’
document-full = No more attachments of this kind can be added. To replace one, remove it first.
document-alike = Some files here have exactly the same content and count as one.
document-locked = The correction did not ask for changes to attachments of this kind.
document-kind = Kind of attachment
document-name = File name
document-size = Size

## Submission and receipt
submission-title = Submit the application
submission-text = Once submitted, the application goes to be checked and cannot be changed unless it is returned for correction. Make sure that the form and the attachments are true and complete.
resubmission-text = Once submitted again, the application goes back to be checked and will not be returned for correction at this stage again. Make sure that everything asked for has been corrected.
submission-documents = Attachments submitted with the application: { $count }.
submission-digest = Checksum of the submitted content (SHA-256)
unchanged-title = Items not changed: { $count }
unchanged-text = You were asked to correct the items below, but they are the same as before. The application is returned for correction only once at this stage and cannot be changed after it is submitted. Go back and correct them; if no change is needed, tick the confirmation and submit.
unchanged-confirm = Our organisation has checked the items above and confirms that no change is needed.
application-commitment = Our organisation declares that the answers and the attachments are true, accurate, complete and the same as the originals, takes responsibility for their truth, and accepts the consequences if they are not.
obstacles-title = To be dealt with before you can submit: { $count }
receipt-title = Application receipt
receipt-at = Submitted (Beijing time)
receipt-count = Submission
receipt-nth = Submission no. { $count }
receipt-verify-title = How to verify
receipt-verify = The submitted content has been stored and no longer changes. Fetch its content part from the API at /api/v1/applications/{ $id }/submissions/{ $count }, canonicalise it as UTF-8 text by RFC 8785 and compute the SHA-256: the result must be the checksum on this receipt. The SHA-256 of each file can be computed and compared on your own computer.

## Withdrawal
withdrawal-title = Withdraw the application
withdrawal-text = A withdrawn application cannot be restored, and any recommendation place that it used is freed. You can apply again until the call closes, and not in this call after that.
withdrawal-reason = Reason for withdrawal

## What has been done
done-application-drafted = Application created. Select ‘Save’ as you go; where the browser runs scripts, answers are also saved while you type.
done-application-exists = Your organisation already has an application in this call. This is it.
done-application-saved = Saved.
done-answers-carried-over = Earlier answers have been copied. Check each of them.
done-document-added = Uploaded.
done-document-removed = Removed.
done-application-submitted = The application has been submitted. Keep this receipt.
done-application-was-submitted = This application had already been submitted. This is the receipt; there is no need to submit again.
done-application-was-recommended = This application had already been recommended; there is no need to do it again.
done-application-withdrawn = The application has been withdrawn.

## What cannot be done
refusal-no_organisation = You do not belong to an organisation yet. Under ‘Your organisation’, register one or ask to join one that is registered.
refusal-outside_province = This programme accepts only organisations registered in Guangdong Province, and your organisation is recorded as registered elsewhere. If that is wrong, correct your organisation’s details first.
refusal-applications_used_up = Your organisation has made as many applications in this call as one organisation can: { $limit }. To make another, withdraw one of them first.
refusal-draft_unfinished = Your organisation has a draft in this call that has not been submitted. Submit or withdraw it before you start another.
refusal-already_applied = Your organisation already has an application in this call, and each organisation can make only one. To apply again, withdraw that one first.
refusal-nothing_to_carry_over = No earlier application by your organisation under this programme was found, so there are no answers to copy.

## Wrong answers
problem-not_marked = ‘{ $name }’ is not part of this correction and cannot be changed. Change only what was marked when the application was returned.
problem-licence_needed = The check character of the unified social credit code { $code } does not follow the national standard. Upload an image of the business licence under ‘Your organisation’ before you submit.
problem-marks_unchanged = { $items }: correction was asked for, but the content is the same as before. Correct it; if no change is needed, tick the confirmation and submit again.
problem-commitment_needed = Read and tick the declaration before you submit.
problem-members_too_many = A consortium can have at most { $limit } members beside the lead organisation; there are { $found }. Remove some.
problem-member_name_missing = Enter the organisation name of member { $number }; if the member is not needed, clear the row.
problem-member_code_missing = Enter the unified social credit code of member { $number }.
problem-member_duty_missing = Enter the work undertaken by member { $number }.
problem-lead_code_check = The organisation’s unified social credit code is { $code }; by the national standard its last character should be ‘{ $expected }’. It must be checked against the image of the business licence.
problem-member_code_check = By the national standard, the last character of the unified social credit code should be ‘{ $expected }’. Check it against the member’s business licence. If it is the same as on the licence you can submit, and it will be checked in screening.
problem-member_barred = This organisation’s membership was revoked. Up to and including { $until } it can neither apply nor be a member of a consortium. Remove this member.
problem-member_code_twice = The unified social credit code { $code } appears more than once. The lead organisation and the members must all be different; check the codes.
problem-member_too_long = At most { $limit } characters; there are { $found }. Shorten the text.
problem-document_kind_unknown = This programme has no attachments of the kind ‘{ $kind }’. Choose one of the kinds listed.
problem-document_twice = ‘{ $sent }’ has exactly the same content as ‘{ $name }’, which has been uploaded already, and is not taken twice. If it was the wrong file, choose another.
problem-documents_too_large = The attachments of one application cannot exceed { $limit_mb } MB in all; { $used_mb } MB are used. Compress files, or remove those that are not needed, and upload again.
problem-documents_too_many_ever = { $limit } files have been uploaded to this application, including those removed since, and no more can be. Please contact the department’s handler.
problem-organisation_out_of_room = All files that your organisation has uploaded over the years cannot exceed { $limit_mb } MB; { $used_mb } MB are used, removed files included. Compress the file and upload it again; if there is still no room, please contact the department’s handler.
problem-registry_out_of_room = The space for files is full ({ $used_mb } of { $limit_mb } MB are used), so nothing can be uploaded for now. Please contact the department’s handler, and upload again once there is more space.
problem-withdrawal_reason_missing = Enter the reason for withdrawal.
problem-withdrawal_reason_too_long = The reason for withdrawal can have at most { $limit } characters; there are { $found }. Shorten it.
problem-upload_too_large = The file is over the limit of { $limit_mb } MB. Compress it, for example by lowering the resolution of pictures, and upload it again.
problem-upload_too_many_parts = This upload has more than { $limit } items. Refresh the page, and upload fewer files at a time.
problem-upload_rest = ‘{ $name }’ was not uploaded; the files before it ({ $count }) were and need not be sent again. Mend it, and choose files from this one on.
problem-upload_empty = The file is empty. Make sure that it is the right one and upload it again.
problem-upload_type_not_allowed = Only these formats are accepted here: { $allowed }. Convert the file and upload it again.
problem-upload_content_mismatch = { $found ->
    [ole] The file is named { $declared }, but its content is an old or encrypted Office file. Remove the password, save it as .xlsx or .docx and upload it again.
    [heic] The file is named { $declared }, but its content is a HEIC picture from a telephone. Export it as JPG on the telephone and upload it again.
    [program] The file is named { $declared }, but its content is a program. Make sure that it is the right file; if it is, export it again from the original software.
    [script] The file is named { $declared }, but its content is a script. Make sure that it is the right file; if it is, export it again from the original software.
    [archive] The file is named { $declared }, but its content is a compressed archive. Unpack it and upload the files one by one.
    [zip] The file is named { $declared }, but its content is a compressed archive. Unpack it and upload the files one by one, or export it again from the original software.
    [html] The file is named { $declared }, but its content is a web page. Print it to PDF and upload it again.
    [svg] The file is named { $declared }, but its content is an SVG drawing. Export it as PNG or PDF and upload it again.
    [xml] The file is named { $declared }, but its content is XML data. Export it again from the original software; do not just change the extension.
    [unknown] The file is named { $declared }, but its content is not. Export it again from the original software; do not just change the extension.
   *[other] The file is named { $declared }, but its content is { $found }. Export it again from the original software; do not just change the extension.
}
problem-upload_damaged = The file is incomplete or damaged (it should be { $declared }). Open it on your own computer to check it, then export and upload it again.
problem-upload_suspicious = { $reason ->
    [name_characters] The file name has control characters or characters that change the direction of text. Rename the file and upload it again.
    [name_empty] The file has an extension but no name. Rename the file and upload it again.
    [double_extension] The file name has the extension of a program in it (such as .exe or .html). Rename the file and upload it again.
    [polyglot] Another file is hidden in the file. Export it again from the original software and upload it.
    [trailing_data] There is extra data at the end of the file. Save a copy with a picture viewer or office software and upload that.
    [too_many_pixels] The picture has more than 40 million pixels. Make it smaller and upload it again.
    [too_many_entries] The file has too many parts inside. Save a copy, or turn it into a PDF, and upload that.
    [inflates] The file becomes too large when unpacked. Remove what is not needed, or turn it into a PDF, and upload it again.
    [encrypted] The file is encrypted. Remove the password and upload it again.
    [entry_names] The inner structure of the file is abnormal. Save a copy with office software and upload that.
    [macros] The file contains macros. Save it as .xlsx or .docx without macros and upload it again.
    [animated] The picture is an animation. Save it as a still picture (PNG or JPG) and upload that.
   *[other] The file is a security risk. Export it again from the original software and upload it.
}

## Mail
mail-application-received-subject = Application receipt: { $number }
mail-application-received-body =
    To: { $organisation }

    Your organisation submitted an application for ‘{ $call }’ on { $at }.

    Application number: { $number }
    Checksum of the submitted content (SHA-256): { $sha256 }

    Keep this email. If correction is needed during the checks, you will be notified; watch for our emails and act by the deadline.

    View the receipt: { $link }
mail-application-to-screen-subject = For screening: { $call }
mail-application-to-screen-body =
    Hello,

    City bureaus have recommended applications in ‘{ $call }’. Please begin screening. Applications recommended later are added to your list of tasks, without an email for each.

    View the applications to screen: { $link }
mail-application-arrived-subject = New application to handle: { $number } { $organisation }
mail-application-arrived-body =
    Hello,

    { $organisation } submitted an application for ‘{ $call }’ on { $at }, with the application number { $number }. Please check it within the time set.

    View the application: { $link }
mail-correction-received-subject = Correction receipt: { $number }
mail-correction-received-body =
    To: { $organisation }

    Your organisation submitted its application for ‘{ $call }’ (number { $number }) again on { $at }.

    Checksum of the submitted content (SHA-256): { $sha256 }

    View the receipt: { $link }
mail-correction-arrived-subject = Correction submitted: { $number } { $organisation }
mail-correction-arrived-body =
    Hello,

    { $organisation } corrected its application for ‘{ $call }’ (number { $number }) and submitted it again on { $at }. Please continue the check. The page of the application shows the content before and after correction.

    View the application: { $link }
mail-application-withdrawn-subject = Application withdrawn: { $number }
mail-application-withdrawn-body =
    To: { $organisation }

    Your organisation has withdrawn its application for ‘{ $call }’ (number { $number }).

    Reason for withdrawal: { $reason }

    You can apply again until the call closes, and not in this call after that.

    View the application: { $link }
mail-application-withdrawal-subject = Withdrawn by the organisation: { $number } { $organisation }
mail-application-withdrawal-body =
    Hello,

    { $organisation } has withdrawn its application for ‘{ $call }’ (number { $number }). Nothing more needs to be done.

    Reason for withdrawal: { $reason }

    View the application: { $link }
