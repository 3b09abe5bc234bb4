# 專家、評審、審定

## 專家庫
experts-title = 專家庫
experts-import = 匯入專家
experts-search = 姓名、單位或電子郵件信箱
experts-search-button = 查詢
experts-status = 狀態
experts-status-any = 全部
experts-none = 沒有符合條件的專家
experts-none-text = 可以換一個查詢條件，或匯入專家名冊。
experts-count = 共 { $count } 名專家
expert-status-active = 在庫
expert-status-suspended = 暫停
expert-status-removed = 移出
expert-column-name = 姓名
expert-column-email = 電子郵件信箱
expert-column-employer = 單位
expert-column-employer_code = 單位統一社會信用代碼
expert-column-title = 職稱
expert-column-city = 地市
expert-column-fields = 專業領域
expert-column-load_limit = 評審上限
expert-column-hint-name = 必填。專家真實姓名，不超過 50 個字。
expert-column-hint-email = 必填。用於登入和接收通知；電子郵件信箱已在庫的，更新該專家的資料。
expert-column-hint-employer = 必填。現工作單位全稱，用於單位迴避。
expert-column-hint-employer_code = 可空。填寫後按代碼迴避，比按名稱更準確。
expert-column-hint-title = 必填。如：教授、高級工程師。
expert-column-hint-city = 可空。省內地市名稱（簡體字）或行政區劃代碼。
expert-column-hint-fields = 必填，多項用分號隔開。可填產業集群的名稱或編號、申報類別名稱、申報表中的服務領域（如「云服务」）、「工业互联网平台」或「数字化转型服务商」，名稱用簡體字。
expert-column-hint-load_limit = 必填。一次評審最多可評的申報件數，1 至 1000 的整數。
expert-field-platform = 工業互聯網平臺
expert-field-provider = 數字化轉型服務商
expert-standing-title = 變更狀態
expert-standing-hint = 暫停或移出後不再分配新的評審任務；評審中尚未提交的立即收回，由候補專家接替，已提交的保留。
expert-standing-save = 儲存狀態
experts-import-title = 匯入專家
experts-import-text = 請上傳 .csv（UTF-8）或 .xlsx 檔案，第一列為欄位名稱，用下表中的簡體字名稱或代碼。系統先逐列檢查並列出所有問題，確認無誤後才會匯入；有一列不合格就全部不匯入。
experts-import-column = 欄位名稱
experts-import-meaning = 填寫要求
experts-import-file = 名冊檔案
experts-import-check = 上傳並檢查
experts-import-confirm = 確認匯入
experts-import-again = 重新選擇檔案
experts-preview-title = 核對匯入內容
experts-preview-good = 檢查通過：新增 { $added } 名，更新 { $updated } 名。新增的專家將收到設定密碼的邀請郵件。
experts-preview-bad = 共 { $rows } 列，發現 { $bad } 處問題，尚未匯入任何內容。請改正後重新上傳。
experts-preview-line = 列號
experts-preview-value = 填寫內容
experts-preview-problem = 問題與改法
problem-expert_empty = 此格不能為空，請補填。
problem-expert_too_long = 內容過長，請不超過 { $value } 個字。
problem-expert_email = 「{ $value }」不是有效的電子郵件地址，請核對。
problem-expert_email_twice = 電子郵件信箱「{ $value }」在表中出現了不止一次，每名專家只保留一列。
problem-expert_code_check = 統一社會信用代碼「{ $value }」的檢查碼不對，可能有一位填錯，請對照營業執照或法人證書逐位核對；確實沒有的可留空。
problem-expert_employer_code = 「{ $value }」不是 18 位統一社會信用代碼，請對照營業執照或法人證書核對；確實沒有的可留空。
problem-expert_city = 沒有名為「{ $value }」的省內地市，請填寫地市名稱（簡體字）或行政區劃代碼；省外專家可留空。
problem-expert_field = 不認識的專業領域「{ $value }」，請用簡體字填寫產業集群的名稱或編號、申報類別名稱、申報表中的服務領域、「工业互联网平台」或「数字化转型服务商」。
problem-expert_load_limit = 評審上限應為 1 至 1000 的整數，您填的是「{ $value }」。
problem-expert_account_disabled = 電子郵件信箱「{ $value }」對應的帳號已停用，請先由管理員恢復，或改用其他信箱。
problem-expert_is_officer = 電子郵件信箱「{ $value }」對應的帳號是工作人員，工作人員不能兼任評審專家。
problem-expert_removed = 電子郵件信箱「{ $value }」對應的專家已移出專家庫，匯入不會恢復其資格。如需恢復，請在專家庫中變更狀態並寫明理由。
problem-expert_role_revoked = 電子郵件信箱「{ $value }」對應帳號的專家角色已被收回，匯入不會重新授予。如需恢復，請由安全管理員授予角色。
problem-expert_standing = 請選擇專家狀態。
problem-import_file_too_large = 檔案超過 { $limit } MB 的上限，請拆成幾個檔案分別匯入。
refusal-import_too_many_rows = 一次最多匯入 { $limit } 列，請拆成幾個檔案分別匯入。
refusal-import_empty = 表中沒有專家，請核對檔案內容。
refusal-expert_standing_same = 該專家已是所選狀態，無需變更。
done-experts-imported = 專家名冊已匯入，新增專家的邀請郵件將陸續寄出。
done-expert-standing = 專家狀態已變更。

