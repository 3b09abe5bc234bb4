notices-title = 公示
notices-none = 暂无公示
notices-none-text = 拟认定名单公示时，将在此处发布，公示期内可以提出异议。
notice-number = 文号
notice-number-form = 公示〔{ $year }〕{ $sequence }号
objection-number-form = 异议〔{ $year }〕{ $sequence }号
notice-title = 标题
notice-body = 正文
notice-period = 公示期
notice-standing = 状态
notice-over = 公示期满
notice-no-order = 排名不分先后，按单位名称排列。
notice-open = 发布公示
notice-how-to-object = 如何提出异议
notice-how-to-object-text = 公示期内，单位和个人对名单有异议的，可以实名提出，说明事项并附证明材料。匿名或超期的，只作记录，不予受理。您的身份信息将密封保存，只有经办人说明理由后才能查看，查看有记录。
office-name = 联系人
office-phone = 联系电话
office-address = 通信地址
office-postcode = 邮政编码
notice-back = 返回公示
notice-new-title = 发布公示
notice-default-title = { $year }年度{ $programme }拟认定名单公示
notice-default-title-again = { $title }（第{ $number }批）
notice-will-run = 公示期自今天（{ $starts }）起，至 { $ends }止。发布后不能更改或者撤回。
notice-default-body = 根据申报通知，经地市推荐、形式审查、专家评审和审定，现将拟认定名单予以公示。公示期内如有异议，请实名提出，并提供证明材料。
notice-nobody = 该批次没有拟认定的申报件，不能发布公示。请先完成审定。
notice-named = 拟公示名单（{ $count } 家）
download-csv = 下载表格（CSV）
choose = 请选择
all = 全部
filter = 筛选

objections-title = 异议
objections-none = 没有异议
objection-new-title = 提出异议
objection-receipt-title = 异议回执
objection-late-warning = 公示期已满。现在提出的异议只作记录，不予受理。
objection-sealed = 您的姓名（名称）和联系方式将密封保存，不会向被提出异议的单位透露。
objection-application = 针对的单位
objection-kind = 异议提出人类别
objector-person = 个人
objector-unit = 单位
objection-name = 真实姓名或单位全称
objection-name-hint = 个人须填写真实姓名；单位须填写全称，证明材料应加盖公章。
objection-phone = 联系电话
objection-contact-hint = 联系电话和电子邮箱至少填写一项。
objection-email-hint = 填写后将收到确认邮件，确认后可以收到受理和处理结果的通知。
objection-matter = 异议事项
objection-evidence = 证明材料
objection-evidence-hint = 至少一份，最多 { $limit } 份；PDF、PNG、JPG 或 DOCX 文件，每份不超过 { $mb } MB。
objection-kept = 已上传的证明材料
objection-kept-hint = 随异议一并提交；不需要的，取消勾选即可。
objection-send = 提交异议
objection-as-it-is = 按现有内容提交
objection-as-it-is-text = 上列内容补齐后提交的异议才予受理。确实不补的，可以按现有内容提交：只作记录，不予受理，原因写入回执。
objection-number = 异议编号
objection-status = 办理状态
objection-status-received = 待受理
objection-status-not_accepted = 不予受理
objection-status-accepted = 处理中
objection-status-upheld = 异议成立
objection-status-dismissed = 异议不成立
objection-receipt-text = 您的异议已收到，请记下编号。经办人核对后将通知您是否受理；填写了电子邮箱的，请打开邮件中的链接确认，确认后才发送通知。
objection-incomplete-text = 您的异议已记录，但因以下原因不予受理。公示期内补齐后可以重新提出。
objection-late-text = 您的异议已记录，但因以下原因不予受理。异议须在公示期内提出，逾期的不能再补齐后重新提出。
objection-received-at = 收到时间
objection-proposed = 拟处理结果
objection-proposed-by = 拟办人
objection-reason = 理由
objection-identity = 异议提出人身份
objection-identity-text = 身份信息已密封。确需联系异议提出人的，请说明理由后查看；查看的人、时间和理由将记入办理记录。
objection-identity-open = 查看身份
objection-identity-reason = 查看理由
objection-address = 联系邮箱
objection-address-confirmed = 异议提出人已确认可以收到通知
objection-address-unconfirmed = 异议提出人未确认，不发送通知；需要联系的，请使用电话
objection-address-title = 确认联系邮箱
objection-address-text = { $number }的受理情况和处理结果将发送至收到该链接的邮箱。
objection-address-send = 确认邮箱
objection-address-done = 联系邮箱已确认。{ $number }的受理情况和处理结果将发送至该邮箱。
objection-accept-title = 受理
objection-accept-text = 受理后，该单位暂缓公布，不影响其他单位。
objection-accept = 受理
objection-decline = 不予受理
objection-propose-title = 提出处理意见
objection-outcome = 处理结果
objection-propose = 提交审批
objection-waits = 处理意见已提交，待审批。
objection-propose-again = 修改处理意见
objection-approve-title = 审批处理意见
objection-approve = 同意
objection-return = 退回经办人
objection-held-reason = 公示期内收到异议，正在核实，核实期间暂缓公布。

done-notice-opened = 公示已发布。
done-objection-accepted = 异议已受理，该单位暂缓公布。
done-objection-declined = 已不予受理。异议提出人已确认邮箱的，将收到通知。
done-objection-proposed = 处理意见已提交审批。
done-objection-decided = 处理结果已确定。异议提出人已确认邮箱的，将收到通知；该单位解除暂缓公布或者从名单撤下的，同时通知该单位。
done-objection-returned = 已退回经办人。

