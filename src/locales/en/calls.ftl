# Calls: the list, the details, drafting, approval, questions and answers.

## The list
calls-title = Calls for applications
calls-lead = For every programme: the dates, the conditions, the attachments and the rubric, to be read here before you apply.
calls-group-making = Drafts and approvals
calls-group-open = Open now
calls-group-upcoming = Opening soon
calls-group-closed = Closed
calls-none-open = No calls are open now
calls-none-open-text = See the calls that open soon, or look at calls of past years to learn what to prepare.
calls-none-closed = No closed calls.
calls-all-years = All years
calls-year = { $year }
call-opens-today = Opens today
call-opens-in = Days until opening: { $days }
call-state = Status
call-programme = Programme
call-status-draft = Draft
call-status-pending = Awaiting approval
call-status-approved = Published
call-status-cancelled = Cancelled

## Drafting
call-new-title = Draft a call
call-new-choose = Choose a programme:
call-edit-title = Change the call
call-save-draft = Save draft
call-copied-from = Copied from ‘{ $title }’, with these differences
call-no-differences = There are no differences.
call-open-former = View the previous call
call-difference-what = Item
call-difference-before = Before
call-difference-after = Now
call-difference-new = (not there before; new)
call-difference-gone = (removed)
call-programme-value = Programme: { $label }
call-programme-changed = The programme’s configuration has been updated; this call still uses the version it was drafted with
call-section-notice = Text of the call
call-official-text = The official text of the call, in Chinese:
call-section-basis = Policy basis
call-section-windows = Dates
call-section-planned = Expected dates
call-field-year = Year
call-field-title = Title of the call
call-field-body = Text
call-field-basis_title = Document title
call-field-basis_number = Document number
call-field-basis_issued_on = Issued on
call-field-basis_valid_until = Valid until
call-field-opens_at = Applications open
call-field-closes_at = Applications close
call-field-recommend_by = City recommendations close
call-field-planned_screening_on = Screening expected to end
call-field-planned_review_on = Expert review expected to end
call-field-planned_decision_on = Decision expected
call-field-planned_notice_on = Public notice expected to begin
call-hint-body = Notes for organisations. The conditions, attachments, procedure and rubric are listed from the programme’s configuration; do not repeat them.
call-hint-basis_valid_until = Leave blank if the document states no end.
call-hint-windows = All times are Beijing time. Nothing is accepted from the closing time on: if it is 18:00, then 18:00:00 is already late.
call-hint-recommend_by = The last moment for city bureaus to check and recommend; it should be later than the closing of applications. Leave blank if city bureaus take no part.
call-hint-planned = Optional. They are published with the call and shown on the way of each application as expected dates, not as deadlines. Leave blank what this programme does not have.
call-basis-no-end = Not stated in the document

## Steps
call-action-change = Change
call-action-repin = Use the latest programme configuration
call-action-submit = Submit for approval
call-action-approve = Approve and publish
call-action-return = Return for changes
call-action-cancel = Cancel the call
call-action-extend = Extend the deadlines
call-action-ask = Ask a question
call-action-answer = Answer and publish
call-reason = Reason
call-hint-return = Say what needs to be changed; the drafter will receive this.
call-hint-cancel = A cancelled call cannot be restored. The reason goes into the event record.
call-hint-extend = Deadlines can only be made later, not earlier. The reason is sent to organisations and city officers.
call-hint-extend-planned = Move the expected dates along with the deadlines: they must be after the new last deadline. Clear those that are no longer to be published.
call-section-officers = Officers
call-drafted-by = Drafted by
call-approved-by = Approved by

