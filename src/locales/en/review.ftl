# Experts, review, decision

## Expert pool
experts-title = Expert pool
experts-import = Import experts
experts-search = Name, employer or email address
experts-search-button = Search
experts-status = Status
experts-status-any = All
experts-none = No experts match
experts-none-text = Change the search, or import a list of experts.
experts-count = Experts: { $count }
expert-status-active = In the pool
expert-status-suspended = Suspended
expert-status-removed = Removed
expert-column-name = Name
expert-column-email = Email address
expert-column-employer = Employer
expert-column-employer_code = Employer’s unified social credit code
expert-column-title = Professional title
expert-column-city = City
expert-column-fields = Fields of expertise
expert-column-load_limit = Maximum load
expert-column-hint-name = Required. The expert’s real name, no more than 50 characters.
expert-column-hint-email = Required. Used to sign in and to receive messages. If an expert with this address is already in the pool, that expert’s details are updated.
expert-column-hint-employer = Required. The full name of the present employer, used for recusal.
expert-column-hint-employer_code = Optional. If given, recusal goes by the code, which is more accurate than the name.
expert-column-hint-title = Required. For example professor or senior engineer.
expert-column-hint-city = Optional. The name of a city in the province (in Chinese) or its administrative division code.
expert-column-hint-fields = Required. Separate several fields with semicolons. Each may be the name (in Chinese) or number of a cluster, the name of a programme, a service field from the application form (such as 云服务, cloud services), 工业互联网平台 (industrial internet platforms) or 数字化转型服务商 (digital transformation service providers).
expert-column-hint-load_limit = Required. The most applications that the expert can score in one review: a whole number from 1 to 1000.
expert-field-platform = Industrial internet platforms
expert-field-provider = Digital transformation service providers
expert-standing-title = Change status
expert-standing-hint = A suspended or removed expert receives no new assignments. Assignments in a running review that have not been submitted are released at once and passed to reserves; submitted ones are kept.
expert-standing-save = Save status
experts-import-title = Import experts
experts-import-text = Upload a .csv (UTF-8) or .xlsx file. Its first row names the columns, either in Chinese or by the codes, both given below. Every row is checked first and all problems are listed; nothing is imported until you confirm. If one row is wrong, no row is imported.
experts-import-column = Column
experts-import-meaning = What to enter
experts-import-file = List of experts
experts-import-check = Upload and check
experts-import-confirm = Confirm import
experts-import-again = Choose another file
experts-preview-title = Check the import
experts-preview-good = The check has passed. To be added: { $added }; to be updated: { $updated }. Each new expert will receive an invitation by email to set a password.
experts-preview-bad = Rows: { $rows }. Problems found: { $bad }. Nothing has been imported. Correct the file and upload it again.
experts-preview-line = Row
experts-preview-value = Content
experts-preview-problem = Problem and remedy
problem-expert_empty = This cell cannot be empty. Fill it in.
problem-expert_too_long = This is too long. Enter no more than { $value } characters.
problem-expert_email = ‘{ $value }’ is not a valid email address. Check it.
problem-expert_email_twice = The email address ‘{ $value }’ appears more than once. Keep one row for each expert.
problem-expert_code_check = The check character of the unified social credit code ‘{ $value }’ is wrong, so one character may be mistyped. Compare it with the business licence or legal person certificate. If there is no code, leave the cell empty.
problem-expert_employer_code = ‘{ $value }’ is not an 18-character unified social credit code. Compare it with the business licence or legal person certificate. If there is no code, leave the cell empty.
problem-expert_city = There is no city named ‘{ $value }’ in the province. Enter the name of a city or its administrative division code; leave the cell empty for an expert from outside the province.
problem-expert_field = The field of expertise ‘{ $value }’ is not known. Enter the name or number of a cluster, the name of a programme, a service field from the application form, 工业互联网平台 (industrial internet platforms) or 数字化转型服务商 (digital transformation service providers).
problem-expert_load_limit = The maximum load must be a whole number from 1 to 1000. You entered ‘{ $value }’.
problem-expert_account_disabled = The account of the email address ‘{ $value }’ is disabled. Ask an administrator to enable it, or use another address.
problem-expert_is_officer = The account of the email address ‘{ $value }’ belongs to an officer. An officer cannot also be an expert.
problem-expert_removed = The expert with the email address ‘{ $value }’ has been removed from the expert pool. An import does not restore them. To restore them, change their status in the expert pool and give the reason.
problem-expert_role_revoked = The expert role of the account with the email address ‘{ $value }’ has been revoked. An import does not grant it again. To restore it, ask a security administrator to grant the role.
problem-expert_standing = Select the expert’s status.
problem-import_file_too_large = The file is larger than the limit of { $limit } MB. Split it and import the parts one by one.
refusal-import_too_many_rows = One import may have at most { $limit } rows. Split the file and import the parts one by one.
refusal-import_empty = The file has no experts in it. Check its content.
refusal-expert_standing_same = The expert already has this status. No change is needed.
done-experts-imported = The experts have been imported. Invitations to new experts will be sent shortly.
done-expert-standing = The expert’s status has been changed.

