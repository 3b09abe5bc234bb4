notices-title = 公示
notices-none = 暫無公示
notices-none-text = 擬認定名單公示時，將在此處發布，公示期內可以提出異議。
notice-number = 文號
notice-number-form = 公示〔{ $year }〕{ $sequence }號
objection-number-form = 異議〔{ $year }〕{ $sequence }號
notice-title = 標題
notice-body = 正文
notice-period = 公示期
notice-standing = 狀態
notice-over = 公示期滿
notice-no-order = 排名不分先後，按單位名稱排列。
notice-open = 發布公示
notice-how-to-object = 如何提出異議
notice-how-to-object-text = 公示期內，單位和個人對名單有異議的，可以實名提出，說明事項並附證明材料。匿名或超期的，只作紀錄，不予受理。您的身分資料將密封保存，只有經辦人說明理由後才能查看，查看有紀錄。
office-name = 聯絡人
office-phone = 聯絡電話
office-address = 通訊地址
office-postcode = 郵遞區號
notice-back = 返回公示
notice-new-title = 發布公示
notice-default-title = { $year }年度{ $programme }擬認定名單公示
notice-default-title-again = { $title }（第{ $number }批）
notice-will-run = 公示期自今天（{ $starts }）起，至 { $ends }止。發布後不能更改或者撤回。
notice-default-body = 根據申報通知，經地市推薦、形式審查、專家評審和審定，現將擬認定名單予以公示。公示期內如有異議，請實名提出，並提供證明材料。
notice-nobody = 該批次沒有擬認定的申報件，不能發布公示。請先完成審定。
notice-named = 擬公示名單（{ $count } 家）
download-csv = 下載表格（CSV）
choose = 請選擇
all = 全部
filter = 篩選

objections-title = 異議
objections-none = 沒有異議
objection-new-title = 提出異議
objection-receipt-title = 異議回執
objection-late-warning = 公示期已滿。現在提出的異議只作紀錄，不予受理。
objection-sealed = 您的姓名（名稱）和聯絡方式將密封保存，不會向被提出異議的單位透露。
objection-application = 針對的單位
objection-kind = 異議提出人類別
objector-person = 個人
objector-unit = 單位
objection-name = 真實姓名或單位全稱
objection-name-hint = 個人須填寫真實姓名；單位須填寫全稱，證明材料應加蓋公章。
objection-phone = 聯絡電話
objection-contact-hint = 聯絡電話和電子郵件信箱至少填寫一項。
objection-email-hint = 填寫後將收到確認郵件，確認後可以收到受理和處理結果的通知。
objection-matter = 異議事項
objection-evidence = 證明材料
objection-evidence-hint = 至少一份，最多 { $limit } 份；PDF、PNG、JPG 或 DOCX 檔案，每份不超過 { $mb } MB。
objection-kept = 已上傳的證明材料
objection-kept-hint = 隨異議一併提交；不需要的，取消勾選即可。
objection-send = 提交異議
objection-as-it-is = 按現有內容提交
objection-as-it-is-text = 上列內容補齊後提交的異議才予受理。確實不補的，可以按現有內容提交：只作紀錄，不予受理，原因寫入回執。
objection-number = 異議編號
objection-status = 辦理狀態
objection-status-received = 待受理
objection-status-not_accepted = 不予受理
objection-status-accepted = 處理中
objection-status-upheld = 異議成立
objection-status-dismissed = 異議不成立
objection-receipt-text = 您的異議已收到，請記下編號。經辦人核對後將通知您是否受理；填寫了電子郵件信箱的，請開啟郵件中的連結確認，確認後才寄送通知。
objection-incomplete-text = 您的異議已記錄，但因以下原因不予受理。公示期內補齊後可以重新提出。
objection-late-text = 您的異議已記錄，但因以下原因不予受理。異議須在公示期內提出，逾期的不能再補齊後重新提出。
objection-received-at = 收到時間
objection-proposed = 擬處理結果
objection-proposed-by = 擬辦人
objection-reason = 理由
objection-identity = 異議提出人身分
objection-identity-text = 身分資料已密封。確需聯絡異議提出人的，請說明理由後查看；查看的人、時間和理由將記入辦理紀錄。
objection-identity-open = 查看身分
objection-identity-reason = 查看理由
objection-address = 聯絡信箱
objection-address-confirmed = 異議提出人已確認可以收到通知
objection-address-unconfirmed = 異議提出人未確認，不寄送通知；需要聯絡的，請使用電話
objection-address-title = 確認聯絡信箱
objection-address-text = { $number }的受理情況和處理結果將寄送至收到該連結的信箱。
objection-address-send = 確認信箱
objection-address-done = 聯絡信箱已確認。{ $number }的受理情況和處理結果將寄送至該信箱。
objection-accept-title = 受理
objection-accept-text = 受理後，該單位暫緩公布，不影響其他單位。
objection-accept = 受理
objection-decline = 不予受理
objection-propose-title = 提出處理意見
objection-outcome = 處理結果
objection-propose = 提交審批
objection-waits = 處理意見已提交，待審批。
objection-propose-again = 修改處理意見
objection-approve-title = 審批處理意見
objection-approve = 同意
objection-return = 退回經辦人
objection-held-reason = 公示期內收到異議，正在核實，核實期間暫緩公布。

