# 页面和邮件的语言。各语言的名称用该语言书写，见 src/domain/language.rs。
language-title = 语言
language-text = 页面、邮件和接口提示使用的语言。名单、公示和办理文书的原文始终为简体中文。
record-account-language-chosen = 更改语言
