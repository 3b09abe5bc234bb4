## 审定意见提交前的核对
decision-preview = 核对审定意见
decision-preview-title = 核对审定意见
decision-preview-text = 请逐项核对以下拟审定结果。确认后提交审批，由另一名工作人员审批；审批通过后，系统将逐一通知各申报单位。
decision-preview-place = 第 { $place } 名
decision-preview-selected = 拟认定
decision-preview-not-selected = 不予认定
decision-preview-nobody = 无。
decision-preview-back = 返回修改

## 评审结束后发现的利益冲突
late-conflicts-title = 评审结束后发现的利益冲突
late-conflicts-text = 现查明下列评分表的评审专家应当回避。审定意见提交审批之前，可以作废有关评分表并重新排名；提交审批之后只作记录。
late-conflict-void = 作废评分表
late-conflict-void-text = 作废后，该评分表不再计入得分，全部名次按其余评分表重新计算，作废理由和前后名次记入办理记录。
late-conflict-void-send = 确认作废并重新排名
done-sheet-voided = 评分表已作废，名次已重新计算。
refusal-void_not_closed = 评审尚未结束，请在评审页面更换专家。
refusal-void_proposed = 审定意见已提交审批，评分表不能作废。确需作废的，请审批人先退回审定意见。
refusal-void_decided = 本批次已有审定结果，评分表不能作废；利益冲突已登记在案。确需作废的，请先撤销审定结果。
refusal-void_last_sheet = 这是该申报唯一有效的评分表，不能作废。
refusal-void_no_conflict = 该专家目前没有应回避的情形。请先在专家页面登记利害关系，再作废评分表。
mail-sheet-voided-subject = 评分表已作废：{ $call }
mail-sheet-voided-body =
    { $name }，您好：

    “{ $call }”专家评审结束后，发现您与其中一件申报的单位存在应回避的情形，您对该件的评分表已作废。
    理由：{ $reason }

    { $link }

## 审批前的计数
decision-approve-counts = 本次审定意见拟认定 { $selected } 件、不予认定 { $declined } 件，名单见下表；批准后一并办理，不作部分批准。

## 撤销审定结果
decision-status-undone = 已撤销
decision-undo = 撤销审定结果
decision-undo-text = 撤销须由另一名工作人员审批。批准后，下列申报全部退回待审定环节，原审定结果不再有效，系统逐一通知申报单位；已经公示、列入名单或者撤回的，不能撤销。
decision-undo-counts = 涉及拟认定 { $selected } 件、不予认定 { $declined } 件，全部撤销，不作部分撤销。
decision-undo-reason-label = 撤销理由（申报单位可见）
decision-undo-reason = 撤销理由
decision-undo-send = 提交撤销申请
decision-undo-waits = 已提出撤销本次审定结果，等待另一名工作人员审批。批准之前，审定结果仍然有效。
decision-undo-proposed-by = 撤销提出人
decision-undone-by = 撤销审批人
decision-undo-obstacle = 目前不能撤销：
decision-undo-approve = 批准撤销
decision-undo-approve-text = 批准后，下列申报全部退回待审定环节，原审定结果不再有效，系统逐一通知申报单位。不能审批本人提出的撤销申请。
decision-undo-approve-send = 确认撤销审定结果
decision-undo-return = 退回撤销申请
decision-undo-return-text = 退回后，审定结果继续有效，提出人将收到通知。
decision-undo-return-send = 确认退回
done-decision-undo-proposed = 撤销申请已提交，等待另一名工作人员审批。
done-decision-undone = 审定结果已撤销，有关申报已退回待审定环节，申报单位将收到通知；通知较多时在“批量邮件”中待发。
done-decision-undo-returned = 撤销申请已退回，审定结果继续有效。
refusal-decision_undo_not_approved = 这份审定意见没有获得批准，无需撤销。待审批的审定意见，请直接退回。
refusal-decision_undo_not_kept = 这次审定在系统开始留存撤销依据之前作出，不能在线撤销。
refusal-decision_undo_proposed = 已有撤销申请在等待审批，不能重复提出。
refusal-decision_undo_none_pending = 没有待审批的撤销申请。
refusal-decision_undo_pending_sheet = 本批次另有一份审定意见待审批，请先批准或者退回，再办理撤销。
refusal-decision_undo_withdrawn = { $organisation }已在审定之后撤回申报，审定结果不能撤销。
refusal-decision_undo_noticed = { $organisation }已列入公示，审定结果不能撤销。
refusal-decision_undo_listed = { $organisation }已列入待发布或者已发布的名单，审定结果不能撤销。
refusal-decision_undo_moved = { $organisation }的申报在审定之后又有办理，审定结果不能撤销。
mail-decision-undo-proposed-subject = 撤销审定结果待审批：{ $call }
mail-decision-undo-proposed-body =
    已提出撤销“{ $call }”的审定结果，涉及申报 { $count } 件。
    理由：{ $reason }

    请审批：{ $link }
mail-decision-undo-returned-subject = 撤销申请被退回：{ $call }
mail-decision-undo-returned-body =
    { $name }，您好：

    您提出的撤销“{ $call }”审定结果的申请已被退回，审定结果继续有效。
    理由：{ $reason }

    { $link }
mail-selection-undone-subject = 审定结果已撤销，原“拟认定”通知作废（{ $number }）
mail-selection-undone-body =
    { $organisation }：

    此前通知贵单位，在“{ $call }”中的申报（编号 { $number }）经审定拟予认定。该审定结果现已撤销，原通知作废，申报退回待审定环节，将重新审定，结果另行通知。

    撤销理由：{ $reason }

    依据：{ $basis }。
    作出单位：{ $station }
    日期：{ $date }

    贵单位无须重新提交材料。查看办理情况：
    { $link }
mail-decline-undone-subject = 审定结果已撤销，原“未入选”通知作废（{ $number }）
mail-decline-undone-body =
    { $organisation }：

    此前通知贵单位，在“{ $call }”中的申报（编号 { $number }）经审定未予入选。该审定结果现已撤销，原通知作废，申报退回待审定环节，将重新审定，结果另行通知。

    撤销理由：{ $reason }

    依据：{ $basis }。
    作出单位：{ $station }
    日期：{ $date }

    贵单位无须重新提交材料。查看办理情况：
    { $link }

## 各批次的审定情况
decision-not-proposed = 尚未拟定
decision-not-proposed-yet = 本批次的审定意见尚未拟定。由经办人拟定并提交后，才能审批。
decisions-files = 涉及件数
decisions-since = 时间
decisions-next = 下一步
decision-turn-approval = 待审批
decision-turn-undoing_approval = 待审批撤销
decision-turn-returned = 已退回，待重新拟定
decision-turn-proposal = 待拟定
decision-turn-review = 评审未结束
decision-turn-settled = 已审定
decision-turn-undone = 已撤销
decisions-next-approve = 请您审批
decisions-next-undoing = 请您审批撤销申请
decisions-next-propose = 请您拟定审定意见
decisions-next-approver = 由另一名工作人员审批
decisions-next-handler = 由经办人拟定审定意见
decisions-next-review = 评审结束后拟定
decisions-next-none = 无须办理