## Checks before publication
call-problems-title = Checks before publication
call-problem-blocking = To be resolved first:
call-problem-warning = Please note:
call-problem-not_a_selection = This programme is for lists that are imported and takes no applications. Choose another programme.
call-problem-opens_in_past = A call has to be approved before applications open: the opening time ({ $found }) has come; it is now { $needed }. Put the opening off until after the approval, with enough time for it.
call-problem-closes_before_opening = The closing time ({ $found }) is not later than the opening time ({ $needed }). Make the closing time later.
call-problem-recommends_before_closing = City recommendations close ({ $found }) no later than applications do ({ $needed }), which leaves city bureaus no time to check. Make the closing of recommendations later.
call-problem-planned_too_early = An expected date ({ $found }) is no later than the closing of applications or city recommendations ({ $needed }). Make it later or leave it blank.
call-problem-planned_out_of_order = Expected dates are out of order: a later step has { $found }, before { $needed } of the step in front of it. Put them in the order of the procedure.
call-problem-planned_off_way = An expected date ({ $found }) belongs to a step that this programme does not have; it will not be published. Remove it or check the programme.
call-problem-basis_lapses = The policy basis is valid until { $found }, earlier than the day on which applications close, { $needed }. Check whether the document has been renewed, or adjust the dates.
call-problem-basis_not_issued = The policy basis is dated { $found }, later than the day on which applications open ({ $needed }). Check the date of issue.
call-problem-dead_end = Nobody can take an application further once it is at ‘{ $found }’. Check the stations in the programme’s configuration (stations).
call-problem-no_rubric = There is expert review but no rubric. Add the rubric to the programme’s configuration (rubric).
call-problem-rubric_total = The rubric’s maximum points add up to { $found }; they should come to { $needed }. Adjust them in the programme’s configuration.
call-problem-no_review_rules = There is expert review but there are no review rules. Add them to the programme’s configuration (review).
call-problem-too_few_experts = Experts available in the pool: { $found }; needed for each application: { $needed }. Import or enable experts first.
call-problem-too_few_to_draw = Experts who can be drawn for the group of all fields: { $found }; needed for panel and reserves: { $needed }. Import or enable experts first, or adjust the numbers to draw in the programme’s configuration (review.draw).
call-problem-too_few_to_draw_in_field = The draw is grouped by field and there are too few experts: { $found }; needed for panel and reserves: { $needed }. Import or enable experts in that field first, or adjust the numbers to draw in the programme’s configuration (review.draw).
call-problem-too_little_load = Within their load limits the experts can take on { $found } score sheets, and the applications expected in review need about { $needed }. Add experts or raise the load limits.
call-problem-no_notice_rules = There is a public notice but there are no notice rules. Add the length of the notice to the programme’s configuration (notice).
call-problem-no_notice_length = The length of the notice, in days, is { $found }. In the programme’s configuration, make it at least { $needed }.
call-problem-holidays_missing = The notice is counted in working days, but the State Council’s holiday arrangements for { $needed } have not been loaded (loaded: { $found }). Ask an administrator to add them before publication.
call-problem-correction_days_missing = The State Council’s holiday arrangements for { $needed } have not been loaded (loaded: { $found }). Officers will have to enter the date by which correction is due by hand.
call-problem-unstaffed_bureaus = City bureaus that have no city officer yet: { $needed }. Nobody will handle the applications they receive: { $found }. Ask the security administrator to grant the role.

## Details
call-programme-version = Programme configuration, version { $version } ({ $digest })
call-programme-json = Download the programme configuration (JSON)
call-apply = Start an application
call-sign-in-to-apply = Sign in to apply
call-has-opened = Has opened
call-has-passed = Has closed
call-section-stations = Procedure
call-station-apply = Application online
call-station-decision = Decision
call-station-list = Published list
call-section-quota = Recommendation quota
call-quota-each = Recommendation quota of each city bureau: { $limit }
call-quota-none = No limit on recommendations
call-quota-bureau = { $bureau }: { $limit }
call-quota-ranked = Recommendations must be ranked
call-notice-calendar_days = Length of the public notice in calendar days: { $length }
call-notice-working_days = Length of the public notice in working days: { $length }
call-validity-years = Years for which recognition is valid: { $years }
call-section-applicants = Who can apply
call-inside-province = Only organisations registered in Guangdong Province can apply
call-outside-province = Organisations outside the province can apply; the bureau of their main service city receives the application
call-consortium = Consortia can apply. Members beside the lead organisation: { $members } at most
call-no-consortium = Consortia cannot apply
call-per-organisation = Applications allowed for each organisation: { $count }
call-section-rules = What screening checks
call-section-documents = Attachments to prepare
call-section-fields = What to fill in
call-no-documents = No attachments are needed.
call-document-name = Attachment
call-document-need = Required?
call-document-limits = Format and number
call-document-required = Required
call-document-conditional = Required where the condition applies
call-document-optional = Optional
call-document-size = each file up to { $mb } MB
call-document-exactly = Files: { $count }
call-document-count = Files: { $min } to { $max }
call-section-rubric = Rubric
call-review-experts = Experts who score each application, independently: { $experts }.
call-rubric-proposal = This rubric is a proposal; the document formally issued prevails.
call-rubric-item = Item
call-rubric-dimension = Dimension
call-rubric-max = Maximum points

