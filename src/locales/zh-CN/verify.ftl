# 证书与名单核验 -----------------------------------------------------------------------------------------------------
nav-verify = 核验
verify-title = 证书与名单核验
verify-lead = 任何人都可以在此核验入池证书的真伪和当前状态，也可以在自己的电脑上核验下载的公布名单。
verify-certificate = 核验证书
verify-number-hint = 编号印在证书上，不区分大小写。用手机扫描证书上的二维码，也可直接打开核验页面。
verify-go = 核验
verify-list = 核验下载的名单
verify-list-text = 每份公布名单都经电子签名。核验在自己的电脑上进行，不需要联网，也不依赖本系统。
verify-step-files = 在名单页面下载“签名原文（JSON）”和“签名与校验信息”两个文件。
verify-step-keys = 下载公钥。最好使用以前保存的或者从其他渠道取得的公钥，并核对公钥编号。
verify-step-program = 下载核验程序（需要 Python 3），与上述文件放在同一目录，按“核验方法和规范”中的命令运行。
verify-step-result = 程序提示核验通过的，说明名单自公布以来未被改动；未通过的，会指出是哪一部分与公布时不一致。
verify-find-list = 查找名单
verify-specification = 核验方法和规范
verify-day-text = 可以查询今天或以前任何一天的在池单位，结果按办理记录还原。
problem-certificate_unknown = 没有查到该编号的证书。请对照证书核对编号；确认无误仍查不到的，该证书不是本系统颁发的。