done-notice-opened = 公示已發布。
done-objection-accepted = 異議已受理，該單位暫緩公布。
done-objection-declined = 已不予受理。異議提出人已確認信箱的，將收到通知。
done-objection-proposed = 處理意見已提交審批。
done-objection-decided = 處理結果已確定。異議提出人已確認信箱的，將收到通知；該單位解除暫緩公布或從名單撤下的，同時通知該單位。
done-objection-returned = 已退回經辦人。

refusal-notice_not_used = 該類別不設公示環節。
refusal-nobody_to_name = 該批次沒有擬認定的申報件，不能發布公示。請先完成審定。
refusal-objection_entry_settled = 該異議所涉名稱已移除或者已公布，不能再受理。請不予受理並說明理由。
refusal-objection_wrong_status = 該異議的狀態已變化，不能再辦理此步驟。請重新整理頁面查看。
refusal-objection_others_waiting = 該單位還有其他異議尚未決定是否受理，請先辦理那件異議，再確定本件結果。
refusal-objection_nothing_proposed = 尚未提出處理意見，不能審批。
refusal-evidence_token = 證明材料的憑據無效或已過期（12 小時），請重新上傳材料後再提交。
problem-objection_application_missing = 請選擇異議針對的單位。
problem-objection_name_missing = 請填寫真實姓名或單位全稱。
problem-objection_contact_missing = 請填寫聯絡電話或電子郵件信箱。
problem-objection_matter_missing = 請說明異議事項。
problem-objection_evidence_missing = 請附上至少一份證明材料。
problem-objection_outcome_missing = 請選擇處理結果：異議成立或不成立。
problem-evidence_too_many = 證明材料最多 { $limit } 份，請合併後重新上傳。
problem-evidence_out_of_room = 各方上傳而尚未隨異議提交的證明材料已接近 { $limit_mb } MB 的上限（已用 { $used_mb } MB），暫不能再收。請一天後再上傳，或改為郵寄、當面提交。
problem-evidence_share_out_of_room = 從您所在網路上傳而尚未隨異議提交的證明材料已接近 { $limit_mb } MB 的上限（已用 { $used_mb } MB），暫不能再收。請一天後再上傳，或換用其他網路上傳，或改為郵寄、當面提交。
problem-evidence_refused = 證明材料「{ $file }」未收下：{ $why }

mail-notice-opened-subject = 擬認定名單公示：{ $number }
mail-notice-opened-body =
    { $organisation }：

    貴單位在「{ $call }」中擬予認定，現已列入公示（{ $number }），公示期至{ $ends }。公示期滿無異議的，將予以公布。

    查看公示：{ $link }
