# 人員、角色與申報單位。

done-please-sign-in = 請先登入。

## 共用
people-search = 查詢
people-choose = 請選擇
people-all = 全部
people-list-summary = 共 { $total } 條，第 { $page } 頁
person-name = 姓名
back-to-sign-in = 返回登入

## 首次設定
setup-title = 設定首任管理員
setup-text = 系統尚無在任的系統管理員或安全管理員。系統管理員負責開設帳號，安全管理員負責授予角色，兩職須由不同的人擔任。
setup-known-text = 已有帳號的，填寫該帳號的登入信箱即可：帳號獲授相應角色，姓名和密碼不變，此處填寫的密碼不生效。
setup-security-text = 我們會向這位人員的信箱寄送邀請連結，由其本人設定密碼。
setup-system-name = 系統管理員姓名
setup-system-email = 系統管理員電子郵件信箱
setup-security-name = 安全管理員姓名
setup-security-email = 安全管理員電子郵件信箱
setup-send = 完成設定
setup-done-title = 設定完成
setup-done-text = 系統管理員帳號已建立。安全管理員 { $name }（{ $email }）的邀請連結已寄出；如郵件尚未設定，請把下面的連結當面轉交本人。連結只顯示這一次，30 分鐘內有效。
setup-done-known-text = 管理員設定已完成。安全管理員 { $name }（{ $email }）已有帳號，請用原密碼登入。

## 註冊與密碼
register-title = 註冊帳號
register-text = 供服務商、平臺企業的工作人員註冊。提交後請到您的信箱點選確認連結，設定密碼後即可登入。
register-send = 寄送確認郵件
register-have-account = 已有帳號，去登入
register-sent = 如該信箱可以註冊，確認郵件已寄出，{ $minutes } 分鐘內有效。沒有收到請查看垃圾郵件，或稍後重新提交。
password-reset-title = 忘記密碼
password-reset-text = 請填寫註冊時的信箱，我們會寄送重設密碼的連結。
password-reset-send = 寄送重設郵件
password-reset-sent = 如該信箱已註冊，重設密碼的郵件已寄出，{ $minutes } 分鐘內有效。沒有收到請查看垃圾郵件，或稍後重新提交。
account-activate-title = 啟用帳號
account-for = 帳號：{ $email }
password-new-title = 設定新密碼
password-new = 新密碼
password-again = 再輸一次
password-present = 現在的密碼
password-hint = 12 至 128 個字元，可以是一句話；不要包含姓名、電子郵件信箱或單位名稱。
password-save = 儲存密碼
password-change = 修改密碼
password-old = 您的密碼已到更換期限。請設定新密碼，之後即可繼續辦理。
address-change = 更換登入信箱
address-change-text = 系統向新信箱寄送確認連結，同時通知原信箱。確認後改用新信箱登入，各裝置須重新登入。
address-new = 新信箱
address-send = 寄送確認連結
address-confirm = 確認更換登入信箱
address-confirm-text = 今後用此信箱登入：{ $email }
address-confirm-send = 確認更換
password-change-text = 修改後，其他裝置上的登入全部失效。

