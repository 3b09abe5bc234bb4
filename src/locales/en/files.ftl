# Files: uploads, import of lists. Each sentence says what the limit is and how to mend it.

table-file_too_large = The file is over the limit of { $limit_mb } MB. Split it into several files and import them one by one.
table-unknown_format = Only .csv and .xlsx files can be imported. Save an old .xls file as .xlsx in Excel or WPS.
table-not_utf8 = { $guess ->
    [gbk] From line { $line } on the text is not UTF-8; it looks like GBK. In Excel or WPS, save the file as ‘CSV UTF-8 (comma delimited)’ or as .xlsx.
    [utf-16] The file is in UTF-16. Save it as ‘CSV UTF-8 (comma delimited)’ or as .xlsx.
   *[unknown] From line { $line } on the text is not UTF-8. Save the file as ‘CSV UTF-8 (comma delimited)’ or as .xlsx.
}
table-unclosed_quote = The quotation mark in line { $line } is not closed. Add the closing straight double quotation mark.
table-text_after_quote = There is text after the closing quotation mark in line { $line }. Write a quotation mark inside a cell as two straight double quotation marks.
table-too_many_rows = The table is over the limit of { $limit } rows. Split it into several files and import them one by one.
table-too_many_columns = Line { $line } is over the limit of { $limit } columns. Delete the columns that are not needed.
table-too_much_text = The text in the table is more than { $limit_mb } MB. Split it into several files and import them one by one.
table-extra_cells = Line { $line } has more cells than the header. Check for extra commas, or complete the header.
table-nul = Line { $line } has an invisible null character (U+0000) in it. Delete it and save the file again.
table-formula = Line { $line } has a formula without a saved result. Open the file in Excel or WPS and save it again, or replace the formula with its value, and then import it.
table-empty = There is nothing in the table. Make sure that the first visible worksheet has a header and data.
table-workbook = { $cause ->
    [content_mismatch] The file is not an .xlsx workbook. Save it as .xlsx in Excel or WPS and import it again.
    [suspicious] The workbook has macros, a password or abnormal content. Save it as .xlsx without macros and encryption and import it again.
   *[other] The workbook is damaged. Open it in Excel or WPS, save a copy and import that.
}
table-io = The file cannot be read. Check the path and the permissions.

column-missing = The column ‘{ $title }’ is missing. Add it to the header.
column-duplicate = The column ‘{ $title }’ appears more than once (positions { $positions }). Keep one of them.
column-unknown = The column ‘{ $title }’ is not known (position { $positions }). Give it one of the prescribed names or delete it.
column-untitled = Columns without a name: position { $positions }. Name or delete them.
