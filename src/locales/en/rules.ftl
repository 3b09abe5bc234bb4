# Messages of rules: each says what is wrong, where the limit is and how to put it right.

## Unified social credit code (GB 32100-2015)
problem-credit_code_length = A unified social credit code has { $length } characters. You entered { $found }. Compare it with the business licence.
problem-credit_code_not_digit = Character { $position } of the unified social credit code must be a digit from 0 to 9. You entered ‘{ $found }’. Compare it with the business licence.
problem-credit_code_character = Character { $position } of the unified social credit code cannot be ‘{ $found }’. It must be a digit or a capital letter other than I, O, S, V and Z. Compare it with the business licence.
problem-credit_code_check = By the national standard, the last character of this unified social credit code should be ‘{ $expected }’. If the code agrees with the business licence, upload an image of the licence, and an officer will check it and accept the code.

## Working days and notice periods
problem-beyond_calendar = The State Council’s holiday arrangements for { $year } have not been loaded (loaded: { $first } to { $last }), so working days cannot be counted. Ask an administrator to add them, then try again.
problem-notice_no_length = A notice lasts at least 1 day. Correct the number of days.
problem-notice_out_of_range = The notice goes beyond the dates that can be calculated. Enter a smaller number of days.

## Scores
problem-points_empty = Enter a score.
problem-points_not_a_number = ‘{ $item }’: ‘{ $value }’ is not a number. Enter the score in digits, for example 8.5.
problem-points_negative = ‘{ $item }’: a score cannot be below 0. You entered ‘{ $value }’.
problem-points_decimals = ‘{ $item }’: too many decimals. At most { $decimals } allowed. You entered ‘{ $value }’.
problem-points_above_max = ‘{ $item }’: full marks are { $max }. You entered ‘{ $value }’. Enter a score that is no higher.

## Ranking and selection
tie-submitted_at = Equal scores; ranked by time of submission
tie-id = Equal in score and in all that is compared; ranked by number
tie-dimension = Equal scores; ranked by the score for ‘{ $dimension }’
cut-selected = Within the selection
cut-below_pass_mark = The score of { $score } is below the pass mark of { $pass_mark }
cut-beyond_quota = The places for ‘{ $group }’ ({ $most }) are all taken
cut-beyond_places = Rank { $place } is beyond the number of places ({ $places })

## Accepting an objection
shortcoming-late = Raised after the notice had ended
shortcoming-anonymous = No real name of a person or organisation
shortcoming-no_contact = No contact details
shortcoming-no_matter = The matter is not stated
shortcoming-no_evidence = No evidence

## Membership
standing-active = Active
standing-warned = Warned, to rectify
standing-revoked = Revoked
standing-withdrew = Withdrew
standing-expired = Expired
standing-barred = Barred from applying

## Verification of the event record
chain-break-wrong_number = The number of entry { $seq } is wrong; an entry has been deleted, added or exchanged
chain-break-wrong_subject = Entry { $seq } does not belong to this subject
chain-break-wrong_hash = Entry { $seq } does not match its hash; it has been changed, or the one before it replaced
chain-break-not_canonical = The content of entry { $seq } has been changed
chain-break-missing = Entries from no. { $seq } on are missing
chain-break-rewritten = Entry { $seq } does not match the checkpoint; the record has been rewritten as a whole