## 帳號與角色
account-own = 我的帳號
account-roles = 角色
account-role = 角色
account-role-bound = 所屬單位
account-role-since = 授予時間
account-role-until = 有效期至
account-role-no-end = 至收回為止
account-role-granted-by = 授予人
account-role-by-operator = 維運人員（首次啟動或命令列）
account-role-reason = 授予理由
account-sessions = 已登入的裝置
session-device = 裝置
session-device-on = { $system } 上的 { $browser }
session-seen = 最近使用
session-current = 本機
session-end = 登出該裝置
session-kind-browser = 瀏覽器
session-kind-api = 介面
account-status = 狀態
account-status-invited = 待啟用
account-status-active = 正常
account-status-disabled = 已停用
account-never-confirmed = 連結到期後一直無人啟用該帳號，其姓名和信箱已按保存期限清除，角色已收回。
account-forgotten = 從未啟用的帳號（資料已清除）
account-created = 建立時間
account-last-sign-in = 最近登入
account-search = 姓名或電子郵件信箱
accounts-none = 沒有符合條件的帳號
accounts-only = 範圍
accounts-only-all = 全部帳號
accounts-only-invited = 已邀請、尚未啟用
accounts-only-ending = 角色 30 天內到期
account-invite-title = 邀請人員
account-invite-text = 填寫姓名和電子郵件信箱，系統寄送邀請連結，由本人設定密碼。角色由安全管理員另行授予。
account-invite-send = 寄送邀請
account-invite-again = 重新寄送邀請
account-end-sessions = 強制登出所有裝置
account-role-grant = 授予角色
account-role-grant-text = 系統管理員、安全管理員、審計員、地市審核員、省廳經辦人、省廳審批人、第三方評價機構各由專人擔任，不得兼任其他角色。專家角色按電子郵件信箱與專家庫對應。申報單位管理員憑單位授權書授予或者延期，理由中須寫明授權書的日期；單位原有經辦人獲授後即改任管理員。
account-role-grant-send = 授予
account-role-revoke = 收回「{ $role }」
account-role-revoke-send = 確認收回
account-role-ends-on = 有效期至
account-role-ends-hint = 最長 { $days } 天，申報單位管理員最長 { $admin } 天；不填按最長期限計。再次授予同一角色並填更晚的日期，即為延期。
account-bureau = 所屬主管部門
account-bureau-hint = 僅授予地市審核員時填寫。
account-credit-code-hint = 僅授予單位管理員、單位經辦人時填寫該單位的代碼。
account-reason = 理由
grant-by-set-up = 首次設定管理員
grant-by-import = 匯入專家名冊
grant-by-registration = 登記申報單位
grant-by-request = 加入申請獲本單位管理員同意
grant-by-administrator = 由本單位管理員變更
account-disable = 停用帳號
account-disable-text = 停用後立即登出所有裝置，不能登入；已辦理的事項不受影響。
account-enable = 恢復帳號
account-enable-text = 恢復後可以重新登入，原有角色不變。