refusal-notice_not_used = 该类别不设公示环节。
refusal-nobody_to_name = 该批次没有拟认定的申报件，不能发布公示。请先完成审定。
refusal-objection_entry_settled = 该异议所涉名称已移除或者已公布，不能再受理。请不予受理并说明理由。
refusal-objection_wrong_status = 该异议的状态已变化，不能再办理此步骤。请刷新页面查看。
refusal-objection_others_waiting = 该单位还有其他异议尚未决定是否受理，请先办理那件异议，再确定本件结果。
refusal-objection_nothing_proposed = 尚未提出处理意见，不能审批。
refusal-evidence_token = 证明材料的凭据无效或已过期（12 小时），请重新上传材料后再提交。
problem-objection_application_missing = 请选择异议针对的单位。
problem-objection_name_missing = 请填写真实姓名或单位全称。
problem-objection_contact_missing = 请填写联系电话或电子邮箱。
problem-objection_matter_missing = 请说明异议事项。
problem-objection_evidence_missing = 请附上至少一份证明材料。
problem-objection_outcome_missing = 请选择处理结果：异议成立或不成立。
problem-evidence_too_many = 证明材料最多 { $limit } 份，请合并后重新上传。
problem-evidence_out_of_room = 各方上传而尚未随异议提交的证明材料已接近 { $limit_mb } MB 的上限（已用 { $used_mb } MB），暂不能再收。请一天后再上传，或改为邮寄、当面提交。
problem-evidence_share_out_of_room = 从您所在网络上传而尚未随异议提交的证明材料已接近 { $limit_mb } MB 的上限（已用 { $used_mb } MB），暂不能再收。请一天后再上传，或换用其他网络上传，或改为邮寄、当面提交。
problem-evidence_refused = 证明材料“{ $file }”未收下：{ $why }

mail-notice-opened-subject = 拟认定名单公示：{ $number }
mail-notice-opened-body =
    { $organisation }：

    贵单位在“{ $call }”中拟予认定，现已列入公示（{ $number }），公示期至{ $ends }。公示期满无异议的，将予以公布。

    查看公示：{ $link }
mail-application-held-subject = 贵单位的公示收到异议
mail-application-held-body =
    { $organisation }：

    贵单位在“{ $call }”中的申报，{ $reason }

    核实期间如需贵单位说明情况，经办人将与贵单位联系。查看进度：{ $link }
mail-application-released-subject = 异议不成立，解除暂缓公布
mail-application-released-body =
    { $organisation }：

    针对贵单位在“{ $call }”中的异议，经核实不成立。理由：{ $reason }

    { $over ->
        [yes] 公示期已满，将按程序予以公布。
       *[no] 公示期满后，没有其他异议的，将予以公布。
    }

    查看进度：{ $link }
mail-application-removed-subject = 异议成立，不予公布
mail-application-removed-body =
    { $organisation }：

    贵单位的申报件（申报编号：{ $number }，批次：{ $call }）在公示期内被提出异议。经核实，异议成立，不予认定。

    原因：{ $reason }

    依据：{ $basis }。
    作出单位：{ $station }
    日期：{ $date }

    { ruling-remedy }

    查看详情：{ $link }
mail-objection-received-subject = 已收到您的异议：{ $number }
mail-objection-received-body =
    您好：

    有人填写该邮箱，对“{ $notice }”提出了异议，编号 { $number }。异议自收到时起生效，身份信息已密封保存。

    是您本人提出的，请打开以下链接确认邮箱，之后的受理情况和处理结果将发送至该邮箱；不是本人提出的，不必理会，不会再发送邮件：
    { $confirm }

    查看公示：{ $link }
mail-objection-incomplete-subject = 您的异议未予受理：{ $number }
mail-objection-incomplete-body =
    您好：

    有人填写该邮箱，对“{ $notice }”提出了异议，编号 { $number }，因下列原因不予受理：{ $lacking }。

    { $late ->
        [yes] 异议须在公示期内提出，逾期的不能再补齐后重新提出。查看公示：{ $link }
       *[no] 公示期未满的，补齐后可以重新提出：{ $link }
    }
mail-objection-to-handle-subject = 待受理异议：{ $number }
mail-objection-to-handle-body =
    “{ $notice }”收到一件异议，编号 { $number }，请核对后决定是否受理。

    办理：{ $link }
mail-objection-to-approve-subject = 待审批异议处理意见：{ $number }
mail-objection-to-approve-body =
    { $number }的处理意见已提出，请审批。

    办理：{ $link }
mail-objection-returned-subject = 异议处理意见被退回：{ $number }
mail-objection-returned-body =
    { $number }的处理意见被退回。理由：{ $reason }

    办理：{ $link }
mail-objection-accepted-subject = 您的异议已受理：{ $number }
mail-objection-accepted-body =
    { $name }：

    您提出的异议（编号 { $number }）已受理，相关单位暂缓公布。处理结果将另行通知您。

    查看公示：{ $link }
mail-objection-declined-subject = 您的异议不予受理：{ $number }
mail-objection-declined-body =
    { $name }：

    您提出的异议（编号 { $number }）不予受理。理由：{ $reason }

    查看公示：{ $link }
mail-objection-upheld-subject = 异议处理结果：成立（{ $number }）
mail-objection-upheld-body =
    { $name }：

    您提出的异议（编号 { $number }）经核实成立，相关单位不予公布。理由：{ $reason }

    查看公示：{ $link }
mail-objection-dismissed-subject = 异议处理结果：不成立（{ $number }）
mail-objection-dismissed-body =
    { $name }：

    您提出的异议（编号 { $number }）经核实不成立。理由：{ $reason }

    查看公示：{ $link }

refusal-call_review_over = 专家评审已结束，不能再推迟地市推荐截止时间。
notices-to-open = 待公示
notices-to-open-count = { $count } 家待公示
nav-objections = 异议
nav-recommendations = 推荐排序
nav-organisations = 申报单位
