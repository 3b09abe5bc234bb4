# Public pages that are shown while the database is away.
page-as-of = 系统数据暂时无法读取，本页为截至 { $at } 的内容，恢复后将自动更新。
