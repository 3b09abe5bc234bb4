# The language of pages and mail. The name of each language is written in that language; see src/domain/language.rs.
language-title = Language
language-text = The language of pages, mail and answers. Lists, notices and rulings stay in simplified Chinese.
record-account-language-chosen = Change language