## Questions and answers
call-section-questions = Questions and answers
call-no-questions = No questions have been published yet.
call-question = Your question
call-question-mark = Q:
call-answer-mark = A:
call-answer = Answer
call-question-waiting = Waiting for an answer. The question will be published with its answer, without the name of the person who asked.
call-hint-question = At most { $limit } characters. Questions and answers are published: do not include personal data or trade secrets.
call-hint-answer = At most { $limit } characters. Published with the question once submitted, and cannot be changed after that.
call-sign-in-to-ask = Sign in to ask a question.

done-call-choose-programme = Select ‘Draft a call’ and choose a programme.
done-call-drafted = The draft has been saved. Look at the result of the checks before publication.
done-call-changed = The changes have been saved.
done-call-repinned = The latest programme configuration is now used.
done-call-submitted = Submitted for approval.
done-call-approved = Approved. The call will open and close by itself at its times.
done-call-returned = Returned to the drafter.
done-call-cancelled = The call has been cancelled.
done-call-extended = The deadlines have been extended, and organisations will be notified; many letters wait under “Bulk letters”.
done-call-asked = Your question has been submitted. You will receive an email when it is answered.
done-call-answered = The answer has been published, and the person who asked has been notified.

refusal-call_wrong_status = This call { $status ->
    [draft] is still being drafted
    [pending] is awaiting approval
    [approved] has been published
   *[cancelled] has been cancelled
}, so this cannot be done. Refresh the page to see its current status.
refusal-call_opened = Applications are already open, so the call cannot be cancelled. If more time is needed, extend the deadlines.
refusal-call_not_ready = The call cannot be published yet. Problems to resolve: { $count }. Deal with each of them under ‘Checks before publication’, or return the call for changes.
refusal-call_of_imported_programme = The lists of this programme are decided at a higher level and imported. It takes no applications, so no call can be drafted.
refusal-call_programme_unchanged = The programme’s configuration has not changed; this call already uses the latest version.
refusal-call_questions_waiting = You already have as many questions awaiting an answer under this call as are allowed: { $limit }. Wait for the answers before you ask again.
refusal-call_question_answered = This question has already been answered and cannot be answered again. Refresh the page to see the answer.

problem-call_required = This is required. Fill it in.
problem-call_too_long = At most { $limit } characters; there are { $found }. Shorten the text.
problem-call_year = The year should be between { $first } and { $last }. Correct it.
problem-call_year_number = The year should be four digits, for example 2026.
problem-call_date = ‘{ $value }’ is not a valid date. Enter year-month-day, for example 2026-03-01.
problem-call_basis_ends_first = The end of validity is earlier than the document’s date of issue ({ $issued }). Check both.
problem-call_instant = ‘{ $value }’ is not a valid time. Enter Beijing time, for example 2026-03-01T09:00.
problem-call_not_later = Deadlines can only be made later: it must be after { $limit }. Correct it.
problem-call_closed_already = Applications closed on { $limit } and cannot be reopened.
problem-call_recommends_before_closing = City recommendations must close later than applications do ({ $limit }). Make that deadline later as well.
problem-call_planned_overtaken = The expected date ({ $value }) is no later than the new last deadline ({ $limit }). Make it later or clear it.
problem-call_planned_before_another = The expected date ({ $value }) is before that of the step in front of it ({ $limit }). Make it the same day or later, or clear it.
problem-call_planned_off_way = This programme does not have this step. Clear the date.
problem-call_unknown_programme = There is no such programme. Choose one from the list.
problem-call_copied_from_another = The call to copy from does not exist or does not belong to this programme. Start the draft again.

