## 审定意见提交前的核对
decision-preview = 核对审定意见
decision-preview-title = 核对审定意见
decision-preview-text = 以下内容确认后提交审批，由另一名人员审批；审批通过后逐一通知申报单位。
decision-preview-selected = 拟入选
decision-preview-not-selected = 拟不入选
decision-preview-nobody = 无。
decision-preview-back = 返回修改

## 评审结束后发现的利益冲突
late-conflicts-title = 评审结束后发现的利益冲突
late-conflicts-text = 以下评分表出自目前应回避的专家。提交审批前可作废该评分表并重新排名；提交或审批之后只作记录。
late-conflict-void = 作废评分表
late-conflict-void-text = 该评分表不再计入，全部名次按其余评分表重新计算，并记入办理记录。
late-conflict-void-send = 确认作废并重新排名
done-sheet-voided = 评分表已作废，名次已重新计算。
refusal-void_not_closed = 评审尚未结束，请在评审页面更换专家。
refusal-void_proposed = 审定意见已提交审批。请先由审批人退回，再作废评分表。
refusal-void_decided = 本批次已有审定结果，评分表不能再作废；利益冲突已登记在案。
refusal-void_last_sheet = 这是该申报唯一有效的评分表，不能作废。
refusal-void_no_conflict = 该专家目前没有应回避的情形。请先在专家页面登记利害关系，再作废评分表。
mail-sheet-voided-subject = 评分表已作废：{ $call }
mail-sheet-voided-body =
    { $name }，您好：

    “{ $call }”专家评审结束后，发现您与其中一件申报的单位存在应回避的情形，您对该件的评分表已作废。
    理由：{ $reason }

    { $link }