## 申報單位
organisations-title = 申報單位
organisations-none = 沒有符合條件的單位
organisation-search = 單位名稱或代碼
organisation-none = 您還沒有所屬的申報單位
organisation-none-text = 單位尚未登記的，請登記；已由同事登記的，請申請加入。
organisation-new-title = 登記申報單位
organisation-new-text = 請按營業執照填寫。登記人成為本單位的管理員，可以批准同事加入。
organisation-new-send = 登記
organisation-facts = 登記資料
organisation-name = 單位名稱
organisation-name-hint = 與營業執照一致。
organisation-area = 註冊地
organisation-area-hint = 決定由哪個市的主管部門受理。
organisation-outside = 廣東省外
organisation-city = 主要服務城市
organisation-city-hint = 省外單位按主要服務城市受理；不選則直接報省廳。
organisation-established = 成立日期
organisation-elsewhere = 統一社會信用代碼第 3 至 8 位所示的行政區劃，與所填註冊地不一致。請核對註冊地。
organisation-facts-wrong = 單位名稱、註冊地、主要服務城市或者成立日期填寫有誤的，請聯絡省廳經辦人更正。
organisation-correct = 更正登記資料
organisation-correct-text = 更正後，未提交的申報按新的註冊地受理；已提交的申報和已公布的名單不變。
organisation-correct-reason = 更正理由
organisation-correct-reason-hint = 寫明核對了什麼材料。申報單位會看到這段話。
organisation-correct-send = 更正
organisation-address = 通訊地址
organisation-contact = 聯絡資料
organisation-contact-name = 聯絡人
organisation-contact-phone = 聯絡電話
organisation-contact-save = 儲存
organisation-join = 申請加入已登記的單位
organisation-join-offer = 代碼 { $code } 的單位已有人登記。您可以申請加入，由該單位的管理員決定。
organisation-join-message = 申請說明
organisation-join-message-hint = 寫明您的部門和職務，便於管理員核對。
organisation-join-send = 申請加入
organisation-my-requests = 我的加入申請
organisation-asked-at = 申請時間
organisation-waiting = 待處理的加入申請
organisation-accept = 同意加入
organisation-decline = 不同意
organisation-members = 本單位人員
organisation-make-admin = 設為管理員
organisation-make-member = 改為經辦人
organisation-renew = 調整有效期
organisation-term-hint = 最長 { $days } 天；不填按最長期限計。到期次日起不能再檢視和辦理本單位的申報，到期前可隨時調整。
organisation-renew-hint = 最長 { $days } 天。到期次日起不能再檢視和辦理本單位的申報，到期前可隨時調整。
organisation-remove = 移出單位
organisation-remove-text = { $name } 將不能再查看和辦理本單位的申報。
organisation-you = 您本人
organisation-no-admin = 本單位目前沒有管理員，不能提交申報，也不能同意他人加入。請持單位授權書，請平台安全管理員指定一位管理員。
admin-term-ending = 您的管理員資格將於 { $date } 到期（{ $organisation }），次日起不能再檢視和辦理該單位的申報。
admin-term-ending-others = 需要繼續辦理的，請本單位其他管理員在到期前調整有效期。
admin-term-ending-alone = 本單位沒有其他管理員。需要繼續辦理的，請在到期前把一位同事設為管理員，由其調整有效期；也可持單位授權書，請平台安全管理員延期。
admin-term-over = 您的管理員資格已於 { $date } 到期（{ $organisation }），不能再檢視和辦理該單位的申報。已提交的申報照常辦理。
admin-term-over-others = 需要繼續辦理的，請申請加入該單位，由該單位管理員同意後設為管理員。
admin-term-over-alone = 該單位已沒有管理員。需要繼續辦理的，請持單位授權書，請平台安全管理員重新授予。
join-pending = 待處理
join-accepted = 已同意
join-declined = 未同意
credit-code = 統一社會信用代碼
credit-code-hint = 18 位，見營業執照。
code-check = 代碼核驗
code-check-right = 核驗通過
code-check-wrong = 檢查碼不符，待核對
code-check-overridden = 經核對放行
code-check-licence = 待核驗營業執照
licence-title = 營業執照影像
licence-text = 統一社會信用代碼的最後一位與國家標準的演算法不符。如代碼與營業執照一致，請上傳執照影像，由工作人員核對後放行；提交申報之前須上傳。
licence-file = 選擇檔案
licence-hint = PDF、PNG 或 JPG，不超過 10 MB。
licence-provided-at = 已上傳 { $name }，{ $at }。
licence-download = 下載
licence-decided = { $name } 於 { $at } 核對放行，理由：
licence-reason = 放行理由
licence-reason-hint = 寫明核對了什麼。申報單位會看到這段話。
licence-accept = 核對放行
licence-not-yet = 檢查碼不符，申報單位尚未上傳營業執照影像。

## 辦理結果
done-account-activated = 帳號已啟用，請登入。
done-password-set = 新密碼已儲存，請登入。
done-password-changed = 密碼已修改，其他裝置均已登出。
done-address-asked = 確認連結已寄往新信箱，30 分鐘內有效。請保持登入，在同一瀏覽器中開啟連結。
done-address-changed = 登入信箱已更換，請用新信箱登入。
done-session-ended = 該裝置已登出。
done-sessions-ended = 已強制登出所有裝置。
done-account-invited = 邀請已寄出，連結 30 分鐘內有效。
done-account-enabled = 帳號已恢復。
done-account-disabled = 帳號已停用。
done-role-granted = 角色已授予，立即生效；該人員須重新登入。
done-role-revoked = 角色已收回，立即生效；該人員須重新登入。
done-organisation-registered = 單位已登記，您是本單位的管理員。
done-organisation-registered-code-wrong = 單位已登記。代碼的檢查碼不符，請在本頁上傳營業執照影像。
done-join-requested = 申請已提交，結果會寄到您的信箱。
done-join-accepted = 已同意加入。
done-join-declined = 已答覆不同意。
done-contact-saved = 聯絡資料已儲存。
done-member-role-changed = 人員角色已變更。
done-member-renewed = 有效期已調整。
done-member-removed = 已移出單位。
done-licence-provided = 營業執照影像已上傳，等待工作人員核對。
done-organisation-corrected = 登記資料已更正，並已通知申報單位。
done-code-accepted = 已核對放行，並已通知申報單位。

