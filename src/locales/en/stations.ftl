# City check and screening: correction, recommendation, non-recommendation, filed results, screening.
signer-department = Department of Industry and Information Technology of Guangdong Province

## Adverse decisions: mail and the page of the application say the same
ruling-remedy = If you disagree with this, write to { $station }, giving your reasons and enclosing evidence.
ruling-title = Decision
ruling-reason = Reason
ruling-basis = Basis
ruling-station = Decided by
ruling-date = Date
ruling-objection = If you disagree

## The application (as officers see it)
file-whole = View the whole application
file-why = Why each of these is asked
file-documents = Attachments
file-not-filled = Not filled in
file-no-document = Not uploaded
file-no-member = No consortium members
mark-members = Consortium members

## Return for correction
correction-title = Return for correction
correction-lead = Mark everything that must be corrected, at once: tick the item and state the reason and what is required. The organisation can change only the items ticked. The application can be returned for correction only once at this stage.
correction-mark = Correction needed
correction-reason = Reason and what is required
correction-due = Correction due
correction-due-hint = Until 24:00 on that day. Tomorrow at the earliest.
correction-due-hint-city = Until 24:00 on that day. Tomorrow at the earliest, and before city recommendations close in this call ({ $limit }).
correction-note = Further note
correction-note-said = Further note: { $note }
correction-note-hint = Optional. Sent to the organisation with the request for correction.
correction-send = Return for correction
extension-title = Extend the time for correction
extension-lead = Correction is now due on { $due } (24:00 that day). The extension applies to this organisation only; the reason is recorded and the organisation is notified.
extension-marks = Items to be corrected
extension-due = New date for correction
extension-reason = Reason for the extension
extension-reason-hint = The organisation will see this.

## Recommendation
recommendation-title = Recommend
recommendation-rank = Rank
recommendation-rank-hint = Only ranks that are free are listed. Until recommendations close, ranks can be changed on the ranking page.
recommendation-rank-number = Rank { $rank }
recommendation-opinion = Opinion
recommendation-opinion-hint = The department’s screening officers will see this.
recommendation-places = Recommendation quota in this call: { $limit }; left: { $left }.
recommendation-no-limit = There is no limit on recommendations in this call. Recommended so far: { $taken }.
recommendations-title = Ranking of recommendations
recommendations-bureau = City bureau
recommendations-call = Call
recommendations-choose = Please choose
recommendations-choose-hint = Choose a call first.
recommendations-show = View
recommendations-none = No call chosen yet
recommendations-empty = No application has been recommended in this call yet
recommendations-until = Until recommendations close ({ $limit }), the ranks of applications still in screening can be changed.
recommendations-organisation = Organisation
recommendations-number = Application number
recommendations-state = Progress
recommendations-at = Recommended
recommendations-order = Change the ranking
recommendations-order-hint = Write the place wanted for each application and save them all at once; the others close up.
recommendations-order-save = Save the ranking
recommendations-place = Place of ‘{ $organisation }’
recommendations-up = Move ‘{ $organisation }’ up
recommendations-down = Move ‘{ $organisation }’ down

## Non-recommendation
non-recommendation-title = Do not recommend
non-recommendation-lead = An application that is not recommended goes no further in this call, and this cannot be undone. The organisation will receive the reason you enter.
station-reason = Reason
station-reason-hint = State the facts and the basis. The organisation sees exactly what is entered here.

## Filing a recognition result
city-result-title = File the recognition result
city-result-lead = Under this programme the city bureau itself decides on recognition. An application filed as ‘Recognised’ goes to public notice and uses a place of the quota; one filed as ‘Not recognised’ goes no further. This cannot be undone.
city-result-outcome = Recognition result
city-result-recognised = Recognised
city-result-not_recognised = Not recognised
city-result-reason = Basis for recognition, or reason for not recognising