## Organising the review
reviews-title = Expert review
reviews-none = No applications to review
reviews-none-text = Once applications have passed screening, organise their review here.
reviews-progress = Score sheets
reviews-sheets = { $submitted } of { $wanted } submitted
reviews-late = Overdue
review-next-prepare = Make up the panel and assign the applications
review-next-open = Check and open the review
review-next-score = Experts are scoring
review-next-remind = Remind those whose sheets are missing
review-next-end = All sheets are in: scoring can be ended
review-next-close = Scoring has ended: the review can be closed
review-next-settle = Something is still open: see the page of the review
review-next-nothing = Review closed
review-call = Call
review-year = Year
review-status = Status
review-due = Score sheets due
review-due-hint = Beijing time. Score sheets submitted late still count until the review is closed.
review-due-soon = As soon as you can
session-status-none = Panel not formed
session-status-preparing = Being prepared
session-status-open = In review
session-status-closed = Closed
assignment-status-awaiting = Awaiting declaration
assignment-status-accepted = In review
assignment-status-recused = Recused
assignment-status-released = Released
sheet-status-draft = In progress
sheet-status-submitted = Submitted
sheet-status-void = Void
review-files = Applications
review-assigned = Current assignments
review-submitted = Score sheets submitted
review-rule = Experts for each application: { $experts }; fewest score sheets: { $sheets }
review-upstream = Applications still in recommendation or screening: { $count }. The review cannot be closed until these have been dealt with.
review-short-text = Applications short of experts: { $count }. Add experts, then complete the assignments.
review-prepare-title = Panel and assignments
review-prepare-text = Select the experts who take part, reserves included. Applications are assigned within the rules of recusal and the limits on load, first for the best match of expertise and then for the most even load. Preview the plan, then confirm to save it. You can change it as often as you like before the review opens; experts are not notified.
review-prepare-text-drawn = The experts of this review have been drawn, so there is nothing to select. Applications are assigned within the rules of recusal and the limits on load, first for the best match of expertise and then for the most even load. Preview the plan, then confirm to save it. You can change it as often as you like before the review opens; experts are not notified.
review-panel = Experts taking part
review-limit = at most { $limit }
review-open-title = Open the review
review-open-text = Check the assignments below. When the review opens, the experts are notified. An expert can see an application only after declaring that they have no conflict of interest in it.
review-open = Confirm assignments and open the review
review-close = Close the review
review-close-text = Closing locks all score sheets, calculates scores and ranking, and moves the applications to the decision stage. This cannot be undone.
review-close-reason = Reason, if score sheets or explanations are missing
review-close-confirm = Confirm closing the review
review-complete-title = Add experts
review-complete-text = Add more experts to this review and complete the assignments of applications that are short of experts.
review-panel-add = Experts who can be added
review-complete = Confirm and complete assignments
review-complete-preview = Preview
review-complete-text-drawn = The experts of this review have been drawn, and vacant places go to the drawn reserves first. Other experts may be added, with a reason, only when no reserve can take the place; the event record and the minutes mark them as ‘not drawn’. If you select no experts, only the assignments are completed.
review-complete-reason = Reason for adding experts (optional)
review-complete-reason-drawn = Reason for adding experts (required if you add any)
review-undrawn = Not drawn
review-term-ends = Term ends on { $day }
review-ending-text = The term of these experts ends before the review is due. From then on they cannot score, and what they have not submitted passes to other experts. Extend the term in the expert pool, or let other experts score.
review-ending-line = { $name }: term ends on { $day }, applications to score: { $count }