## 不能辦理的原因
refusal-link_not_good = { $link ->
    [set_up] 設定連結無效、已使用或已過期（有效期 { $minutes } 分鐘）。設定已完成的，請直接登入；尚未完成的，請重新啟動服務，使用啟動時顯示的新連結；也可由維運人員執行 yuanchi account set-up-link 取得。
   *[account] 連結無效、已使用或已過期（有效期 { $minutes } 分鐘）。請重新申請一個連結。
}
refusal-account_not_invited = 該帳號已啟用，不需要再次邀請。
refusal-account_status_unchanged = 該帳號已是所要的狀態，請重新整理頁面。
refusal-account_disabled = 該帳號已停用，請先恢復再授予角色。
refusal-account_forgotten = 該帳號從未啟用，姓名和信箱已按保存期限清除，不能恢復。請重新邀請本人，或由本人重新註冊。
refusal-own_account = 不能停用或恢復自己的帳號，請由另一位管理員辦理。
refusal-own_roles = 不能變更自己的角色，請由另一位安全管理員辦理。
refusal-last_administrator = 這是最後一位在任的系統管理員、安全管理員或審計員。請先由另一人擔任該職，再辦理。
refusal-role_already_held = 該人員已有此角色。
refusal-roles_apart = 該人員已任「{ $held ->
    [system_admin] 系統管理員
    [security_admin] 安全管理員
    [auditor] 審計員
    [handler] 省廳經辦人
    [vendor_admin] 申報單位管理員
    [vendor_member] 申報單位經辦人
    [city_officer] 地市審核員
    [evaluator] 第三方評價機構
    [expert] 評審專家
   *[approver] 省廳審批人
}」，不能兼任此角色。請先收回原角色，或授予他人。
refusal-expert_removed = 該信箱對應的專家已移出專家庫，不能授予專家角色。請先由辦理人員在專家庫中恢復其狀態。
refusal-expert_not_in_pool = 專家庫中沒有該信箱的專家。請先匯入專家，或核對信箱。
refusal-already_in_organisation = { $who ->
    [self] 您已屬於一個申報單位，不能再登記或加入其他單位。如需變更，請先由原單位的管理員將您移出。
   *[other] 該人員已屬於一個申報單位。如需變更，請先由原單位移出。
}
refusal-officers_have_no_organisation = 您的帳號承擔管理或審核職責，不能登記或加入申報單位。
refusal-organisation_registered = 該代碼的單位已經登記。您可以在下方申請加入，由該單位的管理員決定。
refusal-join_already_asked = 您已申請加入該單位，請等待管理員處理。
refusal-join_already_decided = 該申請已處理，請重新整理頁面。
refusal-person_in_another_organisation = 該人員已屬於其他單位或承擔管理職責，不能加入。請答覆不同意。
refusal-not_organisation_admin = 此事項須由本單位的管理員辦理。
refusal-own_term = 不能為自己延期，請由本單位另一位管理員辦理。本單位沒有其他管理員的，請持單位授權書，請平台安全管理員辦理。
refusal-last_organisation_admin = 本單位至少保留一位管理員。請先把另一人設為管理員。
refusal-organisation_in_notice = 該單位有申報件正在公示。請在公示結束、異議處理完畢並公布名單後再更正或者更名。
refusal-organisation_unchanged = 所填內容與現在的登記資料相同，沒有需要更正的內容。
refusal-licence_not_needed = 代碼已核驗，不需要營業執照影像。
refusal-licence_missing = 申報單位尚未上傳營業執照影像，不能放行。

