# 證書與名單核驗 -----------------------------------------------------------------------------------------------------
nav-verify = 核驗
verify-title = 證書與名單核驗
verify-lead = 任何人都可以在此核驗入池證書的真偽和目前狀態，也可以在自己的電腦上核驗下載的公布名單。
verify-certificate = 核驗證書
verify-number-hint = 編號印在證書上，不區分大小寫。用手機掃描證書上的 QR Code，也可直接開啟核驗頁面。
verify-go = 核驗
verify-list = 核驗下載的名單
verify-list-text = 每份公布名單都經電子簽章。核驗在自己的電腦上進行，不需要連網，也不依賴本系統。
verify-step-files = 在名單頁面下載「簽章原文（JSON）」和「簽章與驗證資訊」兩個檔案。
verify-step-keys = 下載公鑰。最好使用以前保存的或者從其他途徑取得的公鑰，並核對公鑰編號。
verify-step-program = 下載核驗程式（需要 Python 3），與上述檔案放在同一資料夾，按「核驗方法和規範」中的指令執行。
verify-step-result = 程式提示核驗通過的，說明名單自公布以來未被改動；未通過的，會指出是哪一部分與公布時不一致。
verify-find-list = 搜尋名單
verify-specification = 核驗方法和規範
verify-day-text = 可以查詢今天或以前任何一天的在池單位，結果按辦理紀錄還原。
problem-certificate_unknown = 沒有查到該編號的證書。請對照證書核對編號；確認無誤仍查不到的，該證書不是本系統頒發的。