## Preview of added experts
completion-title = Check the added experts
completion-text = Nothing below has taken effect. It is saved when you confirm; experts with new assignments are then notified.
completion-joining = Experts to be added: { $count }
completion-nobody = No experts will be added. Only the assignments will be completed.
completion-marked = These experts were not drawn. The event record and the minutes will say so, with the reason for adding them.
completion-places = Applications to be completed
place-turn = reserve no. { $turn }
completion-no-place = No application is short of experts at present.
refusal-completion_reserves_left = Drawn reserves who can still be called: { $count }. Other experts cannot be named until there are none. Vacant places are filled from the reserves in order.
problem-completion_unseen = The experts of this review were drawn. Preview the added experts and check them before you confirm.
review-to-decision = View the ranking and propose a decision
review-loads-title = Experts’ assignments
review-expert = Expert
review-load = Assignments / limit
review-files-title = Applications and assignments
review-organisation = Organisation
review-experts = Experts
review-sheet-submitted = Submitted
review-reason = Reason
assignment-release = Replace
assignment-release-confirm = Confirm release
refusal-review_not_used = This programme has no expert review.
refusal-review_nothing_to_review = No applications are in expert review.
refusal-review_not_prepared = The panel has not been formed. Make an assignment plan first.
refusal-review_not_open = The review has not been opened.
refusal-review_already_open = The review is open, so the panel cannot be formed again. Release assignments or add experts instead.
refusal-review_closed = The review is closed. Nothing more can be changed.
refusal-review_plan_outdated = Applications or experts have changed since the plan was made. Make a new assignment plan before you open the review.
refusal-review_no_plan = Make an assignment plan first.
refusal-review_due_passed = The time by which score sheets are due has passed. Set a new time and make a new assignment plan.
refusal-review_call_open = The call is still open and more applications may come to review. The review can be closed only after the call has closed and they have been dealt with.
refusal-review_files_upstream = Applications still in recommendation or screening: { $count }. The review can be closed only after these have been dealt with.
refusal-assignment_ended = This assignment has ended and can no longer be changed.
refusal-assignment_file_left = The status of this application is now ‘{ $state }’. It no longer needs to be reviewed.
problem-review_due = Enter the time in the form year-month-day hours:minutes.
problem-review_due_passed = Enter a time that is later than now.
problem-review_no_experts = Select at least one expert.
problem-review_expert_not_active = At least one of the selected experts is suspended or no longer in the pool. Select the experts again.
problem-review_too_few_candidates = { $organisation }: experts who can score after recusals: { $candidates }; still needed: { $missing }. Add experts.
problem-review_too_few_experts = { $organisation }: experts who can score: { $candidates }; still needed: { $missing }. Add experts.
problem-review_too_few_allowed = { $organisation }: recused: { $excluded }; barred: { $forbidden }; other experts who can score: { $candidates }; still needed: { $missing }.
problem-review_no_sheet = { $organisation }: there is no score sheet, so the review cannot be closed. Remind the experts or assign others.
problem-review_few_sheets = { $organisation }: score sheets submitted: { $found }, fewer than the required { $needed }. Remind the experts, or give the reason.
problem-review_text_too_long = Enter no more than { $limit } characters. There are { $length } at present.
problem-reason_missing = Give the reason.
done-review-prepared = The assignment plan has been made. Check it, then open the review.
done-review-opened = The review is open. The experts will be notified.
done-review-completed = The assignments have been completed.
done-review-closed = The review is closed and the ranking has been made.
done-assignment-released = The assignment has been released.