## 填寫的問題
problem-text_missing = 此項必填。
problem-text_length = 最多 { $limit } 個字元，您填了 { $found } 個，請刪減。
problem-text_characters = 含有不可見的控制字元或改變文字方向的字元，請刪除後重新輸入。
problem-email_invalid = 電子郵件信箱格式不正確，應類似 name@example.com，且只含英文字元。
problem-email_unchanged = 與現在的登入信箱相同，請填寫另一個信箱。
problem-email_taken = 該信箱已有帳號，請在帳號清單中搜尋，或換一個信箱。
problem-email_of_two = 系統管理員與安全管理員須為兩個人，請填寫不同的信箱。
problem-password_too_short = 密碼至少 { $min } 個字元。
problem-password_too_long = 密碼最多 { $max } 個字元。
problem-password_too_easy = 密碼太容易猜到：不要包含姓名、電子郵件信箱，字元不要大量重複。
problem-password_common = 密碼由常見詞語或姓名、鍵盤順序、日期、本單位名稱（含拼音、簡稱）等拼成，容易被猜到。請換一句別人想不到的話。
problem-password_kinds = 密碼須含大寫字母、小寫字母、數字、其他字元（含漢字）中的至少三種。
problem-password_unchanged = 新密碼不能與現在的密碼相同。
problem-password_used_before = 新密碼不能與最近 { $count } 次使用的密碼（包括現在的）相同。
problem-passwords_differ = 兩次輸入的密碼不一致。
problem-present_password_wrong = 現在的密碼不正確。
problem-role_missing = 請選擇角色。
problem-role_not_for_people = 此角色屬於系統本身，不能授予人員。
problem-bureau_unknown = 請選擇該審核員所屬的主管部門。
problem-organisation_unknown = 沒有登記該代碼的單位。請核對代碼，或登記該單位。
problem-role_term_too_long = 角色有效期最長 { $days } 天，請填更早的日期。
problem-date_invalid = 日期應為年-月-日格式，例如 2026-03-01。
problem-actor_not_an_id = 網址中只能以帳號編號指明辦理人。要按姓名或電子郵件信箱查詢，請在「辦理紀錄」頁面的查詢欄中填寫。
problem-date_past = 日期已過，請填今天或以後的日期。
problem-date_future = 日期不能晚於今天。
problem-area_unknown = 請從清單中選擇。
problem-organisation_name_of_member = 該單位已入池，更名請在「在池單位管理」中辦理。
problem-phone_invalid = 電話應含 7 至 20 位數字，可用 +、-、括號和空格，例如 020-83130000。
problem-licence_empty = 請選擇一個有內容的檔案。
## 郵件
mail-account_invitation-subject = 源池帳號邀請
mail-account_invitation-body =
    { $name }，您好：

    您已受邀使用源池（製造業數字化產業生態供給資源池）。請在 { $minutes } 分鐘內開啟下面的連結，設定密碼並啟用帳號：

    { $link }

    連結只能使用一次。過期後請聯絡系統管理員重新寄送。如與您無關，請忽略本郵件。
mail-account_registration-subject = 請確認您的源池帳號
mail-account_registration-body =
    { $name }，您好：

    您正在註冊源池帳號。請在 { $minutes } 分鐘內開啟下面的連結，設定密碼並啟用帳號：

    { $link }

    如不是您本人操作，請忽略本郵件，帳號不會啟用。
mail-account_exists-subject = 您已有源池帳號
mail-account_exists-body =
    { $name }，您好：

    有人用您的信箱註冊源池帳號，而您已有帳號，無需再次註冊。忘記密碼請由此重設：

    { $link }

    如不是您本人操作，請忽略本郵件。
mail-account_closed-subject = 您的源池帳號已停用
mail-account_closed-body =
    { $name }，您好：

    有人用您的信箱註冊源池帳號。該信箱的帳號已停用，不能重新註冊。如需恢復，請聯絡系統管理員。重設密碼的頁面在帳號恢復後可用：

    { $link }
mail-account_password_reset-subject = 重設源池密碼
mail-account_password_reset-body =
    { $name }，您好：

    請在 { $minutes } 分鐘內開啟下面的連結設定新密碼。設定後，所有裝置需要重新登入：

    { $link }

    如不是您本人操作，請忽略本郵件，密碼不會改變。
mail-account_address_asked-subject = 有人申請更換您的源池登入信箱
mail-account_address_asked-body =
    { $name }，您好：

    剛剛有人在您的帳號上申請更換登入信箱，確認連結已寄往新信箱。確認之前，您仍用本信箱登入。

    如不是您本人操作，請立即修改密碼，並聯絡系統管理員：

    { $link }
mail-account_address_confirm-subject = 確認您的源池登入信箱
mail-account_address_confirm-body =
    { $name }，您好：

    您申請改用本信箱登入源池。請在 { $minutes } 分鐘內，在已登入的瀏覽器中開啟下面的連結確認：

    { $link }

    如不是您本人操作，請忽略本郵件，登入信箱不會改變。