mail-call-submitted-subject = Awaiting approval: { $title }
mail-call-submitted-body =
    Hello,

    { $handler } has submitted the call ‘{ $title }’ for your approval. The approval page shows the result of the checks before publication and, where there was an earlier call of the same kind, the differences from it.

    Please decide before applications open: { $link }
mail-call-approved-subject = Approved: { $title }
mail-call-approved-body =
    Dear { $name },

    The call ‘{ $title }’ that you drafted has been approved. Applications will open by themselves on { $opens }. The content no longer changes from the approval on; if more time is needed, an approver can extend the deadlines.

    View: { $link }
mail-call-returned-subject = Returned for changes: { $title }
mail-call-returned-body =
    Dear { $name },

    The call ‘{ $title }’ that you drafted has been returned for changes. Reason:

    { $reason }

    Please change it and submit it for approval again: { $link }
mail-call-cancelled-subject = Cancelled: { $title }
mail-call-cancelled-body =
    Dear { $name },

    The call ‘{ $title }’ that you drafted has been cancelled. Reason:

    { $reason }

    View: { $link }
mail-call-extended-subject = Deadlines extended: { $title }
mail-call-extended-body =
    Hello,

    The deadlines of ‘{ $title }’ have been extended:
    Applications close: { $closes }
    City recommendations close: { $recommends }

    Reason: { $reason }

    If you have not submitted yet, submit before the new deadline; applications already submitted are not affected. View: { $link }
mail-call-question-asked-subject = New question: { $title }
mail-call-question-asked-body =
    Hello,

    A question has been asked about ‘{ $title }’:

    { $question }

    Please answer soon; the question will be published with the answer: { $link }
mail-call-question-answered-subject = Your question has been answered: { $title }
mail-call-question-answered-body =
    Dear { $name },

    Your question about ‘{ $title }’ has been answered.

    Q: { $question }

    A: { $answer }

    The question and the answer have been published on the page of the call (without your name): { $link }