## An expert's assignments
assignments-title = Review assignments
assignments-none = No review assignments
assignments-none-text = You will be notified by email when you have one.
assignments-text = Before you can see an application, declare whether you have a conflict of interest in it.
assignments-next = Next: { $name }
assignments-left = Still to do: { $count }
assignments-all-done = Nothing is left for you to review at present.
assignments-done-of = { $call }: { $count } done or ended
assignment-title = Review assignment
assignment-members = Consortium members
assignment-file = Application
assignment-documents = Attachments
assignment-ended-awaiting = The review is closed. No declaration was made for this assignment.
assignment-ended-accepted = The review is closed. This score sheet was not submitted and does not count.
assignment-ended-recused = You have been recused from this application. Thank you for declaring it.
assignment-ended-released = This assignment has been released by an officer. You no longer need to score it.
assignment-taken-by-system = The system has released this assignment under the review rules. You no longer need to score it.
assignment-taken-because = {" "}Reason: { $reason }
declaration-title = Declaration of conflicts of interest
declaration-text = You must be recused if you hold a post or a share in the organisation or a consortium member, or have held a post there or given paid services in the last three years; if you are a close relative of a person in charge there; if you are in dispute with it; or if anything else could affect a fair review.
declaration-question = Do you have a conflict of interest with the organisation or a consortium member?
declaration-no = No. I undertake to review independently, fairly and in confidence
declaration-yes = Yes. I ask to be recused
declaration-reason = Reason for recusal
declaration-reason-hint = Required if you have a conflict of interest. Review organisers, approving officers and auditors can see it; the organisation and other experts cannot. Say what the tie is; leave out names and telephone numbers of relatives: the reason goes into the permanent record.
declaration-send = Submit declaration
declaration-late = Conflict of interest found during the review
declaration-late-send = Ask to be recused and void the score sheet
problem-declaration_missing = Select whether you have a conflict of interest.
refusal-declare_first = Declare whether you have a conflict of interest before you see the application or score it.
refusal-already_declared = You have already made this declaration.
done-declared = Your declaration has been submitted. You can now score the application.
done-recused = You have been recused. Thank you for declaring it.
done-excluded = Under the rules of recusal you cannot score this application. The assignment has been released; no declaration is needed.
rubric-proposal = This rubric is a proposal. The rubric formally issued by the competent department prevails.
sheet-title = Score sheet
sheet-sign = Signature of the expert
sheet-sign-date = Date
sheet-tabs = Score sheet and application
sheet-max = out of { $max }
sheet-comment = Comment
sheet-opinion = Overall opinion
sheet-total = Total
sheet-submitted-at = Submitted
sheet-filled = Items scored
sheet-save = Save
sheet-submit = Submit score sheet
sheet-submit-hint = A submitted score sheet cannot be changed. Nobody can see your scores until the review is closed.
sheet-locked = The score sheet has been submitted and cannot be changed.
problem-score_missing = ‘{ $item }’ has no score.
problem-score_comment_missing = You gave ‘{ $item }’ zero or full marks. Add a comment.
problem-score_unknown_item = The rubric has no such item. Refresh the page and enter the scores again.
refusal-sheet_submitted = The score sheet has been submitted and cannot be changed.
refusal-sheet_saved_elsewhere = You saved this score sheet in another window, so this has not been saved. What you entered is still on this page. Check it against what is saved and submit again.
done-sheet-saved = The score sheet has been saved.
wrong-count = Entries to correct: { $count }. Correct them before you submit.
done-sheet-submitted = The score sheet has been submitted. Thank you.

