# 地市审核、形式审查：补正、推荐、不予推荐、报备结果、审查。
signer-department = 广东省工业和信息化厅

## 不利决定：邮件与申报件页面用同一句
ruling-remedy = 对此有不同意见的，请书面说明理由并附证明材料，向{ $station }提出。
ruling-title = 决定内容
ruling-reason = 原因
ruling-basis = 依据
ruling-station = 作出单位
ruling-date = 日期
ruling-objection = 不同意见

## 申报件（审核人员查看）
file-whole = 查看申报件全文
file-why = 各项为什么要填
file-documents = 佐证材料
file-not-filled = 未填写
file-no-document = 未上传
file-no-member = 无联合体成员
mark-members = 联合体成员

## 退回补正
correction-title = 退回补正
correction-lead = 请一次性标明全部需要补正的内容：勾选该项并写明原因和要求。申报单位只能修改勾选的内容。本环节只能退回补正一次。
correction-mark = 需要补正
correction-reason = 原因和补正要求
correction-due = 补正截止日
correction-due-hint = 截至当日 24:00。不得早于明天。
correction-due-hint-city = 截至当日 24:00。不得早于明天，且须早于本批次地市推荐截止时间（{ $limit }）。
correction-note = 补充说明
correction-note-said = 补充说明：{ $note }
correction-note-hint = 可不填。随退回补正通知一并发给申报单位。
correction-send = 退回补正
extension-title = 延长补正期限
extension-lead = 当前补正截止日为 { $due }（当日 24:00）。延长期限只对该申报单位有效，原因将记录并告知申报单位。
extension-marks = 已要求补正的内容
extension-due = 新的补正截止日
extension-reason = 延长原因
extension-reason-hint = 申报单位将看到此内容。

## 推荐
recommendation-title = 推荐
recommendation-rank = 推荐排序
recommendation-rank-hint = 只列出尚未使用的序号。截止前可在推荐排序页调整。
recommendation-rank-number = 第 { $rank } 位
recommendation-opinion = 推荐意见
recommendation-opinion-hint = 省厅审查人员将看到此内容。
recommendation-places = 本批次推荐名额 { $limit } 个，剩余 { $left } 个。
recommendation-no-limit = 本批次不限推荐名额，已推荐 { $taken } 个。
recommendations-title = 推荐排序
recommendations-bureau = 地市主管部门
recommendations-call = 批次
recommendations-choose = 请选择
recommendations-choose-hint = 请先选择批次。
recommendations-show = 查看
recommendations-none = 尚未选择批次
recommendations-empty = 本批次尚无推荐的申报件
recommendations-until = 推荐截止时间（{ $limit }）前，可调整仍处于形式审查中的申报件的排序。
recommendations-organisation = 申报单位
recommendations-number = 申报编号
recommendations-state = 进度
recommendations-at = 推荐时间
recommendations-order = 调整排序
recommendations-order-hint = 在“调整排序”一栏填写各件的位次，一次保存；其余各件顺次前移或后移。
recommendations-order-save = 保存排序
recommendations-place = 位次：{ $organisation }
recommendations-up = 上移“{ $organisation }”
recommendations-down = 下移“{ $organisation }”

## 不予推荐
non-recommendation-title = 不予推荐
non-recommendation-lead = 不予推荐后，该申报件在本批次的办理即告结束，不能撤销。申报单位将收到您填写的原因。
station-reason = 原因
station-reason-hint = 请写明事实和依据。申报单位看到的就是此处填写的内容。

## 报备认定结果
city-result-title = 报备认定结果
city-result-lead = 该类别由地市主管部门自行认定。报备“予以认定”的，进入公示环节并占用一个名额；报备“不予认定”的，办理即告结束，不能撤销。
city-result-outcome = 认定结果
city-result-recognised = 予以认定
city-result-not_recognised = 不予认定
city-result-reason = 认定依据或不予认定的原因

