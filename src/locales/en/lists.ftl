# Published lists -----------------------------------------------------------------------------------------------------
lists-total = Lists: { $total }
lists-entries-total = Entries: { $total }
lists-ready = Calls for which a list can be drawn up
lists-pending = Lists awaiting approval
lists-search = Title of the list
lists-year = Year
lists-all-years = All years
lists-category = Category
lists-all-categories = All categories
lists-filter = Search
lists-none = No lists match
lists-none-text = Change the conditions and search again.
lists-show-all = Show all lists
lists-title = Title of the list
lists-dated = Published or imported
lists-published = Published { $day }
lists-brought-in = Imported { $day }
lists-of-year = { $year }
lists-imported-unranked = Entries are imported in the order of the source and are not ranked; the official document of the issuing authority prevails.
# What a list says itself its page does not say again. Looked for in its official text, in simplified Chinese.
lists-says-unranked = not ranked
lists-says-no-condition = not a condition of access to the market
lists-excerpt = This page is an excerpt. Entries by the title of the list: { $named }; entries imported here: { $here }.
lists-csv = Download the table (CSV)
lists-json = Download the signed original (JSON)
lists-source = Source:{" "}
lists-decide = Approval
lists-decide-text = Check the title, the text and every entry. A list cannot be changed or deleted after publication; only a supplement can be published.
lists-publish = Approve publication
lists-publish-sure = Entries to be published: { $count }. Memberships begin at once and the organisations are notified. Please confirm.
lists-publish-now = Publish
lists-return = Return for changes
lists-return-reason = Reason for the return
lists-return-now = Confirm the return
lists-no-entries = The list has no entries
lists-standing = Standing today
lists-standing-note = ‘Standing today’ is not part of the list and not covered by its signature. It marks only organisations whose standing today differs from that on publication; the list itself does not change after the day of publication.
lists-proof = Verification
lists-proof-text = The signed original does not change after publication. Verify its Ed25519 signature with the public key and compare its SHA-256, and you can confirm offline that the list has not been altered. Every list carries the SHA-256 of the list before it, so no list can be replaced or taken out.
lists-chain-number = Number in the chain of lists
lists-previous = SHA-256 of the previous list
lists-signature = Signature (Ed25519)
lists-public-key = Public key
lists-new = Draw up a list for publication
lists-pending-already = A list of this call awaits approval. Another can be drawn up once that is decided.
lists-pending-open = View that list
lists-will-name = To be listed
lists-will-name-none = No application has come to the end of its notice without an objection yet.
lists-held = Objection being handled; not listed for now
lists-held-text = When the objection has been dealt with and the notice resumed, the name can be listed in a supplement.
lists-in-notice = Notice still running
lists-removed = Objection upheld; removed
lists-body = Text
lists-propose = Submit for approval
lists-offered-title-main = List of { $year }: { $programme }
lists-offered-title-supplement = Supplement to the list of { $year }: { $programme }
lists-offered-title-imported = List of { $year }: { $programme }
lists-offered-body =
    After application, recommendation, screening, review and public notice, the list is hereby published.
    The list is not ranked and is not a condition of access to the market.
list-number-main = Yuanchi list [{ $year }] No. { $number }
list-number-supplement = Yuanchi supplement [{ $year }] No. { $number }
list-kind-main = Main list
list-kind-supplement = Supplement
list-kind-imported = Imported list
list-status-proposed = Awaiting approval
list-status-published = Published
list-status-returned = Returned
list-column-number = No.
list-column-organisation = Organisation or project
list-column-product = Platform or product
list-column-region = Region
list-column-city = City
list-column-result = Result
list-column-note = Note

done-list-proposed = The list has been submitted for approval.
done-list-published = The list has been published. Memberships begin today, and the organisations will be notified.
done-list-returned = The list has been returned. The officer who proposed it will be notified.