## Decision
decisions-title = Decisions
decisions-none = No applications to decide
decisions-none-text = When a review is closed, propose and approve the decision here.
decision-pass-mark = Pass mark
decision-places = Places
decision-places-left = { $count } left
decision-sheet = Proposed decision
decision-status-proposed = Awaiting approval
decision-status-approved = Approved
decision-status-returned = Returned
decision-proposed-by = Proposed by
decision-decided-by = Approving officer
decision-grounds = Grounds for the decision
decision-grounds-hint = State the policy basis, the course of the review and the reasons for the selection, in no more than { $limit } characters.
decision-return-reason = Reason for return
decision-approve-text = On approval, applications proposed for recognition move to the notice stage, and organisations that are not selected are notified, with the reason. You cannot approve your own proposal.
decision-approve = Approve
decision-return = Return
decision-return-send = Confirm return
decision-ranking = Ranking and proposed decision
decision-outcome = Outcome
decision-reason = Reason (required if not to be recognised; the organisation will see it)
decision-propose = Submit for approval
outcome-selected = To be recognised
outcome-not_selected = Not to be recognised
ranking-place = Rank
ranking-score = Score
ranking-figures = How it was calculated
ranking-sheets = Score sheets: { $count }
ranking-trimmed = Score sheets: { $count }. Mean after the highest and the lowest total are left out
ranking-untrimmed = Score sheets: { $count }. Mean of all
ranking-plain-mean = Mean of all score sheets: { $score }
ranking-spread = Spread between highest and lowest: { $score }
ranking-spread-over = Spread over the limit
ranking-short-panel = Few score sheets; highest and lowest not left out
refusal-decision_pending = A proposed decision is already awaiting approval. Approve or return it first.
refusal-decision_none_pending = No proposed decision is awaiting approval.
refusal-decision_nothing_to_decide = There are no applications to decide.
refusal-decision_before_review = A decision can be made only after the review is closed.
problem-decision_grounds_missing = State the grounds for the decision.
problem-decision_outcome = Select an outcome.
problem-decision_not_reviewed = The list contains applications that are not awaiting a decision. Refresh the page and fill it in again.
problem-decision_twice = { $organisation }: appears more than once in the proposed decision.
problem-decision_missing = { $organisation }: select an outcome.
problem-decision_reason_missing = { $organisation }: give the reason why it is not to be recognised.
problem-decision_places = Proposed for recognition: { $selected }, more than the places left ({ $places }). Select fewer.
problem-decision_quota = ‘{ $group }’: proposed for recognition: { $selected }, more than the places of this group ({ $most }). Select fewer.
problem-decision_below_pass_mark = The score of { $score } is below the pass mark of { $pass_mark }, so it cannot be proposed for recognition.
done-decision-proposed = The proposed decision has been submitted and awaits approval by another officer.
done-decision-approved = The proposed decision has been approved. All organisations will be notified; many letters wait under “Bulk letters”.
done-decision-returned = The proposed decision has been returned.

## Mail
mail-expert-invitation-subject = Invitation to the expert pool
mail-expert-invitation-body =
    Dear { $name },

    You have been entered in the expert pool of the supply resource pool for manufacturing digitalisation. Please open the link below within { $days } days to set a password:
    { $link }

    If this message is not meant for you, please ignore it.
mail-expert-added-subject = You have joined the expert pool
mail-expert-added-body =
    Dear { $name },

    You have been entered in the expert pool of the supply resource pool for manufacturing digitalisation. Sign in with your present account to see your review assignments:
    { $link }
mail-review-opened-subject = Review assignments: { $call }
mail-review-opened-body =
    Dear { $name },

    The expert review of ‘{ $call }’ has begun. Applications assigned to you: { $count }. Please score them by { $due }.
    Before you can see an application, declare whether you have a conflict of interest in it:
    { $link }
