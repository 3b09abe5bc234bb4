# The form: each sentence says which answer is wrong, what the limit is and how to mend it.

## Units and options
form-yes = Yes
form-no = No
unit-yuan = yuan
unit-wan_yuan = × 10,000 yuan

## Wrong answers
problem-text_too_long = ‘{ $field }’ can have at most { $max } characters; there are { $length }. Shorten it.
problem-not_an_email = ‘{ $field }’ must be an e-mail address. You entered ‘{ $value }’. Write it like name@example.com.
problem-not_a_telephone = ‘{ $field }’ must be a telephone number of 7 to 20 digits, with +, -, brackets and spaces between them if need be. You entered ‘{ $value }’. Give the complete number, with the area code for a landline.
problem-part_above_whole = ‘{ $field }’ cannot be more than ‘{ $whole }’ ({ $max }). You entered ‘{ $value }’. Check both figures and correct one.
problem-whole_number = ‘{ $field }’ should be a whole number between { $min } and { $max }. You entered ‘{ $value }’. Use digits, without a unit or decimals.
problem-whole_number_range = ‘{ $field }’ should be between { $min } and { $max } { $unit }. You entered ‘{ $value }’. Check and correct it.
problem-money = ‘{ $field }’ should be an amount in { $unit ->
    [wan_yuan] units of 10,000 yuan
   *[yuan] yuan
 }. You entered ‘{ $value }’. Use digits only.
problem-money_decimals = ‘{ $field }’ is in { $unit ->
    [wan_yuan] units of 10,000 yuan
   *[yuan] yuan
 }. Decimal places allowed: { $decimals }. You entered ‘{ $value }’. Round the amount.
problem-money_range = ‘{ $field }’ should be between { $min } and { $max } { $unit ->
    [wan_yuan] units of 10,000 yuan
   *[yuan] yuan
 }. You entered ‘{ $value }’. Check the amount and the unit.
problem-date = ‘{ $field }’ should be a date. You entered ‘{ $value }’. Enter year-month-day, for example 2025-03-01.
problem-date_too_early = ‘{ $field }’ cannot be earlier than { $min }. You entered ‘{ $value }’. Check and correct it.
problem-date_too_late = ‘{ $field }’ cannot be later than { $max }. You entered ‘{ $value }’. Check and correct it.
problem-date_in_future = ‘{ $field }’ cannot be later than today ({ $max }). You entered ‘{ $value }’. Check and correct it.
problem-not_yes_or_no = For ‘{ $field }’ choose ‘Yes’ or ‘No’. ‘{ $value }’ was received.
problem-not_an_option = ‘{ $field }’ has no option ‘{ $value }’. Choose one of the options listed.
problem-several_too_few = For ‘{ $field }’ choose at least { $min }; chosen: { $found }. Choose more.
problem-several_too_many = For ‘{ $field }’ choose at most { $max }; chosen: { $found }. Clear some of the choices.
problem-rows_too_few = ‘{ $field }’ has too few rows. Needed: at least { $min }; filled in: { $found }. Add more.
problem-rows_too_many = ‘{ $field }’ has too many rows. Allowed: at most { $max }; filled in: { $found }. Delete some.
problem-unknown_city = ‘{ $field }’ should be one of the province’s cities at prefecture level or above. You entered ‘{ $value }’. Choose one from the list.
problem-unknown_cluster = ‘{ $field }’ should be one of the province’s strategic industrial clusters. You entered ‘{ $value }’. Choose one from the list.
problem-unknown_division = ‘{ $field }’ should be a division of manufacturing (C13 to C43). You entered ‘{ $value }’. Choose one from the list.

## Not filled in yet
problem-required = Fill in ‘{ $field }’.
problem-document_missing = Upload ‘{ $document }’. Files needed: at least { $min }; uploaded: { $found }.
problem-document_too_many = ‘{ $document }’ has too many files. Allowed: at most { $max }; uploaded: { $found }. Delete some.

## Cannot be saved
problem-unknown_field = This form has no field ‘{ $field }’. Check the name of the field.
problem-wrong_shape = ‘{ $field }’ has the wrong shape. It should be { $expected ->
    [object] an object of fields
    [array_of_strings] a list of texts
    [object_of_years] an object with years as its keys
    [array_of_objects] a list of rows
   *[string] a text
 }. See the description of the API.
problem-value_too_long = ‘{ $field }’ is too long to save. At most { $max } characters can be saved; there are { $length }. Shorten it and save again.
problem-too_many_rows = ‘{ $field }’ has too many rows to save. At most { $max } can be saved; there are { $found }. Delete some and save again.
problem-too_many_values = ‘{ $field }’ has too many values to save. At most { $max } can be saved; there are { $found }. Delete some and save again.

## Check of eligibility
outcome-met = Met
outcome-not_met = Not met
outcome-unknown = Cannot tell
finding-lead_code_check = The organisation’s unified social credit code is { $code }; by the national standard its last character should be ‘{ $expected }’. Check it against the image of the business licence; if you accept the code, state why
finding-member_code_check = The unified social credit code of the member ‘{ $member }’ is { $code }; by the national standard its last character should be ‘{ $expected }’. Check it against the business licence; if you accept the code, state why
finding-number_at_least = ‘{ $field }’ is { $found } { $unit }; at least { $limit } { $unit } required
finding-number_at_most = ‘{ $field }’ is { $found } { $unit }; at most { $limit } { $unit } allowed
finding-money_at_least = ‘{ $field }’ is { $found }; at least { $limit } required, in { $unit ->
    [wan_yuan] units of 10,000 yuan
   *[yuan] yuan
 }
finding-money_at_most = ‘{ $field }’ is { $found }; at most { $limit } allowed, in { $unit ->
    [wan_yuan] units of 10,000 yuan
   *[yuan] yuan
 }
finding-equals = The answer to ‘{ $field }’ is ‘{ $found ->
    [yes] Yes
   *[no] No
 }’; ‘{ $limit ->
    [yes] Yes
   *[no] No
 }’ is required
finding-one_of = ‘{ $field }’ is ‘{ $found }’; it must be one of ‘{ $limit }’
finding-established_years = Established on { $date }; full years since then: { $found }; required: { $limit }
finding-established_unknown = The date of establishment is not recorded, so it cannot be checked. Full years required: { $limit }
finding-rows_at_least = Rows in ‘{ $field }’: { $found }; required: at least { $limit }
finding-document_present = Files uploaded for ‘{ $document }’: { $found }; required: at least 1
finding-unknown = ‘{ $field }’ is blank or wrong, so it cannot be checked