mail-account_address_changed-subject = 您的源池登入信箱已更換
mail-account_address_changed-body =
    { $name }，您好：

    您的帳號剛剛更換了登入信箱，本信箱不能再登入，各裝置均已登出。

    如不是您本人操作，請立即聯絡系統管理員停用帳號：

    { $link }
mail-account_new_program-subject = 有新的程式登入了您的源池帳號
mail-account_new_program-body =
    { $name }，您好：

    剛剛有程式（{ $program }）透過資料介面登入了您的帳號，此前沒有用它從該網路登入過。如不是您本人操作，請立即修改密碼，並登出該程式：

    { $link }
mail-account_password_changed-subject = 您的源池密碼已修改
mail-account_password_changed-body =
    { $name }，您好：

    您的密碼剛剛修改，其他裝置均已登出。如不是您本人操作，請立即由此重設密碼，並聯絡系統管理員：

    { $link }
mail-account_role_ending-subject = 角色即將到期：{ $who }（{ $role }）
mail-account_role_ending-body =
    { $name }，您好：

    { $who }的「{ $role }」角色有效期至 { $date }。

    需要繼續任職的，請由本人以外的安全管理員在到期前再次授予同一角色，並填寫更晚的日期；不再任職的，到期自動失效，無需處理。

    到期後沒有在任的系統管理員或安全管理員的，須由維運人員取得設定連結，重新設定管理員；沒有在任的審計員的，由安全管理員另行授予。

    查看帳號：{ $link }
mail-expert-roles-ending-subject = 評審專家角色即將到期：{ $count } 人
mail-expert-roles-ending-body =
    { $name }，您好：

    有 { $count } 名評審專家仍在聘期內，但其角色即將到期，最早的有效期至 { $date }。到期後不能再被抽取和分配，尚未評分的任務轉由其他專家完成。

    需要繼續聘任的，請在專家庫中重新設定聘期，或由安全管理員再次授予評審專家角色，並填寫更晚的日期；不再聘任的，到期自動失效，無需處理。

    查看帳號：{ $link }
mail-account_role_granted-subject = 您已獲授角色：{ $role }
mail-account_role_granted-body =
    { $name }，您好：

    您已獲授「{ $role }」角色，立即生效，請重新登入。
    理由：{ $reason }

    查看我的角色：{ $link }
mail-account_role_revoked-subject = 您的角色已收回：{ $role }
mail-account_role_revoked-body =
    { $name }，您好：

    您的「{ $role }」角色已收回，立即生效，請重新登入。
    理由：{ $reason }

    如有疑問，請聯絡安全管理員。查看我的角色：{ $link }
mail-account_disabled-subject = 您的源池帳號已停用
mail-account_disabled-body =
    { $name }，您好：

    您的帳號已停用，不能登入。
    理由：{ $reason }

    如有疑問，請聯絡系統管理員。恢復後的登入網址：{ $link }
mail-account_enabled-subject = 您的源池帳號已恢復
mail-account_enabled-body =
    { $name }，您好：

    您的帳號已恢復。
    理由：{ $reason }

    登入：{ $link }
mail-organisation_join_requested-subject = { $who } 申請加入 { $organisation }
mail-organisation_join_requested-body =
    { $name }，您好：

    { $who } 申請加入 { $organisation }。請核對其身分後決定是否同意：

    { $link }
mail-organisation_join_accepted-subject = 您已加入 { $organisation }
mail-organisation_join_accepted-body =
    { $name }，您好：

    { $organisation } 的管理員已同意您加入。您可以填報該單位的申報：

    { $link }
mail-organisation_join_declined-subject = 加入 { $organisation } 的申請未獲同意
mail-organisation_join_declined-body =
    { $name }，您好：

    { $organisation } 的管理員未同意您的加入申請。如有疑問，請直接與該單位聯絡。

    查看我的申請：{ $link }
mail-organisation_member_role-subject = 您在 { $organisation } 的角色已變更
mail-organisation_member_role-body =
    { $name }，您好：

    您在 { $organisation } 的角色已變更為「{ $role }」，立即生效，有效期至 { $date }。

    { $link }