## 評審組織
reviews-title = 專家評審
reviews-none = 暫無待評審的申報
reviews-none-text = 形式審查通過的申報進入專家評審後，在這裡組織評審。
reviews-progress = 評分表
reviews-sheets = 已交 { $submitted } 份，應交 { $wanted } 份
reviews-late = 已過期限
review-next-prepare = 組成評審組，分配申報件
review-next-open = 核對後開啟評審
review-next-score = 等待專家評分
review-next-remind = 催交評分表
review-next-end = 評分表已交齊，可以截止評分
review-next-close = 評分已截止，可以結束評審
review-next-settle = 尚有事項未辦結，請查看評審頁面
review-next-nothing = 評審已結束
review-call = 申報通知
review-year = 年度
review-status = 狀態
review-due = 評審截止時間
review-due-hint = 北京時間。逾期提交的評分表在評審結束前仍然有效。
review-due-soon = 請儘快提交
session-status-none = 尚未編組
session-status-preparing = 編組中
session-status-open = 評審中
session-status-closed = 已結束
assignment-status-awaiting = 待聲明
assignment-status-accepted = 評審中
assignment-status-recused = 已迴避
assignment-status-released = 已收回
sheet-status-draft = 評分中
sheet-status-submitted = 已提交
sheet-status-void = 已作廢
review-files = 申報件
review-assigned = 在評任務
review-submitted = 已交評分表
review-rule = 每件 { $experts } 名專家，至少 { $sheets } 份評分表
review-upstream = 另有 { $count } 件申報仍在推薦或形式審查環節，辦結之前不能結束評審。
review-short-text = 有 { $count } 件申報的專家不足。請增補專家後補齊分配。
review-prepare-title = 編組與分配
review-prepare-text = 勾選參加評審的專家（含候補）。系統按迴避規則和評審上下限，以專業最相符、其次任務最均衡分配。先預覽，確認後儲存；開啟評審之前可以反覆調整，專家不會收到通知。
review-prepare-text-drawn = 參加評審的專家已由抽取產生，無須勾選。系統按迴避規則和評審上下限，以專業最相符、其次任務最均衡分配。先預覽，確認後儲存；開啟評審之前可以反覆調整，專家不會收到通知。
review-panel = 參加評審的專家
review-limit = 上限 { $limit } 件
review-open-title = 開啟評審
review-open-text = 請核對下方分配結果。開啟後系統向專家寄送通知，專家聲明無利益衝突後方可查看申報材料。
review-open = 確認分配並開啟評審
review-close = 結束評審
review-close-text = 結束後評分表全部鎖定，系統計算得分和排名，申報轉入審定環節，不能撤回。
review-close-reason = 評分表、偏離說明沒有交齊時的說明
review-close-confirm = 確認結束評審
review-complete-title = 增補專家
review-complete-text = 把更多專家加入本次評審，並為專家不足的申報補齊分配。
review-panel-add = 可增補的專家
review-complete = 確認補齊分配
review-complete-preview = 預覽
review-complete-text-drawn = 本次評審的專家由抽取產生，缺額先由抽取的候補專家遞補。候補專家均不能遞補時，方可寫明理由另行增補；增補的專家在辦理紀錄和會議紀要中註明「未經抽取」。不勾選專家的，只補齊分配。
review-complete-reason = 增補理由（可不填）
review-complete-reason-drawn = 增補理由（增補專家時必填）
review-undrawn = 未經抽取
review-term-ends = 聘期至 { $day }
review-ending-text = 以下專家的聘期在評審截止前屆滿，屆滿後不能再評分，未提交的評分任務由其他專家接替。請先在專家庫續聘，或改由其他專家評審。
review-ending-line = { $name }：聘期至 { $day }，待評 { $count } 件

