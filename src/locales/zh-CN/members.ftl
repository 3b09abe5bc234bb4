## 在池单位动态管理
nav-memberships = 在池单位
memberships-title = 在池单位管理
memberships-note = 对在池单位作警告整改、撤销、退出、更名等处理，均记入办理记录；已公布名单原文不变，当日状态另行标注。
memberships-none = 没有符合条件的单位。
memberships-waiting = 待办事项
memberships-waiting-only = 有待办事项
memberships-mend-by = 整改期限 { $day }
membership-proposal-revocation = 撤销在池资格
membership-proposal-bar = 限制再次申报
membership-proposal-withdrawal = 主动退出
membership-waits = 等待办理：{ $kind }
membership-proposed-by = 提出人
membership-reason = 理由
membership-basis = 依据
membership-mend-by = 整改期限
membership-mend-by-hint = 填写整改的最后一日，自明日起一年以内。
membership-overdue = 期限已过，请核查整改情况。
membership-barred-until = 不得申报至
membership-bar-hint = 填写不得申报的最后一日，自明日起五年以内；弄虚作假的一般为三年。
membership-bar-hint-optional = 如须同时限制再次申报，填写不得申报的最后一日，自明日起五年以内；弄虚作假的一般为三年。不限制的留空。
membership-new-name = 变更后的单位名称
membership-evidence = 变更凭证（登记机关准予变更登记通知书的名称和文号）
membership-history = 办理记录
membership-organisation = 查看单位信息
membership-own-title = 在池资格
membership-own-open = 查看或办理

membership-warn = 警告整改
membership-warn-text = 警告期间单位仍在池内，公开页面标注“警告整改”。通知将发送至该单位全部账号。
membership-warn-reason = 存在的问题和整改要求
membership-warn-send = 作出警告
membership-lift = 解除警告
membership-lift-reason = 整改核查情况
membership-lift-send = 确认已整改，解除警告
membership-revoke = 撤销在池资格
membership-revoke-text = 提出后由另一名工作人员审批，审批前不生效、不公开。
membership-revoke-reason = 撤销理由
membership-bar = 限制再次申报
membership-bar-text = 提出后由另一名工作人员审批，审批前不生效。限制期内该单位不能新建或者提交申报。
membership-bar-reason = 限制理由
membership-propose-send = 提交审批
membership-approve = 同意
membership-approve-text = 同意后立即生效，并书面通知该单位。本人提出的事项不能由本人审批。
membership-approve-send = 确认同意
membership-return = 退回
membership-return-send = 退回提出人
membership-accept-withdrawal = 同意退出
membership-accept-withdrawal-text = 同意后该单位自今日起退出资源池，以后可以重新申报。
membership-accept-withdrawal-send = 确认同意退出
membership-decline-withdrawal = 不同意退出
membership-decline-withdrawal-send = 告知不同意退出
membership-rename = 变更单位名称
membership-rename-text = 单位名称经登记机关核准变更的，在此更正。统一社会信用代码和在池资格不变；已公布名单保留公布时的名称。
membership-rename-send = 变更名称
membership-ask-withdrawal = 申请退出资源池
membership-ask-withdrawal-text = 由工作人员办理，办结前在池资格继续有效。退出后证书失效，以后可以重新申报。
membership-ask-withdrawal-reason = 退出原因
membership-ask-withdrawal-send = 提交退出申请

done-membership-warned = 已作出警告，并通知该单位。
done-membership-corrected = 警告已解除，并通知该单位。
done-membership-proposed = 已提交，等待另一名工作人员审批。
done-membership-approved = 已同意，并通知该单位。
done-membership-returned = 已退回提出人。
done-membership-withdrawal-asked = 退出申请已提交，办理结果将发送邮件。
done-membership-withdrew = 已同意退出，并通知该单位。
done-membership-withdrawal-declined = 已告知该单位不同意退出。
done-membership-renamed = 单位名称已变更，并通知该单位。

refusal-membership_nothing_waits = 没有等待办理的事项，可能已由他人办结。
refusal-membership_in_force = 该在池资格目前有效，不能办理此事项。
refusal-membership_warned = 该单位正在警告整改期内，不能办理此事项。
refusal-membership_expired = 该在池资格已到期，不能办理此事项。
refusal-membership_withdrew = 该单位已退出资源池，不能办理此事项。
refusal-membership_revoked = 该在池资格已撤销，不能办理此事项。
refusal-membership_barred = 该单位在禁止申报期内，不能办理此事项。
refusal-membership_proposal_waits = 有事项等待办理，请先办结。
refusal-membership_bar_over = 所提限制申报的最后一日已过，请退回后重新提出。
refusal-organisation_barred = 贵单位的在池资格已被撤销，{ $until }以前（含当日）不得申报。
problem-membership_day = 日期应在{ $today }之后、{ $last }以前（含当日）。
problem-membership_name_same = 与现有名称相同。
problem-membership_name_identity_number = 名称中含有身份证号码，名称会对外公布。请删去该号码。
problem-membership_name_mobile_number = 名称中含有手机号码，名称会对外公布。请删去该号码。
problem-membership_name_bank_card = 名称中含有银行卡号，名称会对外公布。请删去该号码。

desk-withdrawals = 待办理的退出申请
desk-warnings-over = 警告整改期限已过的单位
desk-sanctions-to-approve = 待审批的撤销、限制申报事项