## Screening
screening-title = Screening
screening-lead = The system’s findings are for reference only; your own conclusions count. Where they differ from the system’s, state why in the note.
screening-machine = System’s finding
screening-officer = Officer’s conclusion
screening-note = Note
screening-note-hint = Required where you differ from the system’s finding.
screening-conclusion = Result of screening
screening-reason = Reason for ineligibility
screening-reason-hint = Required if the application is found ineligible. The organisation sees exactly what is entered here.
screening-send = Submit the screening result
screening-lead_code = The organisation’s unified social credit code agrees with its business licence
screening-member_codes = The consortium members’ unified social credit codes agree with their business licences
screening-materials = The attachments are complete, legible and valid
screening-accepted = Screening passed
screening-ineligible = Ineligible
verdict-met = Met
verdict-not_met = Not met
verdict-unclear = The attachments do not show it

## What has been done
done-correction-requested = Returned for correction. The organisation has been notified.
done-correction-extended = The time for correction has been extended. The organisation has been notified.
done-application-recommended = Recommended. The organisation has been notified.
done-application-not-recommended = Not recommended. The organisation has been notified.
done-result-filed = The recognition result has been filed. The organisation has been notified.
done-rank-changed = The ranking has been changed.
done-screened = The screening result has been submitted. The organisation has been notified.

## What cannot be done
refusal-rank_taken = Rank { $rank } has been given to ‘{ $organisation }’. Choose another, or change the ranking on the ranking page first.
refusal-rank_fixed = This application, or the one it would change places with, is no longer in screening. The ranking can no longer be changed.
refusal-not_decided_by_city = Under this programme the department decides; city bureaus only recommend and do not file recognition results.

## Wrong answers
problem-statement_missing = Fill this in (at most { $limit } characters). The organisation is entitled to know why.
problem-opinion_missing = Fill this in (at most { $limit } characters). The department’s screening officers will see it.
problem-statement_too_long = At most { $limit } characters; there are { $found }. Shorten the text.
problem-marks_missing = Tick at least one item that needs correction.
problem-mark_unknown = The form has no item ‘{ $key }’. Check it.
problem-mark_twice = An item can be marked only once. Put the reasons together.
problem-mark_not_ticked = A reason has been entered for ‘{ $name }’, but ‘Correction needed’ is not ticked. Tick it, or clear the reason.
problem-due_missing = Enter the date by which correction is due.
problem-due_not_a_date = ‘{ $value }’ is not a date. Enter it like 2026-03-31.
problem-due_too_early = The earliest date for correction is { $limit }. Choose that day or a later one.
problem-due_after_recommendation = Correction must be due before city recommendations close in this call: { $limit } at the latest. Choose an earlier date.
problem-due_no_time = City recommendations in this call close on { $limit }. Less than a whole day is left, so correction can no longer be arranged. Decide now whether to recommend.
problem-due_too_far = The latest date for correction is { $limit }. Check the year and the month.
problem-due_not_later = The new date must be later than the current one, { $limit }.
problem-rank_out_of_range = The rank should be from 1 to { $limit }. Choose again.
problem-outcome_missing = Choose the recognition result.
problem-bureau_missing = Name the city bureau (bureau).
problem-conclusion_missing = Choose the result of screening.
problem-verdict_missing = Enter a conclusion for ‘{ $item }’.
problem-verdict_unknown = The screening list has no item ‘{ $rule }’. Check it.
problem-verdict_twice = ‘{ $item }’ can have only one conclusion.
problem-verdict_note_missing = ‘{ $item }’: your conclusion differs from the system’s finding. State why in the note.
problem-verdict_note_too_long = The note on ‘{ $item }’ can have at most { $limit } characters; there are { $found }. Shorten it.
problem-accept_needs_all_met = The application passes only if every conclusion is ‘Met’. If something is unclear, return the application for correction; if something is not met, find it ineligible.
problem-ineligible_needs_not_met = To find an application ineligible, at least one conclusion must be ‘Not met’. Check the conclusions.

## Mail
mail-correction-requested-subject = Please correct your application: { $call } ({ $number })
mail-correction-requested-body =
    To: { $organisation }

    Your organisation’s application (application number: { $number }; call: { $call }) has been checked by { $station } and needs correction. Please sign in, correct the items below and submit the application again before 24:00 on { $due }:

    { $marks }

    Basis: { $basis }.
    The application is returned for correction only once at this stage. If it is not corrected in time, it may be not recommended or found ineligible. If you have real difficulty, contact { $station } before the deadline to ask for an extension.

    View and correct: { $link }