## 增補專家的預覽
completion-title = 核對增補專家
completion-text = 以下尚未生效，確認之後才會儲存，新分配到任務的專家將收到通知。
completion-joining = 增補的專家（{ $count } 名）
completion-nobody = 不增補專家，只補齊分配。
completion-marked = 以上專家未經抽取產生，將在辦理紀錄和會議紀要中註明，並附增補理由。
completion-places = 將補齊的申報
place-turn = 候補第 { $turn } 位
completion-no-place = 目前沒有缺專家的申報。
refusal-completion_reserves_left = 抽取的候補專家還有 { $count } 名可以遞補，不能另行指定專家。缺額由系統按遞補順序補齊。
problem-completion_unseen = 本次評審的專家由抽取產生，請先預覽增補結果，核對後再確認。
review-to-decision = 查看排名並提出審定意見
review-loads-title = 專家任務
review-expert = 專家
review-load = 任務數 / 上限
review-files-title = 申報與分配
review-organisation = 申報單位
review-experts = 專家
review-sheet-submitted = 已提交
review-reason = 理由
assignment-release = 更換
assignment-release-confirm = 確認收回
refusal-review_not_used = 該申報類別不設專家評審。
refusal-review_nothing_to_review = 沒有處於專家評審環節的申報。
refusal-review_not_prepared = 尚未編組，請先產生分配方案。
refusal-review_not_open = 評審尚未開啟。
refusal-review_already_open = 評審已經開啟，不能重新編組；請用收回任務或增補專家調整。
refusal-review_closed = 評審已經結束，不能再更改。
refusal-review_plan_outdated = 編組之後申報或專家有變化，請重新產生分配方案再開啟。
refusal-review_no_plan = 請先產生分配方案。
refusal-review_due_passed = 評審截止時間已過，請改定時間並重新產生分配方案。
refusal-review_call_open = 申報尚未截止，仍可能有新的申報進入評審，截止並辦結之後才能結束評審。
refusal-review_files_upstream = 還有 { $count } 件申報在推薦或形式審查環節，辦結之後才能結束評審。
refusal-assignment_ended = 該評審任務已經結束，不能再更改。
refusal-assignment_file_left = 該申報現為「{ $state }」，不再需要評審。
problem-review_due = 請按「年-月-日 時:分」填寫截止時間。
problem-review_due_passed = 截止時間應晚於現在，請改正。
problem-review_no_experts = 請至少勾選一名專家。
problem-review_expert_not_active = 所選專家中有人不在庫或已暫停，請重新勾選。
problem-review_too_few_candidates = { $organisation }：迴避後可評專家僅 { $candidates } 名，還缺 { $missing } 名，請增補專家。
problem-review_too_few_experts = { $organisation }：可評專家僅 { $candidates } 名，還缺 { $missing } 名，請增補專家。
problem-review_too_few_allowed = { $organisation }：應迴避 { $excluded } 名、禁止分配 { $forbidden } 名，其餘可評專家僅 { $candidates } 名，還缺 { $missing } 名。
problem-review_no_sheet = { $organisation }：沒有任何評分表，不能結束評審。請催交或改派專家。
problem-review_few_sheets = { $organisation }：已交 { $found } 份評分表，少於規定的 { $needed } 份。請催交，或寫明理由。
problem-review_text_too_long = 內容最多 { $limit } 個字，現有 { $length } 個字，請精簡。
problem-reason_missing = 請寫明理由。
done-review-prepared = 分配方案已產生，請核對後開啟評審。
done-review-opened = 評審已開啟，專家將收到通知。
done-review-completed = 已補齊分配。
done-review-closed = 評審已結束，排名已產生。
done-assignment-released = 任務已收回。

