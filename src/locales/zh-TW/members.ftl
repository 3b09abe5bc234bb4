## 在池單位動態管理
nav-memberships = 在池單位
memberships-title = 在池單位管理
memberships-note = 對在池單位作警告整改、撤銷、退出、更名等處理，均記入辦理紀錄；已公布名單原文不變，當日狀態另行標註。
memberships-none = 沒有符合條件的單位。
memberships-waiting = 待辦事項
memberships-waiting-only = 有待辦事項
memberships-mend-by = 整改期限 { $day }
membership-proposal-revocation = 撤銷在池資格
membership-proposal-bar = 限制再次申報
membership-proposal-withdrawal = 主動退出
membership-waits = 等待辦理：{ $kind }
membership-proposed-by = 提出人
membership-reason = 理由
membership-basis = 依據
membership-mend-by = 整改期限
membership-mend-by-hint = 填寫整改的最後一日，自明日起一年以內。
membership-overdue = 期限已過，請核查整改情況。
membership-barred-until = 不得申報至
membership-bar-hint = 填寫不得申報的最後一日，自明日起五年以內；弄虛作假的一般為三年。
membership-bar-hint-optional = 如須同時限制再次申報，填寫不得申報的最後一日，自明日起五年以內；弄虛作假的一般為三年。不限制的留空。
membership-new-name = 變更後的單位名稱
membership-evidence = 變更憑證（登記機關准予變更登記通知書的名稱和文號）
membership-history = 辦理紀錄
membership-organisation = 查看單位資料
membership-own-title = 在池資格
membership-own-open = 查看或辦理

membership-warn = 警告整改
membership-warn-text = 警告期間單位仍在池內，公開頁面標註「警告整改」。通知將寄送至該單位全部帳號。
membership-warn-reason = 存在的問題和整改要求
membership-warn-send = 作出警告
membership-lift = 解除警告
membership-lift-reason = 整改核查情況
membership-lift-send = 確認已整改，解除警告
membership-revoke = 撤銷在池資格
membership-revoke-text = 提出後由另一名工作人員審批，審批前不生效、不公開。
membership-revoke-reason = 撤銷理由
membership-bar = 限制再次申報
membership-bar-text = 提出後由另一名工作人員審批，審批前不生效。限制期內該單位不能新增或者提交申報。
membership-bar-reason = 限制理由
membership-propose-send = 提交審批
membership-approve = 同意
membership-approve-text = 同意後立即生效，並書面通知該單位。本人提出的事項不能由本人審批。
membership-approve-send = 確認同意
membership-return = 退回
membership-return-send = 退回提出人
membership-accept-withdrawal = 同意退出
membership-accept-withdrawal-text = 同意後該單位自今日起退出資源池，以後可以重新申報。
membership-accept-withdrawal-send = 確認同意退出
membership-decline-withdrawal = 不同意退出
membership-decline-withdrawal-send = 告知不同意退出
membership-rename = 變更單位名稱
membership-rename-text = 單位名稱經登記機關核准變更的，在此更正。統一社會信用代碼和在池資格不變；已公布名單保留公布時的名稱。
membership-rename-send = 變更名稱
membership-ask-withdrawal = 申請退出資源池
membership-ask-withdrawal-text = 由工作人員辦理，辦結前在池資格繼續有效。退出後證書失效，以後可以重新申報。
membership-ask-withdrawal-reason = 退出原因
membership-ask-withdrawal-send = 提交退出申請

done-membership-warned = 已作出警告，並通知該單位。
done-membership-corrected = 警告已解除，並通知該單位。
done-membership-proposed = 已提交，等待另一名工作人員審批。
done-membership-approved = 已同意，並通知該單位。
done-membership-returned = 已退回提出人。
done-membership-withdrawal-asked = 退出申請已提交，辦理結果將寄送郵件。
done-membership-withdrew = 已同意退出，並通知該單位。
done-membership-withdrawal-declined = 已告知該單位不同意退出。
done-membership-renamed = 單位名稱已變更，並通知該單位。

refusal-membership_nothing_waits = 沒有等待辦理的事項，可能已由他人辦結。
refusal-membership_in_force = 該在池資格目前有效，不能辦理此事項。
refusal-membership_warned = 該單位正在警告整改期內，不能辦理此事項。
refusal-membership_expired = 該在池資格已到期，不能辦理此事項。
refusal-membership_withdrew = 該單位已退出資源池，不能辦理此事項。
refusal-membership_revoked = 該在池資格已撤銷，不能辦理此事項。
refusal-membership_barred = 該單位在禁止申報期內，不能辦理此事項。
refusal-membership_proposal_waits = 有事項等待辦理，請先辦結。
refusal-membership_bar_over = 所提限制申報的最後一日已過，請退回後重新提出。
refusal-organisation_barred = 貴單位的在池資格已被撤銷，{ $until }以前（含當日）不得申報。
problem-membership_day = 日期應在{ $today }之後、{ $last }以前（含當日）。
problem-membership_name_same = 與現有名稱相同。
problem-membership_name_identity_number = 名稱中含有身份證號碼，名稱會對外公布。請刪去該號碼。
problem-membership_name_mobile_number = 名稱中含有手機號碼，名稱會對外公布。請刪去該號碼。
problem-membership_name_bank_card = 名稱中含有銀行卡號，名稱會對外公布。請刪去該號碼。

desk-withdrawals = 待辦理的退出申請
desk-warnings-over = 警告整改期限已過的單位
desk-sanctions-to-approve = 待審批的撤銷、限制申報事項