refusal-list_pending = A list of this call awaits approval. Wait for the decision before you draw up another.
refusal-list_nothing_to_publish = No application can be listed yet: its notice must have ended and no objection may be open.
refusal-list_not_pending = This list has already been decided; it cannot be decided again.
refusal-list_validity = The programme states no period of validity, so the list cannot be published. Ask the system administrator to check the settings of the programme.
refusal-list_imported_before = ‘{ $list }’ of the same year has already been imported and cannot be imported again. For a correction, use a different title.

problem-list_identity_number = Row { $row }, ‘{ $column }’, contains an identity card number and cannot be published. Return the list and change that content.
problem-list_mobile_number = Row { $row }, ‘{ $column }’, contains a mobile number and cannot be published. Return the list and change that content.
problem-list_bank_card = Row { $row }, ‘{ $column }’, contains a bank card number and cannot be published. Return the list and change that content.
problem-list_text_personal_data = The text contains an identity card, mobile or bank card number and cannot be published. Delete it.

mail-list-proposed-subject = Awaiting approval: { $list }
mail-list-proposed-body =
    Hello,

    ‘{ $list }’, the list for publication of ‘{ $call }’ (entries: { $count }), has been submitted for approval. Please sign in, check it, and publish or return it:
    { $link }
mail-list-returned-subject = List returned: { $list }
mail-list-returned-body =
    Dear { $name },

    The list ‘{ $list }’ that you proposed has been returned. Reason:
    { $reason }

    Please change it and submit it again:
    { $link }
mail-list-recognised-subject = Recognition: { $call }
mail-list-recognised-body =
    To: { $organisation }

    Your organisation has been recognised in ‘{ $call }’ and is on { $number }, ‘{ $list }’.
    Its membership runs from { $from } to { $to }; the certificate number is { $certificate }.

    Anyone can verify the certificate at this address:
    { $link }

# Imported lists ------------------------------------------------------------------------------------------------------
list-import-row = Line { $line }, ‘{ $column }’: { $reason } { $remedy } (value: { $value })
list-import-empty = There is no data below the header, and nothing has been imported. Fill in the rows below the header and import again.
list-import-characters = There are invisible control characters.
list-import-row_twice = The whole row is the same as an earlier one.
list-import-too_long = The content is too long.
list-import-personal_data = It contains an identity card, mobile or bank card number.
list-import-missing = Not filled in.
list-import-name_missing = Neither the organisation name nor the name of the platform or product has been filled in.
list-import-not_a_year = Not a year.
list-import-year_differs = The year differs from that of the rows above in the same list.
list-import-category_differs = The category does not belong to the same programme as those of the rows above in the same list.
list-import-unknown_city = Not one of the province’s cities at prefecture level or above.
list-import-not_an_address = Not a web address.
list-import-remedy-shorten = Shorten it to at most 300 characters.
list-import-remedy-take_out = Delete it.
list-import-remedy-fill_in = Fill it in.
list-import-remedy-year_range = Enter a year of four digits between 2000 and 2100, or leave it blank if it is not known.
list-import-remedy-same_year = Enter the same year throughout a list.
list-import-remedy-same_category = Within a list, use categories of the same programme, or split the list.
list-import-remedy-city_of_province = Enter one of the 21 cities at prefecture level or above; leave it blank for organisations outside the province.
list-import-remedy-web_address = Enter a complete address that begins with http:// or https://, or leave it blank.

# Providers -----------------------------------------------------------------------------------------------------------
providers-search = Organisation name or unified social credit code
providers-category = Category
providers-city = City
providers-name = Organisation name
providers-credit-code = Unified social credit code
providers-standings = Memberships
providers-recognitions = Recognitions over the years
providers-certificate = Certificate
providers-valid = Validity
providers-standing = Standing today

# Home ----------------------------------------------------------------------------------------------------------------
home-lead = Yuanchi (源池) brings together excellent service providers for the digital transformation of manufacturing and feature and specialised industrial internet platforms. Every year there are open calls, screening, review and public notice; those recognised are published here, for anyone to search and verify.
home-search = Find a provider
home-search-go = Search
home-in-pool = Memberships
home-open-calls = Open calls
home-open-calls-none = No calls are open now
home-closes = Closes
home-notices = Current notices
home-notices-none = No notices at present
home-lists = Latest lists
home-lists-none = No lists published yet
home-all-calls = All calls
home-all-notices = All notices
home-all-lists = All lists

