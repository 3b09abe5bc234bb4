# 頁面和郵件的語言。各語言的名稱以該語言書寫，見 src/domain/language.rs。
language-title = 語言
language-text = 頁面、郵件和介面提示使用的語言。名單、公示和辦理文書的原文始終為簡體中文。
record-account-language-chosen = 變更語言