## 形式审查
screening-title = 形式审查
screening-lead = 系统核对结果仅供参考，以您的审查结论为准。您的结论与系统不一致的，请在备注中写明原因。
screening-machine = 系统核对
screening-officer = 审查结论
screening-note = 备注
screening-note-hint = 与系统核对结果不一致的，必须填写。
screening-conclusion = 形式审查结果
screening-reason = 不符合条件的原因
screening-reason-hint = 认定不符合条件的，必须填写。申报单位看到的就是此处填写的内容。
screening-send = 提交审查结果
screening-lead_code = 申报单位的统一社会信用代码与营业执照一致
screening-member_codes = 联合体成员的统一社会信用代码与营业执照一致
screening-materials = 申报材料齐全、清晰、有效
screening-accepted = 形式审查通过
screening-ineligible = 不符合条件
verdict-met = 符合
verdict-not_met = 不符合
verdict-unclear = 材料不能说明

## 已办理
done-correction-requested = 已退回补正，并通知申报单位。
done-correction-extended = 已延长补正期限，并通知申报单位。
done-application-recommended = 已推荐，并通知申报单位。
done-application-not-recommended = 已不予推荐，并通知申报单位。
done-result-filed = 已报备认定结果，并通知申报单位。
done-rank-changed = 已调整推荐排序。
done-screened = 已提交形式审查结果，并通知申报单位。

## 不能办理
refusal-rank_taken = 第 { $rank } 位已用于“{ $organisation }”，请另选序号，或先在推荐排序页调整。
refusal-rank_fixed = 该申报件或与之交换位置的申报件已不在形式审查环节，排序不能再调整。
refusal-not_decided_by_city = 该类别由省厅审定，地市主管部门只作推荐，不报备认定结果。

## 填写有误
problem-statement_missing = 请填写此项（不超过 { $limit } 字）。申报单位有权知道原因。
problem-opinion_missing = 请填写此项（不超过 { $limit } 字）。省厅审查人员将看到此内容。
problem-statement_too_long = 此项不能超过 { $limit } 字，现有 { $found } 字，请精简。
problem-marks_missing = 请至少勾选一项需要补正的内容。
problem-mark_unknown = 申报表中没有“{ $key }”这一项，请核对。
problem-mark_twice = 同一项只能标注一次，请合并原因。
problem-mark_not_ticked = “{ $name }”已填写原因但未勾选“需要补正”。请勾选，或清空所填内容。
problem-due_missing = 请填写补正截止日。
problem-due_not_a_date = “{ $value }”不是日期，请按 2026-03-31 的格式填写。
problem-due_too_early = 补正截止日最早为 { $limit }，请改为该日或之后。
problem-due_after_recommendation = 补正截止日须在本批次地市推荐截止之前，最晚为 { $limit }，请改早。
problem-due_no_time = 本批次地市推荐将于 { $limit } 截止，已不足一整天，不能再安排补正。请直接作出推荐或不予推荐的决定。
problem-due_too_far = 补正截止日最晚为 { $limit }，请核对年份和月份。
problem-due_not_later = 新的截止日须晚于当前截止日 { $limit }。
problem-rank_out_of_range = 推荐排序应为 1 至 { $limit }，请重新选择。
problem-outcome_missing = 请选择认定结果。
problem-bureau_missing = 请指明地市主管部门（bureau）。
problem-conclusion_missing = 请选择形式审查结果。
problem-verdict_missing = 请对“{ $item }”作出审查结论。
problem-verdict_unknown = 审查清单中没有“{ $rule }”这一项，请核对。
problem-verdict_twice = “{ $item }”只能有一个审查结论。
problem-verdict_note_missing = “{ $item }”：您的结论与系统核对结果不一致，请在备注中写明原因。
problem-verdict_note_too_long = “{ $item }”的备注不能超过 { $limit } 字，现有 { $found } 字，请精简。
problem-accept_needs_all_met = 各项结论均为“符合”方可通过。有不清楚的，请退回补正；有不符合的，请认定不符合条件。
problem-ineligible_needs_not_met = 认定不符合条件，须至少有一项结论为“不符合”。请核对各项结论。

## 邮件
mail-correction-requested-subject = 【请补正】{ $call }：{ $number }
mail-correction-requested-body =
    { $organisation }：

    贵单位的申报件（申报编号：{ $number }，批次：{ $call }）经{ $station }审核，需要补正。请在 { $due } 24:00 前登录系统修改下列内容并重新提交：

    { $marks }

    依据：{ $basis }。
    本环节只退回补正一次，逾期未补正的，可能不予推荐或认定为不符合条件。确有困难的，请在截止前联系{ $station }申请延长期限。

    查看并补正：{ $link }