record-membership-warned = 警告整改
record-membership-corrected = 解除警告
record-membership-revocation-proposed = 提出撤銷在池資格
record-membership-revocation-returned = 退回撤銷在池資格的提議
record-membership-revoked = 撤銷在池資格
record-membership-bar-proposed = 提出限制再次申報
record-membership-bar-returned = 退回限制再次申報的提議
record-membership-barred = 限制再次申報
record-membership-withdrawal-asked = 申請退出資源池
record-membership-withdrawal-declined = 不同意退出資源池
record-membership-withdrew = 退出資源池
record-organisation-renamed = 變更單位名稱

mail-kind-membership-warned = 警告整改通知
mail-kind-membership-corrected = 解除警告通知
mail-kind-membership-revocation-proposed = 撤銷在池資格待審批
mail-kind-membership-bar-proposed = 限制再次申報待審批
mail-kind-membership-proposal-returned = 撤銷或者限制申報事項退回
mail-kind-membership-revoked = 撤銷在池資格通知
mail-kind-membership-barred = 限制再次申報通知
mail-kind-membership-withdrawal-asked = 退出申請待辦理
mail-kind-membership-withdrawal-declined = 不同意退出通知
mail-kind-membership-withdrew = 退出資源池通知
mail-kind-membership-renamed = 單位名稱變更通知

mail-membership-warned-subject = 警告整改通知：{ $category }
mail-membership-warned-body =
    { $organisation }：

    經核查，貴單位存在以下問題，現予警告，請於{ $due }以前（含當日）完成整改，並將整改情況及證明材料書面報送{ $station }。逾期未整改或者整改不到位的，將按規定撤銷在池資格。

    問題和整改要求：{ $reason }

    依據：{ $basis }。
    作出單位：{ $station }
    日期：{ $date }

    警告期間貴單位「{ $category }」在池資格繼續有效。{ ruling-remedy }查看辦理情況：
    { $link }
mail-membership-corrected-subject = 解除警告通知：{ $category }
mail-membership-corrected-body =
    { $organisation }：

    經核查，貴單位已完成整改，現解除警告，「{ $category }」在池資格恢復正常狀態。

    核查情況：{ $reason }

    作出單位：{ $station }
    日期：{ $date }

    查看辦理情況：
    { $link }
mail-membership-revocation-proposed-subject = 撤銷在池資格待審批：{ $organisation }
mail-membership-revocation-proposed-body =
    已提出撤銷{ $organisation }的「{ $category }」在池資格。
    理由：{ $reason }
    依據：{ $basis }

    請審批：{ $link }
mail-membership-bar-proposed-subject = 限制再次申報待審批：{ $organisation }
mail-membership-bar-proposed-body =
    已提出限制{ $organisation }再次申報，期限至{ $until }。
    理由：{ $reason }
    依據：{ $basis }

    請審批：{ $link }
mail-membership-proposal-returned-subject = 事項被退回：{ $organisation }
mail-membership-proposal-returned-body =
    { $name }，您好：

    您對{ $organisation }提出的事項已被退回，該單位狀態不變。
    理由：{ $reason }

    { $link }
mail-membership-revoked-subject = 撤銷在池資格通知：{ $category }
mail-membership-revoked-body =
    { $organisation }：

    經審核，決定自{ $date }起撤銷貴單位「{ $category }」在池資格，相應證書同時失效。

    理由：{ $reason }

    依據：{ $basis }。
    作出單位：{ $station }
    日期：{ $date }

    { ruling-remedy }也可以依法申請行政復議或者提起行政訴訟。查看辦理情況：
    { $link }
mail-membership-barred-subject = 限制再次申報通知
mail-membership-barred-body =
    { $organisation }：

    經審核，決定自{ $from }起至{ $until }止，不受理貴單位的申報。

    理由：{ $reason }

    依據：{ $basis }。
    作出單位：{ $station }
    日期：{ $date }

    { ruling-remedy }也可以依法申請行政復議或者提起行政訴訟。查看辦理情況：
    { $link }
mail-membership-withdrawal-asked-subject = 退出申請待辦理：{ $organisation }
mail-membership-withdrawal-asked-body =
    { $organisation }申請退出「{ $category }」。
    原因：{ $reason }

    請辦理：{ $link }
mail-membership-withdrawal-declined-subject = 不同意退出通知：{ $category }
mail-membership-withdrawal-declined-body =
    { $organisation }：

    貴單位退出「{ $category }」的申請未獲同意，在池資格不變。

    理由：{ $reason }

    作出單位：{ $station }
    日期：{ $date }

    { ruling-remedy }查看辦理情況：
    { $link }
mail-membership-withdrew-subject = 退出資源池通知：{ $category }
mail-membership-withdrew-body =
    { $organisation }：

    根據貴單位申請，自{ $date }起退出「{ $category }」，相應證書同時失效。貴單位以後可以重新申報。

    申請退出的原因：{ $reason }

    辦理單位：{ $station }
    日期：{ $date }

    查看辦理情況：
    { $link }
mail-membership-renamed-subject = 單位名稱變更通知
mail-membership-renamed-body =
    { $name }：

    貴單位名稱已由「{ $before }」變更為「{ $name }」，統一社會信用代碼和在池資格不變；已公布名單保留公布時的名稱。

    憑證：{ $evidence }
    辦理單位：{ $station }
    日期：{ $date }

    如有錯誤，請與{ $station }聯絡。查看辦理情況：
    { $link }