mail-assignment-added-subject = New review assignments: { $call }
mail-assignment-added-body =
    Dear { $name },

    { $soon ->
        [yes] Further applications assigned to you in the expert review of ‘{ $call }’: { $count }. Please score them as soon as you can:
       *[no] Further applications assigned to you in the expert review of ‘{ $call }’: { $count }. Please score them by { $due }:
    }
    { $link }
mail-assignment-released-subject = Review assignment released: { $call }
mail-assignment-released-body =
    Dear { $name },

    An application assigned to you in the expert review of ‘{ $call }’ has been released by an officer. You no longer need to score it.
    Reason: { $reason }

    { $last ->
        [yes] { "" }
       *[no] { $soon ->
            [yes] Please complete your other assignments as soon as you can: { $link }
           *[no] Please complete your other assignments by { $due }: { $link }
        }
    }
mail-assignment-excluded-subject = Review assignment released automatically: { $call }
mail-assignment-excluded-body =
    Dear { $name },

    Applications assigned to you in the expert review of ‘{ $call }’ that have been released automatically under the rules of the review, so that you no longer need to score them: { $count }.
    Reason: { $reason }

    { $last ->
        [yes] { "" }
       *[no] { $soon ->
            [yes] Please complete your other assignments as soon as you can: { $link }
           *[no] Please complete your other assignments by { $due }: { $link }
        }
    }
mail-review-short-subject = Experts needed for review: { $call }
mail-review-short-body =
    Applications of ‘{ $call }’ that are short of experts after recusals or releases: { $count }. Nobody in the review can step in.
    Please add experts and complete the assignments:
    { $link }
mail-decision-proposed-subject = Proposed decision awaiting approval: { $call }
mail-decision-proposed-body =
    A decision on ‘{ $call }’ has been proposed. Applications: { $total }; proposed for recognition: { $selected }. Please approve or return it:
    { $link }
mail-decision-approved-subject = Proposed decision approved: { $call }
mail-decision-approved-body =
    The proposed decision on ‘{ $call }’ has been approved. Proposed for recognition: { $selected }. Please go on to the notice and publication as the rules require.

    View the decision: { $link }
mail-decision-returned-subject = Proposed decision returned: { $call }
mail-decision-returned-body =
    Dear { $name },

    Your proposed decision on ‘{ $call }’ has been returned.
    Reason: { $reason }

    Please revise it and submit it again: { $link }
mail-decision-selected-subject = Decision: proposed for recognition ({ $number })
mail-decision-selected-body =
    To: { $organisation }

    Your application to ‘{ $call }’ (number { $number }) has been proposed for recognition. A public notice follows as the rules require.
    We will contact you if an objection is received during the notice. Follow your application:
    { $link }
mail-decision-declined-subject = Decision: not selected ({ $number })
mail-decision-declined-body =
    To: { $organisation }

    Your application to ‘{ $call }’ (number { $number }) has not been selected.

    Reason: { $reason }

    Basis: { $basis }
    Decided by: { $station }
    Date: { $date }

    { ruling-remedy }

    View the details: { $link }
refusal-expert_not_active = The expert has been suspended or removed from the expert pool, or is outside the term of appointment, and can no longer review. Restore the status or change the term first.

# Grounds of recusal
exclusion-employer_code = Employer has the same unified social credit code as the organisation or a consortium member
exclusion-employer_name = Employer has the same name as the organisation or a consortium member
exclusion-vendor_account = Account belongs to the organisation or a consortium member
exclusion-named_person = Has the name of the organisation’s legal representative or of another person whom recusal concerns
exclusion-past_employer = Has worked for the organisation or a consortium member within the period set
exclusion-director = Directs or controls the organisation or a consortium member, or did within the period set
exclusion-kinship = Related to a person in charge of the organisation
exclusion-dispute = Has had a dispute with the organisation
exclusion-other_tie = Has another relation with the organisation that could affect fairness
exclusion-same_city = From the same city as the organisation
exclusion-served_last_time = Reviewed this organisation in the previous call
