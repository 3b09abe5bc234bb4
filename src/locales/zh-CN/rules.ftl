# 规则类提示：每条说明错在哪里、界限是什么、怎么改。

## 统一社会信用代码（GB 32100-2015）
problem-credit_code_length = 统一社会信用代码应为 { $length } 位，您填的是 { $found } 位，请对照营业执照核对。
problem-credit_code_not_digit = 统一社会信用代码第 { $position } 位应为数字 0 至 9，您填的是“{ $found }”，请对照营业执照核对。
problem-credit_code_character = 统一社会信用代码第 { $position } 位不能是“{ $found }”，只能是数字或除 I、O、S、V、Z 以外的大写字母，请对照营业执照核对。
problem-credit_code_check = 统一社会信用代码的最后一位按国家标准应为“{ $expected }”。如与营业执照一致，请上传执照影像，由工作人员核对后放行。

## 工作日与公示期
problem-beyond_calendar = 尚未载入 { $year } 年的国务院节假日安排（已载入 { $first } 年至 { $last } 年），无法计算工作日，请管理员补充后再试。
problem-notice_no_length = 公示期至少为 1 天，请改正公示天数。
problem-notice_out_of_range = 公示期超出了可计算的日期范围，请改小公示天数。

## 评分
problem-points_empty = 请填写得分。
problem-points_not_a_number = “{ $item }”的得分“{ $value }”不是数字，请用阿拉伯数字填写，例如 8.5。
problem-points_negative = “{ $item }”的得分不能小于 0，您填的是“{ $value }”。
problem-points_decimals = “{ $item }”的得分最多保留 { $decimals } 位小数，您填的是“{ $value }”。
problem-points_above_max = “{ $item }”满分为 { $max } 分，您填的是“{ $value }”，请改为不超过满分的得分。

## 排序与入选
tie-submitted_at = 得分相同，按提交时间先后排序
tie-id = 得分及各比较项均相同，按编号排序
tie-dimension = 得分相同，按“{ $dimension }”得分排序
cut-selected = 拟入选
cut-below_pass_mark = 得分 { $score } 分，低于入选分数线 { $pass_mark } 分
cut-beyond_quota = “{ $group }”的入选名额 { $most } 个已满
cut-beyond_places = 排名第 { $place } 位，超出入选名额 { $places } 个

## 异议受理
shortcoming-late = 超过公示期限
shortcoming-anonymous = 未署真实姓名或单位名称
shortcoming-no_contact = 未留联系方式
shortcoming-no_matter = 未说明异议事项
shortcoming-no_evidence = 未提供证明材料

## 在池资格
standing-active = 有效
standing-warned = 警告整改
standing-revoked = 已撤销
standing-withdrew = 已主动退出
standing-expired = 已到期
standing-barred = 禁止申报期内

## 办理记录核验
chain-break-wrong_number = 第 { $seq } 条记录的序号不符，有记录被删除、添加或调换
chain-break-wrong_subject = 第 { $seq } 条记录不属于该事项
chain-break-wrong_hash = 第 { $seq } 条记录与其校验值不符，该记录被改动或其前一条被替换
chain-break-not_canonical = 第 { $seq } 条记录的内容被改动
chain-break-missing = 自第 { $seq } 条起的记录缺失
chain-break-rewritten = 第 { $seq } 条记录与检查点存证不符，记录被整体改写