# Desk ----------------------------------------------------------------------------------------------------------------
desk-until = Due { $at } (days left: { $days })
desk-until-hours = Due { $at } (hours left: { $hours })
desk-until-soon = Due { $at }, in less than an hour
desk-until-today = Due { $at }, today
desk-over = Overdue since { $at }
desk-since = The oldest has waited since { $at }
desk-since-days = The oldest has waited since { $at } (days so far: { $days })
desk-digest-first = Overdue, or due within three days:
desk-digest-rest = Also waiting:
desk-digest-line = { $task }: { $count }
desk-digest-line-dated = { $task }: { $count } ({ $date })
mail-desk-digest-subject = Waiting for you: { $count } ({ $date })
mail-desk-digest-body =
    Dear { $name },

    As of { $date }, items that wait for you: { $count }.

    { $lines }

    Go to your desk: { $link }

    This is sent once each working day, and not when nothing waits. To receive it no more, change the mail settings under ‘Messages’.
desk-draft-over = Closed on { $at }, not submitted
desk-correction-over = Correction was due on { $at }, not submitted
desk-corrections-over = Applications with correction overdue
desk-calls-returned = Drafts of calls returned for changes
desk-questions = Questions on calls to answer
desk-licences = Business licences to check
desk-join-requests = Requests to join to decide
desk-members-ending = People whose role ends within 30 days
desk-hello = Hello, { $name }
desk-nothing = Nothing waits for you now
desk-nothing-text = New tasks will be listed here.
desk-to-do = Tasks
desk-my-applications = My applications
desk-application-state = Progress
desk-application-due = Due
desk-application-call = Call
desk-application-number = Application number
desk-application-missing = Missing
desk-missing = { $count ->
    [one] { $count } item missing or wrong
   *[other] { $count } items missing or wrong
 }
desk-to-mend = To correct: { $count }
desk-missing-and-mend = To correct: { $mend }; missing or wrong: { $count }
desk-complete = Complete: ready to submit
desk-sheets-done = { $done } of { $all } submitted
desk-takes-guess = About { $span } left (at { $each } min each, a first guess)
desk-takes-pace = About { $span } left (at your own pace: { $each } min each)
desk-span-minutes = { $count } min
desk-span-hours = { $count } h
desk-checkpoint-late = No checkpoint has signed the record in time: tell the system administrator
desk-refused = Acts refused in the last 7 days
desk-exported = Read who took personal data away
desk-accounts-read = Read accounts and roles
desk-decisions-read = Read decision sheets
desk-roles-ending = Roles that end within 30 days
desk-invited = Accounts invited and not yet in use
desk-no-auditor = No auditor is in office: grant that role
desk-links = Shortcuts
desk-no-applications = No applications yet
desk-open-calls = Open calls
desk-open-call-own = See your organisation’s application
desk-planned-over = Expected to be done by { $day }; days past: { $days }; not done yet
desk-planned-notice-over = Notice expected to begin on { $day }; days past: { $days }; not begun yet
desk-states = Applications
desk-join-organisation = Register or join an organisation
desk-to-check = Applications to check
desk-to-screen = Applications to screen
desk-to-decide = Applications to draw up a decision on
desk-to-notice = Applications to put on notice
desk-objections = Objections to handle
desk-objections-to-approve = Outcomes of objections to approve
desk-reviews-to-prepare = Calls whose expert review is to be organised
desk-to-correct = Applications to correct
desk-reviews-open = Expert reviews under way
desk-reviews-to-close = Expert reviews not yet closed: the scoring is over
desk-lists-ready = Calls for which a list can be drawn up
desk-calls-to-approve = Calls to approve
desk-decisions-to-approve = Decisions to approve
desk-lists-to-approve = Lists to approve
desk-to-declare = Applications on which to declare recusal
desk-to-score = Score sheets to submit
desk-events = Look into the event record
desk-accounts = Manage accounts and roles
desk-mails = See how mail is going out
desk-mails-failed = Mail that could not be delivered
