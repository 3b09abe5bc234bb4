# 統一身分認證：透過外部平臺登入。

## 登入
identity-sign-in-text = 已綁定統一身分認證的，可直接登入。
identity-leaving = 前往統一身分認證平臺
identity-leaving-text = 頁面即將轉到統一身分認證平臺。請在 10 分鐘內完成登入，不要更換瀏覽器。
identity-leaving-go = 沒有自動跳轉，請點選這裡
identity-end-text = 使用公用電腦的，請同時登出統一身分認證平臺。
identity-end = 登出統一身分認證平臺
identity-accept-text = 也可以不設密碼，用統一身分認證啟用帳號。啟用後該身分即綁定此帳號。

## 我的帳號
identity-title = 統一身分認證
identity-since = 綁定時間
identity-tie = 綁定：{ $name }
identity-tie-text = 綁定後可用統一身分認證登入。綁定前須已啟用動態密碼，並輸入現在的密碼。
identity-untie = 解除綁定
done-identity-tied = 統一身分認證已綁定，下次可直接用其登入。
done-identity-untied = 統一身分認證已解除綁定，其他裝置均已登出。
identity-remove = 解除統一身分認證綁定
identity-remove-text = 僅限該統一身分被他人綁定，或者本人已無法登入此帳號的情形，須當面核實身分後辦理。解除後立即登出所有裝置，該身分可重新綁定其他帳號。
done-identity-removed = 統一身分認證已解除綁定，該人員的裝置已全部登出。

## 不能辦理的原因
refusal-identity_provider_away = 統一身分認證平臺暫時無法連線。請稍後再試，或改用電子郵件信箱和密碼登入；持續無法連線的，請聯絡系統管理員。
refusal-identity_attempt_over = 本次登入已過期、已用過，或不是在這個瀏覽器中發起的。請在本頁重新點選登入，10 分鐘內完成。
refusal-identity_declined = 您已在統一身分認證平臺取消登入。如需登入請重新點選，或改用電子郵件信箱和密碼。
refusal-identity_not_proved = 統一身分認證平臺回傳的結果未通過核驗，沒有登入。請重新點選登入；多次出現的，請聯絡系統管理員。
refusal-identity_not_tied = 該統一身分尚未綁定可用的帳號。已有帳號的，請先用電子郵件信箱和密碼登入，在「帳號與安全」中綁定；沒有帳號的，請先註冊。
refusal-identity_taken = 該統一身分已綁定另一個帳號。請用那個帳號登入後解除綁定，再來綁定；不是您本人綁定的，請聯絡安全管理員。
refusal-identity_tied_already = 您的帳號已綁定一個統一身分。如需更換，請先解除綁定。
refusal-identity_needs_factor = 綁定統一身分認證前須先啟用動態密碼。請在「帳號與安全」中設定動態密碼，然後再來綁定。
refusal-identity_is_only_way = 您的帳號沒有密碼，解除綁定後將無法登入。請先透過「忘記密碼」設定密碼，再解除綁定。
refusal-own_identity = 不能為自己的帳號解除綁定。請在「帳號與安全」中解除，或由另一位安全管理員辦理。
refusal-no_identity = 該帳號沒有綁定統一身分認證。

## 郵件
mail-account_identity_removed-subject = 您的源池帳號已由安全管理員解除統一身分認證綁定
mail-account_identity_removed-body =
    { $name }，您好：

    安全管理員已解除您帳號的統一身分認證綁定，所有裝置均已登出，今後不能再用其登入。
    理由：{ $reason }

    沒有設定密碼的，請透過「忘記密碼」設定密碼後登入。如不是您本人提出，請立即聯絡安全管理員。登入：{ $link }
mail-account_identity_tied-subject = 您的源池帳號已綁定統一身分認證
mail-account_identity_tied-body =
    { $name }，您好：

    您的帳號剛剛綁定了統一身分認證，今後可用其登入。如不是您本人操作，請立即登入解除綁定、修改密碼，並聯絡安全管理員。

    查看：{ $link }
mail-account_identity_untied-subject = 您的源池帳號已解除綁定統一身分認證
mail-account_identity_untied-body =
    { $name }，您好：

    您的帳號剛剛解除了統一身分認證綁定，今後不能再用其登入。如不是您本人操作，請立即修改密碼，並聯絡安全管理員。

    查看：{ $link }