# The parts of a programme, for the differences between two of its versions.
programme-part-version = Version
programme-part-names = Name
programme-part-summary = Summary
programme-part-policy_note = Policy note
programme-part-category = Category
programme-part-key = Key
programme-part-kind = Kind
programme-part-types = Type options
programme-part-applicants = Who can apply
programme-part-consortium = Consortium applications
programme-part-max_members = Most members
programme-part-outside_province = Organisations outside the province accepted
programme-part-routed_by = Question that decides the recommending bureau of organisations outside the province
programme-part-per_organisation = Most applications by an organisation
programme-part-stations = Stations
programme-part-correction = Correction
programme-part-working_days = Time for correction (working days)
programme-part-sections = Application form
programme-part-help = Help text
programme-part-reason = Reason
programme-part-fields = Questions
programme-part-required = Required
programme-part-carry_over = Earlier answers can be used
programme-part-from_organisation = Taken from the organisation’s record
programme-part-personal = Personal data
programme-part-recuses = Used to see which experts must stand aside
programme-part-max_chars = Most characters
programme-part-format = Format
programme-part-at_most = At most the figure of
programme-part-unit = Unit
programme-part-min = Lower limit
programme-part-max = Upper limit
programme-part-future = Future dates allowed
programme-part-options = Options
programme-part-years = Number of years
programme-part-columns = Columns
programme-part-several = Several can be chosen
programme-part-documents = Attachments
programme-part-required_when = When it must be provided
programme-part-max_bytes = Largest file
programme-part-document_required = Must be provided
programme-part-file_types = File formats
programme-part-min_count = Fewest files
programme-part-max_count = Most files
programme-part-rules = Eligibility rules
programme-part-basis = Basis
programme-part-check = Check
programme-part-quota = Recommendation quota
programme-part-per_bureau = Quota of each city bureau
programme-part-bureaus = Quotas set separately
programme-part-ranked = Recommendations must be ranked
programme-part-rubric = Rubric
programme-part-dimensions = Dimensions
programme-part-items = Items
programme-part-guidance = Scoring guidance
programme-part-review = Review rules
programme-part-experts_per_application = Experts for each application
programme-part-min_sheets = Fewest valid score sheets
programme-part-trim_from = Score sheets from which the highest and the lowest are dropped
programme-part-max_spread = Largest spread
programme-part-comment_required = Points that need a comment
programme-part-load_limit = Most applications for an expert
programme-part-load_floor = Fewest applications for an expert
programme-part-pool = Where experts come from (pool of experts)
programme-part-field_experts = Experts in a matching field for each application
programme-part-expertise_fields = Options that count as fields of expertise
programme-part-far_from_panel = Deviation that needs an explanation
programme-part-discussion = Discussion needed where the spread is too large
programme-part-second_panel = Experts added by a second panel
programme-part-recusal = Recusal rules
programme-part-employer_years = Years for which a former employer means recusal
programme-part-same_city = Recusal within the same city
programme-part-served_last_time = Recusal of those who reviewed in the previous call
programme-part-draw = Draw of experts
programme-part-draw_required = Experts must be drawn
programme-part-strata = Numbers to draw
programme-part-decision = Decision rules
programme-part-pass_mark = Pass mark
programme-part-places = Places
programme-part-tie_order = Order for ties
programme-part-cap = Places by group
programme-part-by = Grouped by
programme-part-most = Most selected in a group
programme-part-notice = Public notice
programme-part-length = Length
programme-part-day_unit = Unit of length
programme-part-first_day_counts = The first day counts
programme-part-validity = Validity
programme-part-public_columns = Columns of the published list
programme-part-source = Source
programme-part-order = Order
programme-code-true = Yes
programme-code-false = No
programme-code-selection = Selection by application and review
programme-code-imported = Imported list
programme-code-platform = Platform
programme-code-provider = Service provider
programme-code-text = One line of text
programme-code-long_text = Several lines of text
programme-code-whole_number = Whole number
programme-code-money = Amount of money
programme-code-date = Date
programme-code-yes_no = Yes or no
programme-code-one_of = One choice
programme-code-several_of = Several choices
programme-code-table_by_year = Table by year
programme-code-rows = Table of rows
programme-code-city = City
programme-code-cluster = Cluster
programme-code-industry_division = Division of manufacturing
programme-code-yuan = yuan
programme-code-wan_yuan = 10,000 yuan
programme-code-email = E-mail address
programme-code-telephone = Telephone number
programme-code-calendar_days = Calendar days
programme-code-working_days = Working days
programme-code-proposal = Proposal
programme-code-source = Official document
programme-code-zero = Zero
programme-code-full = Maximum points
programme-code-submitted_at = Time of submission
programme-code-number = Number
programme-code-organisation_name = Organisation name
programme-code-credit_code = Unified social credit code
programme-code-member_names = Names of the members
programme-code-programme = Name of the programme
programme-code-product = Name of the platform or product
programme-code-category_type = Category
programme-code-address = Address
programme-code-established_on = Founded on
programme-code-main_service_city = Main service city
programme-code-contact_name = Contact
programme-code-contact_phone = Telephone
programme-check-at_least = { $what }: at least { $value }
programme-check-at_most = { $what }: at most { $value }
programme-check-equals = { $what } is ‘{ $value }’
programme-check-one_of = { $what } is one of: { $values }
programme-check-established_years = Full years since establishment: at least { $value }
programme-check-rows_at_least = Rows of { $what }: at least { $value }
programme-check-document_present = Provided: { $what }
programme-check-all = All of these hold: { $checks }
programme-check-any = Any of these holds: { $checks }
programme-check-not = Does not hold: { $check }

# What happened to a call, for officers.
event-call-drafted = Call drafted
event-call-changed = Call changed
event-call-repinned = Current programme configuration taken
event-call-submitted = Submitted for approval
event-call-approved = Approved and published
event-call-returned = Returned for changes
event-call-cancelled = Call cancelled
event-call-extended = Deadlines extended
event-call-question-asked = Question received
event-call-question-answered = Question answered
programme-stratum = { $field }: { $panel } drawn, { $reserves } in reserve
programme-stratum-any = All fields