mail-application-held-subject = 貴單位的公示收到異議
mail-application-held-body =
    { $organisation }：

    貴單位在「{ $call }」中的申報，{ $reason }

    核實期間如需貴單位說明情況，經辦人將與貴單位聯絡。查看進度：{ $link }
mail-application-released-subject = 異議不成立，解除暫緩公布
mail-application-released-body =
    { $organisation }：

    針對貴單位在「{ $call }」中的異議，經核實不成立。理由：{ $reason }

    { $over ->
        [yes] 公示期已滿，將按程序予以公布。
       *[no] 公示期滿後，沒有其他異議的，將予以公布。
    }

    查看進度：{ $link }
mail-application-removed-subject = 異議成立，不予公布
mail-application-removed-body =
    { $organisation }：

    貴單位的申報件（申報編號：{ $number }，批次：{ $call }）在公示期內被提出異議。經核實，異議成立，不予認定。

    原因：{ $reason }

    依據：{ $basis }。
    作出單位：{ $station }
    日期：{ $date }

    { ruling-remedy }

    查看詳情：{ $link }
mail-objection-received-subject = 已收到您的異議：{ $number }
mail-objection-received-body =
    您好：

    有人填寫該信箱，對「{ $notice }」提出了異議，編號 { $number }。異議自收到時起生效，身分資料已密封保存。

    是您本人提出的，請開啟以下連結確認信箱，之後的受理情況和處理結果將寄送至該信箱；不是本人提出的，不必理會，不會再寄送郵件：
    { $confirm }

    查看公示：{ $link }
mail-objection-incomplete-subject = 您的異議未予受理：{ $number }
mail-objection-incomplete-body =
    您好：

    有人填寫該信箱，對「{ $notice }」提出了異議，編號 { $number }，因下列原因不予受理：{ $lacking }。

    { $late ->
        [yes] 異議須在公示期內提出，逾期的不能再補齊後重新提出。查看公示：{ $link }
       *[no] 公示期未滿的，補齊後可以重新提出：{ $link }
    }
mail-objection-to-handle-subject = 待受理異議：{ $number }
mail-objection-to-handle-body =
    「{ $notice }」收到一件異議，編號 { $number }，請核對後決定是否受理。

    辦理：{ $link }
mail-objection-to-approve-subject = 待審批異議處理意見：{ $number }
mail-objection-to-approve-body =
    { $number }的處理意見已提出，請審批。

    辦理：{ $link }
mail-objection-returned-subject = 異議處理意見被退回：{ $number }
mail-objection-returned-body =
    { $number }的處理意見被退回。理由：{ $reason }

    辦理：{ $link }
mail-objection-accepted-subject = 您的異議已受理：{ $number }
mail-objection-accepted-body =
    { $name }：

    您提出的異議（編號 { $number }）已受理，相關單位暫緩公布。處理結果將另行通知您。

    查看公示：{ $link }
mail-objection-declined-subject = 您的異議不予受理：{ $number }
mail-objection-declined-body =
    { $name }：

    您提出的異議（編號 { $number }）不予受理。理由：{ $reason }

    查看公示：{ $link }
mail-objection-upheld-subject = 異議處理結果：成立（{ $number }）
mail-objection-upheld-body =
    { $name }：

    您提出的異議（編號 { $number }）經核實成立，相關單位不予公布。理由：{ $reason }

    查看公示：{ $link }
mail-objection-dismissed-subject = 異議處理結果：不成立（{ $number }）
mail-objection-dismissed-body =
    { $name }：

    您提出的異議（編號 { $number }）經核實不成立。理由：{ $reason }

    查看公示：{ $link }

refusal-call_review_over = 專家評審已結束，不能再推遲地市推薦截止時間。
notices-to-open = 待公示
notices-to-open-count = { $count } 家待公示
nav-objections = 異議
nav-recommendations = 推薦排序
nav-organisations = 申報單位
