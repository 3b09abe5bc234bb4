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