## 專家的任務
assignments-title = 評審任務
assignments-none = 暫無評審任務
assignments-none-text = 分配到任務後會寄郵件通知您。
assignments-text = 查看材料之前，請先逐件聲明有無利益衝突。
assignments-next = 下一件：{ $name }
assignments-left = 待完成：{ $count } 件
assignments-all-done = 目前沒有待完成的評審任務。
assignments-done-of = { $call }：已完成或已結束 { $count } 件
assignment-title = 評審任務
assignment-members = 聯合體成員
assignment-file = 申報材料
assignment-documents = 佐證材料
assignment-ended-awaiting = 評審已結束，該任務未作聲明。
assignment-ended-accepted = 評審已結束，該評分表未提交，不計入結果。
assignment-ended-recused = 您已迴避這件申報，感謝您如實聲明。
assignment-ended-released = 該任務已由工作人員收回，您無需再評。
assignment-taken-by-system = 該任務按評審規則已由系統收回，您無需再評。
assignment-taken-because = 理由：{ $reason }
declaration-title = 利益衝突聲明
declaration-text = 有下列情形之一的應當迴避：在申報單位或聯合體成員任職、持股，或近三年內曾任職、提供有償服務；與其負責人有近親屬關係；與其有爭議；其他可能影響公正評審的情形。
declaration-question = 您與申報單位及聯合體成員有無利益衝突
declaration-no = 沒有，我承諾獨立、公正評審並保密
declaration-yes = 有，申請迴避
declaration-reason = 迴避理由
declaration-reason-hint = 有利益衝突時必填。評審組織人員、審批人和審計員可以看到，申報單位和其他專家看不到。說明何種關係即可，不必寫明親屬的姓名和電話：理由將長期存入辦理紀錄。
declaration-send = 提交聲明
declaration-late = 評審中發現利益衝突
declaration-late-send = 申請迴避，評分作廢
problem-declaration_missing = 請選擇有無利益衝突。
refusal-declare_first = 請先聲明有無利益衝突，再查看材料和評分。
refusal-already_declared = 您已作過聲明。
done-declared = 聲明已提交，請評審。
done-recused = 已為您登記迴避，感謝您如實聲明。
done-excluded = 按迴避規則，您不能評審該申報，任務已收回，無需再作聲明。
rubric-proposal = 本評分指標為建議稿，以主管部門正式印發的指標體系為準。
sheet-title = 評分表
sheet-sign = 專家簽名
sheet-sign-date = 日期
sheet-tabs = 評分表與申報材料
sheet-max = 滿分 { $max } 分
sheet-comment = 評語
sheet-opinion = 總體意見
sheet-total = 合計
sheet-submitted-at = 提交時間
sheet-filled = 已評分項目
sheet-save = 儲存
sheet-submit = 提交評分表
sheet-submit-hint = 提交後不能修改。評審結束之前，任何人都看不到您的評分。
sheet-locked = 評分表已提交，不能修改。
problem-score_missing = 「{ $item }」還沒有評分。
problem-score_comment_missing = 「{ $item }」評為零分或滿分，請寫明評語。
problem-score_unknown_item = 評分指標中沒有這一項，請重新整理頁面後重填。
refusal-sheet_submitted = 評分表已經提交，不能再修改。
refusal-sheet_saved_elsewhere = 您在另一視窗儲存過這份評分表，本次內容沒有儲存。您填寫的內容仍在本頁，請與已儲存的內容核對後再提交。
done-sheet-saved = 評分表已儲存。
wrong-count = 以上 { $count } 處填寫有誤，改正後才能提交。
done-sheet-submitted = 評分表已提交，謝謝。