mail-organisation_member_renewed-subject = 您在 { $organisation } 的角色有效期已調整
mail-organisation_member_renewed-body =
    { $name }，您好：

    { $organisation } 的管理員已將您的角色有效期調整至 { $date }，次日起您不能再檢視和辦理該單位的申報。如有疑問，請直接與該單位管理員聯絡。

    { $link }
mail-organisation_admin_ending-subject = 您在 { $organisation } 的管理員資格即將到期
mail-organisation_admin_ending-body =
    { $name }，您好：

    您在 { $organisation } 的管理員資格有效期至 { $date }，次日起您不能再檢視和辦理該單位的申報。

    { $alone ->
        [yes] 該單位沒有其他管理員。需要繼續辦理的，請在到期前把一位同事設為管理員，由其調整有效期；也可持單位授權書，請平台安全管理員延期。
       *[no] 需要繼續辦理的，請該單位其他管理員（{ $others }）在到期前調整有效期；不再辦理的，無需處理。
    }

    查看本單位人員：{ $link }
mail-organisation_other_admin_ending-subject = { $organisation } 的管理員資格即將到期：{ $who }
mail-organisation_other_admin_ending-body =
    { $name }，您好：

    { $who }在 { $organisation } 的管理員資格有效期至 { $date }，次日起不能再檢視和辦理該單位的申報。

    需要繼續辦理的，請您或該單位其他管理員在到期前調整有效期；不再辦理的，無需處理：{ $link }
mail-organisation_admin_named-subject = { $who }已獲授 { $organisation } 的管理員角色
mail-organisation_admin_named-body =
    { $name }，您好：

    平台安全管理員已將 { $organisation } 的管理員角色授予 { $who }，有效期至 { $date }。
    理由：{ $reason }

    如該單位並未出具授權書，請立即聯絡平台安全管理員。查看本單位人員：{ $link }
mail-organisation_member_removed-subject = 您已被移出 { $organisation }
mail-organisation_member_removed-body =
    { $name }，您好：

    { $organisation } 的管理員已將您移出該單位，您不能再查看和辦理該單位的申報。如有疑問，請直接與該單位聯絡。

    { $link }
mail-organisation_corrected-subject = { $organisation } 的登記資料已更正
mail-organisation_corrected-body =
    { $organisation }：

    工作人員已更正貴單位的登記資料，未提交的申報按更正後的註冊地受理。
    理由：{ $reason }

    查看本單位：{ $link }
mail-organisation_code_accepted-subject = { $organisation } 的統一社會信用代碼已核對放行
mail-organisation_code_accepted-body =
    { $organisation }：

    工作人員已核對貴單位的營業執照影像，統一社會信用代碼予以放行。
    理由：{ $reason }

    查看本單位：{ $link }

held-title = 本平臺保存的本單位資料
held-intro = 以下是本平臺保存的「{ $organisation }」的資料。單位管理員可以隨時查看和匯出。
held-what = 資料類別
held-count = 數量
held-kept = 保存期限
held-entry = 單位登記資料和聯絡人（聯絡人姓名、電話加密保存）
held-people = 本單位人員的姓名、電子郵件信箱和角色
held-join-requests = 加入本單位的申請
held-licence = 營業執照影像
held-applications = 申報件（含草稿，填寫內容加密保存）
held-documents = 申報材料
held-submissions = 歷次提交的內容（加密保存）
held-corrections = 補正通知（意見和逐項理由）
held-memberships = 在池資格
held-questions = 本單位人員的申報諮詢和答覆
held-letters = 寄給本單位人員、與本單位有關的郵件
held-record = 與本單位登記資料有關的辦理紀錄
held-while-registered = 單位在本平臺登記期間
held-for-ever = 作為辦理檔案長期保存
held-days-after-decision = 處理完畢後 { $days } 天內清除申請說明
held-days-after-sending = 寄出 { $days } 天後清除
held-mails = 寄給本單位人員的郵件，正文和收件地址在寄出 { $days } 天後清除。
held-download = 匯出全部資料
held-download-hint = 匯出檔案（JSON）含以上全部內容；申報材料的檔案請在各申報件中下載。每次匯出都會留下紀錄。
held-not = 不含專家身分、評分、主管機關內部意見等依規定不向申報單位公開的內容。提出異議不需要帳號，系統不把異議與單位關聯，以本單位名義提出的異議請憑受理郵件查詢。
