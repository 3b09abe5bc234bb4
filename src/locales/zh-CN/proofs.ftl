# 证书 ---------------------------------------------------------------------------------------------------------------
certificate-title = 证书核验
certificate-number = 证书编号
certificate-holder = 持有单位
certificate-holder-then = （认定时名称：{ $name }）
certificate-list = 依据名单
certificate-day = 核验日期
certificate-day-today = （今天）
certificate-day-hint = 可以查询今天或以前的任何一天，不能查询以后的日期。
certificate-checked-at = 查询时间
certificate-today-active = 该证书真实，今天有效。
certificate-today-warned = 该证书真实，今天有效；持有单位已被警示，正在整改。
certificate-today-expired = 该证书真实，但已过有效期，今天无效。
certificate-today-revoked = 该证书真实，但资格已被撤销，今天无效。
certificate-today-withdrew = 该证书真实，但持有单位已退出，今天无效。
certificate-today-barred = 该证书真实，但资格已被撤销，且在禁止申报期内，今天无效。
certificate-today-not_yet = 该证书真实，但尚未生效。
certificate-then-active = 该证书真实，{ $day }有效。
certificate-then-warned = 该证书真实，{ $day }有效；当日持有单位处于警示整改期。
certificate-then-expired = 该证书真实，但{ $day }已过有效期，当日无效。
certificate-then-revoked = 该证书真实，但资格在{ $day }或之前已被撤销，当日无效。
certificate-then-withdrew = 该证书真实，但持有单位在{ $day }或之前已退出，当日无效。
certificate-then-barred = 该证书真实，但{ $day }资格已被撤销，且在禁止申报期内，当日无效。
certificate-then-not_yet = 该证书真实，但{ $day }尚未生效，当日无效。
certificate-renamed = 持有单位已更名：认定时为“{ $old }”，现为“{ $new }”，统一社会信用代码不变。
certificate-former-name = 认定时名称
certificate-other-day = 查询其他日期
certificate-look-up = 查询
certificate-back-to-today = 查询今天
certificate-offline = 证书上的二维码载有签名，不联网也能核验颁发时的内容。
certificate-print = 打印证书
certificate-print-title = 打印证书
certificate-print-hint = 请用 A4 纸横向打印。证书的效力以核验页面显示的当日状态为准。
certificate-code-label = 证书 { $number } 的二维码
certificate-pool = 制造业数字化产业生态供给资源池
certificate-word = 证书
certificate-says = 经申报、推荐、评审、公示，认定为{ $category }，列入《{ $list }》。
certificate-scan = 扫码核验
certificate-issuer = 广东省工业和信息化厅

# 某日在池单位 -------------------------------------------------------------------------------------------------------
pool-day-title = 某日在池单位
pool-day-on = { $day }在池单位
pool-day-text = 按办理记录还原当日的在池资格：认定、续期、警示、撤销、退出和到期均以其生效日期为准，已过日期的结果不再变化。排名不分先后，在池与否不作为市场准入条件。
pool-day-json = 下载数据（JSON）
pool-day-total = { $day }共 { $total } 项在池资格
pool-day-none = 当日没有在池单位
pool-day-none-text = 请更换日期后再查。
pool-day-see-list = 查看名单
pool-day-column-name = 单位名称
pool-day-column-category = 类别
pool-day-column-city = 地市
pool-day-column-standing = 当日状态
problem-day_in_future = 不能查询以后的日期。请填写今天（{ $today }）或以前的日期。

# 公示打印 -----------------------------------------------------------------------------------------------------------
notice-print = 打印公示
notice-print-hint = 请用 A4 纸打印，可张贴。

# 核验方法 -----------------------------------------------------------------------------------------------------------
proof-how = 如何核验
proof-how-text = 名单、办理记录和证书都可以由任何人离线核验。下面的规则足以用任何语言另写核验程序；核验程序只需要 Python。
proof-keys = 下载公钥
proof-script = 下载核验程序
proof-of-list = 下载签名与校验信息
proof-proof = 存证证明
proof-own-title = 我方办理记录的存证
proof-own-text = 贵单位提交、补正、撤回等每一步都记入办理记录，并由随后公布的名单锚定。下载证明后，可以向他人证明该步骤确在记录之中，而不涉及其他记录。
proof-own-none = 尚无可以证明的办理记录
proof-by-list = 下载（由第 { $number } 份名单锚定）
proof-waits = 待下一份名单公布后可以下载
proof-back = 返回申报件
refusal-event_not_anchored = 该记录尚未被公布的名单锚定。下一份名单公布后即可下载证明。