## 審定
decisions-title = 審定
decisions-none = 暫無待審定的申報
decisions-none-text = 評審結束後，在這裡提出和審批審定意見。
decision-pass-mark = 入選分數線
decision-places = 入選名額
decision-places-left = 剩餘 { $count } 個
decision-sheet = 審定意見
decision-status-proposed = 待審批
decision-status-approved = 已批准
decision-status-returned = 已退回
decision-proposed-by = 提出人
decision-decided-by = 審批人
decision-grounds = 審定依據
decision-grounds-hint = 寫明政策依據、評審情況和選取理由，最多 { $limit } 字。
decision-return-reason = 退回理由
decision-approve-text = 批准後，擬認定的申報轉入公示，未入選的申報單位將收到含理由的通知。不能審批本人提出的意見。
decision-approve = 批准
decision-return = 退回
decision-return-send = 確認退回
decision-ranking = 排名與審定意見
decision-outcome = 審定結果
decision-reason = 理由（未入選必填，申報單位可見）
decision-propose = 提交審批
outcome-selected = 擬認定
outcome-not_selected = 不予認定
ranking-place = 名次
ranking-score = 得分
ranking-figures = 計算過程
ranking-sheets = 評分表 { $count } 份
ranking-trimmed = 共 { $count } 份評分表，去掉一個最高分和一個最低分後取平均
ranking-untrimmed = 共 { $count } 份評分表，取平均
ranking-plain-mean = 全部評分表平均 { $score } 分
ranking-spread = 最高與最低相差 { $score } 分
ranking-spread-over = 分差超過規定限度
ranking-short-panel = 評分表較少，未去最高最低分
refusal-decision_pending = 已有一份待審批的審定意見，請先批准或退回。
refusal-decision_none_pending = 沒有待審批的審定意見。
refusal-decision_nothing_to_decide = 沒有待審定的申報。
refusal-decision_before_review = 評審結束之後才能審定。
problem-decision_grounds_missing = 請寫明審定依據。
problem-decision_outcome = 請選擇審定結果。
problem-decision_not_reviewed = 名單中有不處於待審定環節的申報，請重新整理頁面後重填。
problem-decision_twice = { $organisation }：在審定意見中出現了不止一次。
problem-decision_missing = { $organisation }：請選擇審定結果。
problem-decision_reason_missing = { $organisation }：不予認定須寫明理由。
problem-decision_places = 擬認定 { $selected } 家，超出剩餘名額 { $places } 個，請減少。
problem-decision_quota = 「{ $group }」擬認定 { $selected } 家，超出該組名額 { $most } 個，請減少。
problem-decision_below_pass_mark = 得分 { $score } 分，低於入選分數線 { $pass_mark } 分，不能擬認定。
done-decision-proposed = 審定意見已提交，等待另一位工作人員審批。
done-decision-approved = 審定意見已批准，申報單位將收到通知；通知較多時在「批次郵件」中待發。
done-decision-returned = 審定意見已退回。

## 郵件
mail-expert-invitation-subject = 邀請您加入評審專家庫
mail-expert-invitation-body =
    { $name }，您好：

    您已被列入製造業數字化產業生態供給資源池評審專家庫。請在 { $days } 天內開啟下面的連結設定密碼：
    { $link }

    如非本人，請忽略這封郵件。
mail-expert-added-subject = 您已加入評審專家庫
mail-expert-added-body =
    { $name }，您好：

    您已被列入製造業數字化產業生態供給資源池評審專家庫，用現有帳號登入即可查看評審任務：
    { $link }
mail-review-opened-subject = 評審任務：{ $call }
mail-review-opened-body =
    { $name }，您好：

    「{ $call }」專家評審已開始，分配給您 { $count } 件申報，請在 { $due } 之前完成。
    查看材料之前，請先逐件聲明有無利益衝突：
    { $link }