mail-correction-extended-subject = Time for correction extended: { $call } ({ $number })
mail-correction-extended-body =
    To: { $organisation }

    { $station } has extended the time for correcting your organisation’s application (application number: { $number }; call: { $call }) to 24:00 on { $due }.

    Reason for the extension: { $reason }

    Please sign in, correct the application and submit it again within that time: { $link }
mail-deadline-closing-subject = Applications close soon: { $call }
mail-deadline-closing-body =
    { $organisation }:

    Applications to ‘{ $call }’ close on { $due }. Your organisation’s application has not been submitted. After the closing it can no longer be filled in or submitted.

    Please check the form and the attachments. An administrator of your organisation must submit the application before the closing: { $link }
mail-deadline-correction-subject = Correction due soon: { $call } ({ $number })
mail-deadline-correction-body =
    { $organisation }:

    The correction of your organisation’s application (number { $number }, call ‘{ $call }’) is due by { $due } and has not been submitted. After that it can no longer be changed or submitted, and { $station } will decide whether to extend the time or to conclude the case.

    If you cannot be in time, contact { $station } before the deadline and ask for an extension.

    Continue the correction: { $link }
mail-deadline-recommendation-subject =
    { $decides ->
        [yes] City results are due soon: { $call } (waiting: { $count })
       *[no] City recommendations close soon: { $call } (waiting: { $count })
    }
mail-deadline-recommendation-body =
    Hello,

    { $decides ->
        [yes] In the call ‘{ $call }’ each city decides by itself, and its results can be filed until { $due }. Applications that still wait for your bureau: { $count }. After that no result can be filed and nothing can be returned for correction.
       *[no] City recommendations for ‘{ $call }’ close on { $due }. Applications that still wait for your bureau’s check: { $count }. After the closing they can no longer be recommended or returned for correction.
    }

    Sign in and complete them: { $link }
mail-application-recommended-subject = Recommended: { $call } ({ $number })
mail-application-recommended-body =
    To: { $organisation }

    { $station } has recommended your organisation’s application (application number: { $number }; call: { $call }). It has gone on to the next stage, and there is nothing you need to do now.

    View its progress: { $link }
mail-application-not-recommended-subject = Not recommended: { $call } ({ $number })
mail-application-not-recommended-body =
    To: { $organisation }

    After its check, { $station } does not recommend your organisation’s application (application number: { $number }; call: { $call }).

    Reason: { $reason }

    Basis: { $basis }.
    Decided by: { $station }
    Date: { $date }

    { ruling-remedy }

    View the details: { $link }
mail-result-recognised-subject = To be recognised: { $call } ({ $number })
mail-result-recognised-body =
    To: { $organisation }

    { $station } has filed the result that your organisation’s application (application number: { $number }; call: { $call }) is to be recognised. It will now be put on public notice as prescribed.

    Basis for recognition: { $reason }
    Policy basis: { $basis }.
    Date: { $date }

    View its progress: { $link }
mail-result-not-recognised-subject = Not recognised: { $call } ({ $number })
mail-result-not-recognised-body =
    To: { $organisation }

    After its check, { $station } does not recognise your organisation’s application (application number: { $number }; call: { $call }).

    Reason: { $reason }

    Basis: { $basis }.
    Decided by: { $station }
    Date: { $date }

    { ruling-remedy }

    View the details: { $link }
mail-screening-accepted-subject = Screening passed: { $call } ({ $number })
mail-screening-accepted-body =
    To: { $organisation }

    On { $date } your organisation’s application (application number: { $number }; call: { $call }) passed screening by { $station } and went on to the next stage. There is nothing you need to do now.

    View its progress: { $link }
mail-screening-ineligible-subject = Ineligible: { $call } ({ $number })
mail-screening-ineligible-body =
    To: { $organisation }

    Screening found that your organisation’s application (application number: { $number }; call: { $call }) is ineligible.

    Reason: { $reason }

    Basis: { $basis }.
    Decided by: { $station }
    Date: { $date }

    { ruling-remedy }

    View the details: { $link }
