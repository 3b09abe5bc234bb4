# 動態密碼（第二重驗證）。

## 登入與再次確認
factor-code-title = 輸入動態密碼
factor-code-text = 請開啟手機上的身分驗證器，輸入六位數動態密碼。手機不在身邊時，可輸入一個復原碼。
factor-code-resume = 此項操作需要再次確認身分。您填寫的內容仍保留在本頁，驗證後即可繼續提交。
factor-code = 動態密碼或復原碼
factor-code-hint = 動態密碼每 30 秒更換一次，每個只能用一次。
factor-code-send = 驗證
done-factor-given = 身分已確認。

## 設定
factor-title = 動態密碼
factor-text = 設定後，登入時除密碼外還須輸入手機身分驗證器顯示的六位數密碼；審定、公布、授權和匯出前須再次輸入。
factor-required = 您的角色須設定動態密碼，設定完成後才能繼續辦理。
factor-manage = 管理動態密碼
factor-since = 啟用時間
factor-codes-left = 剩餘復原碼
factor-codes-renew = 重新產生復原碼
factor-remove = 停用動態密碼
factor-begin = 開始設定
factor-replace = 更換手機
factor-scan = 用身分驗證器掃描 QR Code
factor-scan-text = 任何支援 RFC 6238 的身分驗證器均可使用。QR Code 30 分鐘內有效，請勿截圖轉傳。
factor-type-instead = 不能掃描時，請手動輸入金鑰：
factor-first-code = 驗證器顯示的動態密碼
factor-take-up = 啟用
factor-codes-title = 復原碼
factor-codes-text = 請抄寫或列印以下復原碼並妥善保管，本頁只顯示一次。手機不在身邊時，每個復原碼可代替動態密碼使用一次；以前的復原碼已失效。
factor-codes-kept = 我已保存
factor-reset = 重設動態密碼
factor-reset-text = 僅在本人手機和復原碼都已遺失、並當面核實身分後辦理。重設後立即登出所有裝置，本人下次登入時重新設定。
done-factor-removed = 動態密碼已停用。
done-factor-reset = 動態密碼已重設，該人員的裝置已全部登出。

## 不能辦理的原因
refusal-sign_in_unfinished = 登入尚未完成，請先輸入或設定動態密碼；密碼到期的，請先修改密碼。
refusal-second_factor_stale = 此項操作須先輸入新的動態密碼，5 分鐘內有效。
refusal-second_factor_not_set_up = 您的角色須使用動態密碼。請先在瀏覽器中登入並完成設定。
refusal-second_factor_required = 您的角色須使用動態密碼，不能停用。更換手機請用「更換手機」。
refusal-no_second_factor = 該帳號尚未設定動態密碼。
refusal-sign_in_not_recent = 首次設定動態密碼須在登入後 { $minutes } 分鐘內完成，請登出後重新登入，再行設定。
refusal-no_factor_offered = QR Code 已過期或尚未產生，請重新開始設定。
refusal-own_factor = 不能重設自己的動態密碼。請在「我的帳號」中更換手機，或由另一位安全管理員辦理。

## 填寫的問題
problem-code_missing = 請輸入動態密碼或復原碼。
problem-code_wrong = 動態密碼不正確、已過期或已使用過。請核對手機時間，等待下一組密碼後重試。

## 郵件
mail-account_factor_enrolled-subject = 您的源池帳號已啟用動態密碼
mail-account_factor_enrolled-body =
    { $name }，您好：

    您的帳號剛剛啟用了新的動態密碼。如不是您本人操作，請立即聯絡安全管理員。

    查看：{ $link }
mail-account_factor_removed-subject = 您的源池帳號已停用動態密碼
mail-account_factor_removed-body =
    { $name }，您好：

    您的帳號剛剛停用了動態密碼。如不是您本人操作，請立即修改密碼，並聯絡安全管理員。

    查看：{ $link }
mail-account_factor_reset-subject = 您的源池動態密碼已重設
mail-account_factor_reset-body =
    { $name }，您好：

    安全管理員已重設您的動態密碼，所有裝置均已登出。
    理由：{ $reason }

    如不是您本人提出，請立即聯絡安全管理員。登入並重新設定：{ $link }
mail-account_recovery_code_used-subject = 您的源池帳號使用了一個復原碼
mail-account_recovery_code_used-body =
    { $name }，您好：

    剛剛有人用復原碼代替動態密碼登入了您的帳號，還剩 { $left } 個。如不是您本人操作，請立即修改密碼，並聯絡安全管理員。

    查看：{ $link }
