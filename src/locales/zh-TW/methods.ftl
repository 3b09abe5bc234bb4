# 各項規則的說明頁面 -------------------------------------------------------------------------------------------------
method-steps = 步驟
method-example = 計算範例
method-what = 這是什麼
method-specification = 精確規範（英文）
method-specification-text = 以下為逐位元組的規範，以英文寫成，供編寫核驗程式和複核使用。說明與規範不一致時，以規範為準。
method-table = 規範中的表格
method-program = 查看核驗程式原始碼

method-lists-what = 名單一經公布，其文字、條目和次序就固定下來，並由系統簽章。每份名單還載有上一份名單的雜湊值，各份名單首尾相連，抽換、增刪任何一份都會被發現。任何人不必聯絡主管部門，即可自行確認手中的名單與公布時完全一致。
method-lists-step-1 = 在名單頁面下載簽章原文（list.json）、簽章（list.sig）和驗證資訊（proof.json），在本頁下載公鑰。
method-lists-step-2 = 計算簽章原文的 SHA-256，與驗證資訊中的 sha256 對照；兩者相同，說明檔案完整。
method-lists-step-3 = 用公鑰驗證簽章；提示驗證成功，說明名單確由本系統公布。
method-lists-step-4 = 核對下一份名單中的 previous_sha256 與本份名單的 SHA-256 是否相同，確認名單沒有被抽換。
method-lists-step-5 = 有不一致的，用核驗程式查找，程式會指出是第幾條或哪一項被改動。
method-lists-example-text = 以編號為 ID 的名單為例，在裝有常用工具的電腦上依次執行以下指令。第二條指令應顯示 Verified Successfully。
method-lists-keys = 單個公鑰（PEM，供 openssl 使用，檔名為公鑰編號）：
method-lists-today = 簽章只證明公布時的內容。某單位今天是否仍在池，請查看名單頁面「今日狀態」一欄或者核驗其證書。

method-scoring-what = 專家各自獨立打分，系統按固定的規則把評分表彙總為得分，再由得分排出名次、劃定入選範圍。分數一律以百分之一分為單位用整數計算，最後只四捨五入一次，任何人用同樣的評分表都會算出同樣的結果。
method-scoring-step-1 = 每份評分表各項得分相加為總分，滿分 100 分。
method-scoring-step-2 = 有效評分表達到規定份數（一般為 5 份）的，去掉一個最高總分和一個最低總分，其餘取平均；不足的，全部取平均，並註明專家人數不足。
method-scoring-step-3 = 最高分與最低分之差超過規定值的，提交專家討論。
method-scoring-step-4 = 得分保留兩位小數，由高到低排序。得分相同的，依次比較類別規定的指標和提交時間；仍相同的，按編號排列，與優劣無關。
method-scoring-step-5 = 自高向低逐件判斷是否達到分數線、名額是否已滿、同一地市或者產業集群是否已達上限；均不受限的，列為擬入選。
method-scoring-example-text = 某件申報由 5 位專家評分，規定 5 份起去掉最高分和最低分：
method-scoring-expert = 專家
method-scoring-total = 總分
method-scoring-use = 是否計入
method-scoring-lowest = 最低分，去掉
method-scoring-highest = 最高分，去掉
method-scoring-counted = 計入
method-scoring-result = 計入的三個總分之和為 267.00，得分為 267.00 ÷ 3 = 89.00 分。最高分與最低分相差 35.00 分，如超過規定值，該件須提交討論。

method-draw-what = 評審專家由公開、可重算的隨機抽取產生。經辦人和審計員各自先提交一個密封的數，候選名單隨後固定並記入辦理紀錄，最後雙方才公開各自的數。抽取結果由這兩個數、候選名單和辦理紀錄共同決定，只要有一方守信，任何人都無法事先選定專家。
method-draw-step-1 = 經辦人、審計員各自選定一個秘密的數，只提交其雜湊值（密封）。
method-draw-step-2 = 固定候選專家名單，逐人列明被排除的專家和理由，記入辦理紀錄。
method-draw-step-3 = 雙方公開各自的數，系統核對與先前密封的雜湊值是否一致。
method-draw-step-4 = 由兩個數、名單雜湊值和辦理紀錄雜湊值算出種子，按固定的演算法依次抽出正選專家和候補專家。
method-draw-step-5 = 公布抽取紀錄檔案。任何人都可以用核驗程式在自己的電腦上重新演算，得出同樣的結果。
method-draw-abandoned = 後公開的一方拒不公開的，該次抽取作廢，作廢的情況會寫入以後各次抽取的紀錄，不能隱去。
method-draw-example-text = 候選專家 5 人，須抽出 2 人，候補 1 人。每次從尚未抽出的人中取一人：先由種子算出一個整數，除以剩餘人數，餘數即為所取的位置（自 0 數起），與目前位置對調。
method-draw-turn = 次序
method-draw-left = 剩餘人數
method-draw-remainder = 餘數
method-draw-order = 對調後的次序
method-draw-result = 抽取結果：正選為 004、003 號專家，候補為 002 號專家。整數和種子的取法見下面的規範第 9 節。