record-membership-warned = 警告整改
record-membership-corrected = 解除警告
record-membership-revocation-proposed = 提出撤销在池资格
record-membership-revocation-returned = 退回撤销在池资格的提议
record-membership-revoked = 撤销在池资格
record-membership-bar-proposed = 提出限制再次申报
record-membership-bar-returned = 退回限制再次申报的提议
record-membership-barred = 限制再次申报
record-membership-withdrawal-asked = 申请退出资源池
record-membership-withdrawal-declined = 不同意退出资源池
record-membership-withdrew = 退出资源池
record-organisation-renamed = 变更单位名称

mail-kind-membership-warned = 警告整改通知
mail-kind-membership-corrected = 解除警告通知
mail-kind-membership-revocation-proposed = 撤销在池资格待审批
mail-kind-membership-bar-proposed = 限制再次申报待审批
mail-kind-membership-proposal-returned = 撤销或者限制申报事项退回
mail-kind-membership-revoked = 撤销在池资格通知
mail-kind-membership-barred = 限制再次申报通知
mail-kind-membership-withdrawal-asked = 退出申请待办理
mail-kind-membership-withdrawal-declined = 不同意退出通知
mail-kind-membership-withdrew = 退出资源池通知
mail-kind-membership-renamed = 单位名称变更通知

mail-membership-warned-subject = 警告整改通知：{ $category }
mail-membership-warned-body =
    { $organisation }：

    经核查，贵单位存在以下问题，现予警告，请于{ $due }以前（含当日）完成整改，并将整改情况及证明材料书面报送{ $station }。逾期未整改或者整改不到位的，将按规定撤销在池资格。

    问题和整改要求：{ $reason }

    依据：{ $basis }。
    作出单位：{ $station }
    日期：{ $date }

    警告期间贵单位“{ $category }”在池资格继续有效。{ ruling-remedy }查看办理情况：
    { $link }
mail-membership-corrected-subject = 解除警告通知：{ $category }
mail-membership-corrected-body =
    { $organisation }：

    经核查，贵单位已完成整改，现解除警告，“{ $category }”在池资格恢复正常状态。

    核查情况：{ $reason }

    作出单位：{ $station }
    日期：{ $date }

    查看办理情况：
    { $link }
mail-membership-revocation-proposed-subject = 撤销在池资格待审批：{ $organisation }
mail-membership-revocation-proposed-body =
    已提出撤销{ $organisation }的“{ $category }”在池资格。
    理由：{ $reason }
    依据：{ $basis }

    请审批：{ $link }
mail-membership-bar-proposed-subject = 限制再次申报待审批：{ $organisation }
mail-membership-bar-proposed-body =
    已提出限制{ $organisation }再次申报，期限至{ $until }。
    理由：{ $reason }
    依据：{ $basis }

    请审批：{ $link }
mail-membership-proposal-returned-subject = 事项被退回：{ $organisation }
mail-membership-proposal-returned-body =
    { $name }，您好：

    您对{ $organisation }提出的事项已被退回，该单位状态不变。
    理由：{ $reason }

    { $link }
mail-membership-revoked-subject = 撤销在池资格通知：{ $category }
mail-membership-revoked-body =
    { $organisation }：

    经审核，决定自{ $date }起撤销贵单位“{ $category }”在池资格，相应证书同时失效。

    理由：{ $reason }

    依据：{ $basis }。
    作出单位：{ $station }
    日期：{ $date }

    { ruling-remedy }也可以依法申请行政复议或者提起行政诉讼。查看办理情况：
    { $link }
mail-membership-barred-subject = 限制再次申报通知
mail-membership-barred-body =
    { $organisation }：

    经审核，决定自{ $from }起至{ $until }止，不受理贵单位的申报。

    理由：{ $reason }

    依据：{ $basis }。
    作出单位：{ $station }
    日期：{ $date }

    { ruling-remedy }也可以依法申请行政复议或者提起行政诉讼。查看办理情况：
    { $link }
mail-membership-withdrawal-asked-subject = 退出申请待办理：{ $organisation }
mail-membership-withdrawal-asked-body =
    { $organisation }申请退出“{ $category }”。
    原因：{ $reason }

    请办理：{ $link }
mail-membership-withdrawal-declined-subject = 不同意退出通知：{ $category }
mail-membership-withdrawal-declined-body =
    { $organisation }：

    贵单位退出“{ $category }”的申请未获同意，在池资格不变。

    理由：{ $reason }

    作出单位：{ $station }
    日期：{ $date }

    { ruling-remedy }查看办理情况：
    { $link }
mail-membership-withdrew-subject = 退出资源池通知：{ $category }
mail-membership-withdrew-body =
    { $organisation }：

    根据贵单位申请，自{ $date }起退出“{ $category }”，相应证书同时失效。贵单位以后可以重新申报。

    申请退出的原因：{ $reason }

    办理单位：{ $station }
    日期：{ $date }

    查看办理情况：
    { $link }
mail-membership-renamed-subject = 单位名称变更通知
mail-membership-renamed-body =
    { $name }：

    贵单位名称已由“{ $before }”变更为“{ $name }”，统一社会信用代码和在池资格不变；已公布名单保留公布时的名称。

    凭证：{ $evidence }
    办理单位：{ $station }
    日期：{ $date }

    如有错误，请与{ $station }联系。查看办理情况：
    { $link }
