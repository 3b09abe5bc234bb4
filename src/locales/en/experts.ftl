# Expert pool: declared interests, terms of appointment, record of service
expert-own-title = My expert details
expert-left-pool = The expert has been suspended or removed from the expert pool, or the term of appointment has ended
expert-status-why = Reason for the change of status
expert-pool = Expert pool
expert-pool-province = Provincial expert pool
expert-term = Term of appointment
expert-term-open = No limit
expert-term-days = { $from } to { $to } (both days included; where a date is missing there is no limit)
expert-term-title = Change term of appointment
expert-term-from = Term begins
expert-term-to = Term ends
expert-term-hint = Both days are included; leave empty for no limit. Outside the term an expert is neither drawn nor assigned and does not hold the expert’s role; unsubmitted sheets pass to others, submitted ones still count. A new term brings the role back.
expert-term-save = Save term
done-expert-term = The term of appointment has been changed.
problem-expert_term_order = The end of the term cannot be earlier than its beginning. Check the dates.
expert-record = Record of service
expert-record-assigned = Applications assigned so far
expert-record-done = Score sheets submitted
expert-record-late = Submitted late
expert-record-voided = Score sheets void
ties-title = Declared interests
ties-count = In force: { $count }; view or declare
ties-text = Former employers, kinship, disputes and other interests take effect as soon as they are declared: the expert no longer scores applications of that organisation, and those already assigned are released and passed to reserves. Withdrawn declarations are kept for reference.
ties-none = No interests declared
ties-none-text = If you have a relation with an organisation that could affect a fair review, declare it promptly.
tie-organisation = Organisation name
tie-kind = Relation
tie-kind-past_employer = Former employer
tie-kind-director = Director, supervisor, senior manager or controller
tie-kind-kinship = Kinship
tie-kind-dispute = Dispute
tie-kind-other = Other relation
tie-days = From and to
tie-note = Details
tie-declared = Declared on
tie-withdrawn-at = Withdrawn on { $at }
tie-declare = Declare an interest
tie-choose = Select
tie-code = Unified social credit code
tie-code-hint = Optional. If given, recusal goes by the code, which is more accurate than the name.
tie-from = Start date
tie-until = End date
tie-until-hint = For a former employer, the date of leaving. If left empty, the interest continues.
tie-declare-save = Declare
tie-withdraw = Withdraw a declaration
tie-which = Declaration to withdraw
tie-withdraw-hint = After withdrawal it no longer causes recusal. The declaration and the reason for withdrawal are kept for reference; released assignments are not restored.
tie-withdraw-save = Withdraw
done-tie-declared = The interest has been declared and takes effect at once.
tie-unregistered = No registered organisation has this name, so it causes no recusal at present. Check the full name, or declare it again with the unified social credit code.
done-tie-withdrawn = The declaration has been withdrawn.
problem-tie_kind = Select the relation.
problem-tie_organisation = Enter the organisation’s name.
problem-tie_from_future = The start date cannot be later than today. Check it.
problem-tie_order = The end date cannot be earlier than the start date. Check the dates.
problem-tie_note = For another relation, give the details.
problem-tie_which = Select the declaration to withdraw.
refusal-tie_declared = This interest has already been declared with the same details and still stands. If something has changed, withdraw it first, or declare it with the new details.
refusal-tie_not_own = This interest was declared by an officer. If you disagree, contact the department’s handling officer.
refusal-tie_withdrawn = This declaration has already been withdrawn. Nothing more is needed.
mail-expert-standing-subject = Your status as an expert has changed
mail-expert-standing-body =
    Dear { $name },

    Your status in the expert pool is now ‘{ $standing }’.
    Reason: { $reason }

    View your expert details:
    { $link }
mail-expert-tie-declared-subject = An interest has been declared for you
mail-expert-tie-declared-body =
    Dear { $name },

    An officer has declared for you an interest in ‘{ $organisation }’ ({ $kind }). From today you no longer score applications of this organisation.
    If you disagree, contact the department’s handling officer. View your expert details:
    { $link }
mail-expert-tie-withdrawn-subject = Declaration of an interest withdrawn
mail-expert-tie-withdrawn-body =
    Dear { $name },

    An officer has withdrawn the declaration of your interest in ‘{ $organisation }’ ({ $kind }).
    Reason: { $reason }

    View your expert details:
    { $link }

# Import: optional columns and checking
expert-column-pool = Expert pool
expert-column-term_from = Term begins
expert-column-term_to = Term ends
expert-column-past_employers = Former employers
expert-employer-left = { $name } (former employer, until { $until })
expert-column-hint-pool = Optional. 省级专家库 (the provincial expert pool), the code province, or the name of a city bureau (in Chinese). A new expert without it joins the provincial expert pool.
expert-column-hint-term_from = Optional. For example 2026-01-01; this day is included. Leave empty to keep the present date.
expert-column-hint-term_to = Optional. For example 2028-12-31; this day is included. Leave empty to keep the present date.
expert-column-hint-past_employers = Optional. Separate several with semicolons; each is ‘name/unified social credit code/from/to’, where only the name is required. Entries are added, never withdrawn. If the employer has changed, the former one is added by itself and ends on the day of the import.
problem-expert_date = ‘{ $value }’ is not a valid date. Enter it in the form 2026-01-01.
problem-expert_pool = There is no expert pool named ‘{ $value }’. Enter 省级专家库 (the provincial expert pool) or the name of a city bureau.
problem-expert_past_employer = The former employer ‘{ $value }’ is wrong. It should be ‘name/unified social credit code/from/to’, with dates such as 2020-01-31 and the end no earlier than the beginning.
experts-preview-unchanged = {" "}The same as in the pool, and left as they are: { $count }.
experts-preview-added = To be added: { $count }
experts-preview-changed = To be updated: { $count }
experts-preview-from = At present
experts-preview-to = Updated to
experts-preview-stale = The expert pool has changed since the check, so nothing has been imported. Below is the result of a new check. Look through it again and confirm.
