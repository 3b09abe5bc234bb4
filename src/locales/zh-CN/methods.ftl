# 各项规则的说明页面 -------------------------------------------------------------------------------------------------
method-steps = 步骤
method-example = 算例
method-what = 这是什么
method-specification = 精确规范（英文）
method-specification-text = 以下为逐字节的规范，以英文写成，供编写核验程序和复核使用。说明与规范不一致时，以规范为准。
method-table = 规范中的表格
method-program = 查看核验程序源码

method-lists-what = 名单一经公布，其文字、条目和次序就固定下来，并由系统签名。每份名单还载有上一份名单的校验值，各份名单首尾相连，抽换、增删任何一份都会被发现。任何人不必联系主管部门，即可自行确认手中的名单与公布时完全一致。
method-lists-step-1 = 在名单页面下载签名原文（list.json）、签名（list.sig）和校验信息（proof.json），在本页下载公钥。
method-lists-step-2 = 计算签名原文的 SHA-256，与校验信息中的 sha256 对照；两者相同，说明文件完整。
method-lists-step-3 = 用公钥验证签名；提示验证成功，说明名单确由本系统公布。
method-lists-step-4 = 核对下一份名单中的 previous_sha256 与本份名单的 SHA-256 是否相同，确认名单没有被抽换。
method-lists-step-5 = 有不一致的，用核验程序查找，程序会指出是第几条或哪一项被改动。
method-lists-example-text = 以编号为 ID 的名单为例，在装有常用工具的电脑上依次运行以下命令。第二条命令应显示 Verified Successfully。
method-lists-keys = 单个公钥（PEM，供 openssl 使用，文件名为公钥编号）：
method-lists-today = 签名只证明公布时的内容。某单位今天是否仍在池，请查看名单页面“今日状态”一栏或者核验其证书。

method-scoring-what = 专家各自独立打分，系统按固定的规则把评分表汇总为得分，再由得分排出名次、划定入选范围。分数一律以百分之一分为单位用整数计算，最后只四舍五入一次，任何人用同样的评分表都会算出同样的结果。
method-scoring-step-1 = 每份评分表各项得分相加为总分，满分 100 分。
method-scoring-step-2 = 有效评分表达到规定份数（一般为 5 份）的，去掉一个最高总分和一个最低总分，其余取平均；不足的，全部取平均，并注明专家人数不足。
method-scoring-step-3 = 最高分与最低分之差超过规定值的，提交专家讨论。
method-scoring-step-4 = 得分保留两位小数，由高到低排序。得分相同的，依次比较类别规定的指标和提交时间；仍相同的，按编号排列，与优劣无关。
method-scoring-step-5 = 自高向低逐件判断是否达到分数线、名额是否已满、同一地市或者产业集群是否已达上限；均不受限的，列为拟入选。
method-scoring-example-text = 某件申报由 5 位专家评分，规定 5 份起去掉最高分和最低分：
method-scoring-expert = 专家
method-scoring-total = 总分
method-scoring-use = 是否计入
method-scoring-lowest = 最低分，去掉
method-scoring-highest = 最高分，去掉
method-scoring-counted = 计入
method-scoring-result = 计入的三个总分之和为 267.00，得分为 267.00 ÷ 3 = 89.00 分。最高分与最低分相差 35.00 分，如超过规定值，该件须提交讨论。

method-draw-what = 评审专家由公开、可重算的随机抽取产生。经办人和审计员各自先提交一个密封的数，候选名单随后固定并记入办理记录，最后双方才公开各自的数。抽取结果由这两个数、候选名单和办理记录共同决定，只要有一方守信，任何人都无法事先选定专家。
method-draw-step-1 = 经办人、审计员各自选定一个秘密的数，只提交其校验值（密封）。
method-draw-step-2 = 固定候选专家名单，逐人列明被排除的专家和理由，记入办理记录。
method-draw-step-3 = 双方公开各自的数，系统核对与先前密封的校验值是否一致。
method-draw-step-4 = 由两个数、名单校验值和办理记录校验值算出种子，按固定的算法依次抽出正选专家和候补专家。
method-draw-step-5 = 公布抽取记录文件。任何人都可以用核验程序在自己的电脑上重新演算，得出同样的结果。
method-draw-abandoned = 后公开的一方拒不公开的，该次抽取作废，作废的情况会写入以后各次抽取的记录，不能隐去。
method-draw-example-text = 候选专家 5 人，须抽出 2 人，候补 1 人。每次从尚未抽出的人中取一人：先由种子算出一个整数，除以剩余人数，余数即为所取的位置（自 0 数起），与当前位置对调。
method-draw-turn = 次序
method-draw-left = 剩余人数
method-draw-remainder = 余数
method-draw-order = 对调后的次序
method-draw-result = 抽取结果：正选为 004、003 号专家，候补为 002 号专家。整数和种子的取法见下面的规范第 9 节。