mail-correction-extended-subject = 补正期限已延长：{ $call }（{ $number }）
mail-correction-extended-body =
    { $organisation }：

    { $station }已将贵单位申报件（申报编号：{ $number }，批次：{ $call }）的补正期限延长至 { $due } 24:00。

    延长原因：{ $reason }

    请在期限内登录系统修改并重新提交：{ $link }
mail-deadline-closing-subject = 申报即将截止：{ $call }
mail-deadline-closing-body =
    { $organisation }：

    “{ $call }”的申报将于 { $due } 截止。贵单位的申报件尚未提交，截止后不能再填报或提交。

    请核对填报内容和佐证材料，由单位管理员在截止前提交：{ $link }
mail-deadline-correction-subject = 补正即将到期：{ $call }（{ $number }）
mail-deadline-correction-body =
    { $organisation }：

    贵单位申报件（申报编号：{ $number }，批次：{ $call }）的补正期限为 { $due }，目前尚未重新提交。期限届满后不能再修改或提交，由{ $station }决定是否延长期限，或作出结论。

    确有困难的，请在期限届满前联系{ $station }申请延长期限。

    继续补正：{ $link }
mail-deadline-recommendation-subject =
    { $decides ->
        [yes] 认定结果报送即将截止：{ $call }（待办 { $count } 件）
       *[no] 推荐即将截止：{ $call }（待办 { $count } 件）
    }
mail-deadline-recommendation-body =
    您好：

    { $decides ->
        [yes] “{ $call }”由各地市自行认定，认定结果的报送将于 { $due } 截止，贵局尚有 { $count } 件申报件待办理。截止后不能再报送认定结果，也不能再退回补正。
       *[no] “{ $call }”的地市推荐将于 { $due } 截止，贵局尚有 { $count } 件申报件待审核。截止后不能再推荐，也不能再退回补正。
    }

    登录办理：{ $link }
mail-application-recommended-subject = 已获推荐：{ $call }（{ $number }）
mail-application-recommended-body =
    { $organisation }：

    { $station }已推荐贵单位的申报件（申报编号：{ $number }，批次：{ $call }）。申报件已转入下一环节，目前无需办理。

    查看进度：{ $link }
mail-application-not-recommended-subject = 不予推荐：{ $call }（{ $number }）
mail-application-not-recommended-body =
    { $organisation }：

    经审核，{ $station }对贵单位的申报件（申报编号：{ $number }，批次：{ $call }）不予推荐。

    原因：{ $reason }

    依据：{ $basis }。
    作出单位：{ $station }
    日期：{ $date }

    { ruling-remedy }

    查看详情：{ $link }
mail-result-recognised-subject = 拟予认定：{ $call }（{ $number }）
mail-result-recognised-body =
    { $organisation }：

    { $station }已报备对贵单位申报件（申报编号：{ $number }，批次：{ $call }）予以认定的结果，接下来将按规定公示。

    认定依据：{ $reason }
    政策依据：{ $basis }。
    日期：{ $date }

    查看进度：{ $link }
mail-result-not-recognised-subject = 不予认定：{ $call }（{ $number }）
mail-result-not-recognised-body =
    { $organisation }：

    经审核，{ $station }对贵单位的申报件（申报编号：{ $number }，批次：{ $call }）不予认定。

    原因：{ $reason }

    依据：{ $basis }。
    作出单位：{ $station }
    日期：{ $date }

    { ruling-remedy }

    查看详情：{ $link }
mail-screening-accepted-subject = 形式审查通过：{ $call }（{ $number }）
mail-screening-accepted-body =
    { $organisation }：

    贵单位的申报件（申报编号：{ $number }，批次：{ $call }）已于 { $date } 通过{ $station }形式审查，转入下一环节，目前无需办理。

    查看进度：{ $link }
mail-screening-ineligible-subject = 不符合申报条件：{ $call }（{ $number }）
mail-screening-ineligible-body =
    { $organisation }：

    经形式审查，贵单位的申报件（申报编号：{ $number }，批次：{ $call }）不符合申报条件。

    原因：{ $reason }

    依据：{ $basis }。
    作出单位：{ $station }
    日期：{ $date }

    { ruling-remedy }

    查看详情：{ $link }
