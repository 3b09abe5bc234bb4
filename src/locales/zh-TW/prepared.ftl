# Public pages that are shown while the database is away.
page-as-of = 系統資料暫時無法讀取，本頁為截至 { $at } 的內容，恢復後將自動更新。