mail-assignment-added-subject = 新增評審任務：{ $call }
mail-assignment-added-body =
    { $name }，您好：

    { $soon ->
        [yes] 「{ $call }」專家評審新增分配給您 { $count } 件申報，請儘快完成：
       *[no] 「{ $call }」專家評審新增分配給您 { $count } 件申報，請在 { $due } 之前完成：
    }
    { $link }
mail-assignment-released-subject = 評審任務已收回：{ $call }
mail-assignment-released-body =
    { $name }，您好：

    「{ $call }」專家評審中分配給您的一件申報已由工作人員收回，您無需再評。
    理由：{ $reason }

    { $last ->
        [yes] { "" }
       *[no] { $soon ->
            [yes] 其餘任務請盡快完成：{ $link }
           *[no] 其餘任務請在 { $due } 之前完成：{ $link }
        }
    }
mail-assignment-excluded-subject = 評審任務已由系統收回：{ $call }
mail-assignment-excluded-body =
    { $name }，您好：

    按評審規則，系統已收回「{ $call }」專家評審中分配給您的 { $count } 件申報，您無需再評。
    原因：{ $reason }

    { $last ->
        [yes] { "" }
       *[no] { $soon ->
            [yes] 其餘任務請盡快完成：{ $link }
           *[no] 其餘任務請在 { $due } 之前完成：{ $link }
        }
    }
mail-review-short-subject = 評審專家不足：{ $call }
mail-review-short-body =
    「{ $call }」有 { $count } 件申報因迴避或收回缺少專家，參加評審的專家中已無人可替換。
    請增補專家並補齊分配：
    { $link }
mail-decision-proposed-subject = 審定意見待審批：{ $call }
mail-decision-proposed-body =
    「{ $call }」的審定意見已提出，共 { $total } 件，擬認定 { $selected } 件，請審批：
    { $link }
mail-decision-approved-subject = 審定意見已批准：{ $call }
mail-decision-approved-body =
    「{ $call }」的審定意見已批准，擬認定 { $selected } 件，請按規定辦理後續公示、公布事項。

    查看審定結果：{ $link }
mail-decision-returned-subject = 審定意見被退回：{ $call }
mail-decision-returned-body =
    { $name }，您好：

    您提出的「{ $call }」審定意見已被退回。
    理由：{ $reason }

    請修改後重新提交：{ $link }
mail-decision-selected-subject = 審定結果：擬認定（{ $number }）
mail-decision-selected-body =
    { $organisation }：

    貴單位在「{ $call }」中的申報（編號 { $number }）經審定擬予認定，接下來將按規定公示。
    公示期間如有異議，我們會與貴單位聯絡。查看辦理情況：
    { $link }
mail-decision-declined-subject = 審定結果：未入選（{ $number }）
mail-decision-declined-body =
    { $organisation }：

    貴單位在「{ $call }」中的申報（編號 { $number }）經審定未予入選。

    理由：{ $reason }

    依據：{ $basis }。
    作出單位：{ $station }
    日期：{ $date }

    { ruling-remedy }

    查看詳情：{ $link }
refusal-expert_not_active = 該專家已暫停、移出專家庫或不在聘期內，不能再評審。請先恢復其在庫狀態或變更聘期。

# 迴避情形
exclusion-employer_code = 所在單位與申報單位（含聯合體成員）統一社會信用代碼相同
exclusion-employer_name = 所在單位與申報單位（含聯合體成員）名稱相同
exclusion-vendor_account = 帳號隸屬於申報單位或聯合體成員
exclusion-named_person = 與申報單位法定代表人等須迴避的人員同名
exclusion-past_employer = 曾在申報單位或聯合體成員任職，未滿規定年限
exclusion-director = 擔任過申報單位或聯合體成員的董事、監事、高階主管，或為其實際控制人，未滿規定年限
exclusion-kinship = 與申報單位負責人有親屬關係
exclusion-dispute = 與申報單位有過糾紛
exclusion-other_tie = 與申報單位有其他可能影響公正的關係
exclusion-same_city = 與申報單位同屬一市
exclusion-served_last_time = 上一批次評審過該單位
