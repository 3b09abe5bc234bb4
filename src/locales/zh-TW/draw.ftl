# 專家抽取

draw-title = 專家抽取
draw-link = 專家抽取
draw-how = 抽取規則與核驗方法
draw-how-text = 任何人都可以按本規則，用抽取紀錄檔案在自己的電腦上重新演算抽取結果。
draw-intro = 評審專家組和候補專家由系統按公開規則隨機抽取。經辦人和審計員各自先提交一個承諾值，名單固定之後再公開各自的口令，兩個口令與辦理紀錄共同決定結果，任何一方都無法單獨左右。
draw-status-announced = 待雙方提交承諾
draw-status-listed = 名單已固定，待雙方公開口令
draw-status-drawn = 已抽取
draw-status-abandoned = 已終止
draw-none = 尚未發起抽取
draw-none-text = 申報通知批准後、評審開啟前，由省廳經辦人或第三方評價機構在本頁發起；發起後系統會通知經辦人和審計員。
draw-attempt = 第 { $number } 次抽取
draw-step = 步驟
draw-who = 辦理人
draw-when = 時間
draw-step-announced = 發起抽取
draw-step-committed-handler = 經辦人提交承諾
draw-step-committed-auditor = 審計員提交承諾
draw-step-listed = 固定候選名單
draw-step-revealed-handler = 經辦人公開口令
draw-step-revealed-auditor = 審計員公開口令
draw-step-drawn = 抽取完成
draw-step-abandoned = 終止本次抽取
draw-not-yet = 尚未辦理
draw-strata = 抽取數量
draw-field = 專業領域
draw-field-any = 不限領域
draw-places = 評審專家組人數
draw-reserves = 候補專家人數
draw-announce-title = 發起抽取
draw-announce-text = 發起後，經辦人和審計員各有一人提交承諾。人數不足時不能發起。
draw-announce = 發起抽取
draw-preview = 核對候選人數
draw-preview-title = 核對抽取方案
draw-preview-text = 以下為目前符合條件的候選人數和未列入原因，確認後發起。候選名單在雙方提交承諾後才固定，屆時按當時情況重新核對。
draw-preview-caption = 各專業領域候選情況
draw-preview-candidates = 候選專家
draw-preview-names = 名單
draw-preview-excluded = 未列入及原因
draw-preview-outside = 另有 { $count } 名專家不屬於以上領域。
draw-ending-text = 以下候選專家的聘期在 { $day } 之前屆滿。固定候選名單當日仍在聘期內的，仍可被抽中；需要其評審至截止的，請先續聘。
draw-ending-line = { $name }：聘期至 { $day }
draw-preview-back = 返回修改
draw-commit-title = 提交承諾
draw-commit-text = 請輸入一個只有您知道的口令（{ $least } 至 { $most } 個字元，建議隨機產生）並妥善保管，名單固定後須由您本人再次輸入。系統只儲存由口令算出的承諾值，不儲存口令；口令遺失的，本次抽取只能終止。
draw-phrase = 口令
draw-commitment = 自行計算的承諾值（64 位十六進位數）
draw-commitment-hint = 不願在此輸入口令的，可在自己的電腦上算出承諾值填在這裡，口令一欄留空。
draw-recipe = 在自己的電腦上計算承諾值
draw-recipe-text = 在 bash 中執行下面三行，先輸入口令並按 Enter 鍵（不會顯示），得到的前 64 位字元即為承諾值。
draw-commit = 提交承諾
draw-list-title = 固定候選名單
draw-list-text = 雙方均已提交承諾。固定後候選名單不能更改，系統通知雙方公開口令。
draw-list = 固定名單
draw-reveal-title = 公開口令
draw-reveal-text = 名單已固定。請輸入提交承諾時所用的口令；雙方都公開後，系統立即抽取。逾期不公開或拒絕公開的，終止抽取時將如實記錄。
draw-reveal = 公開口令
draw-abandon = 終止本次抽取
draw-abandon-text = 終止後本次抽取作廢，須另行發起；終止的理由和未公開口令的一方將寫入以後的抽取紀錄。
draw-abandon-reason = 終止理由
draw-abandon-confirm = 確認終止
draw-wait-commit = 等待經辦人和審計員提交承諾。
draw-wait-commit-auditor = 經辦人已提交承諾，等待審計員提交承諾。
draw-wait-commit-handler = 審計員已提交承諾，等待經辦人提交承諾。
draw-wait-list = 雙方均已提交承諾，等待經辦人固定候選名單。
draw-wait-reveal = 名單已固定，等待雙方公開口令。
draw-wait-reveal-auditor = 經辦人已公開口令，等待審計員公開口令。
draw-wait-reveal-handler = 審計員已公開口令，等待經辦人公開口令。
draw-panel = 評審專家組
draw-reserve-list = 候補專家（按遞補順序）
draw-candidates = 候選專家（{ $count } 名）
draw-exclusions = 未列入候選的專家（{ $count } 名）
draw-expert = 專家
draw-employer = 單位
draw-reason = 原因
draw-record = 下載抽取紀錄
draw-events = 下載辦理紀錄
draw-verify-text = 核驗：把兩個檔案下載到自己的電腦，執行 yuanchi draw verify draw-{ $draw }.json --events draw-{ $draw }-events.json，或按公開規則自行演算。
draw-digest-opening = 名單摘要
draw-digest-head = 名單固定時的辦理紀錄雜湊值
draw-digest-seed = 隨機種子
draw-digest-record = 抽取紀錄摘要
draw-to-review = 前往編組與分配
review-panel-drawn = 評審專家組已由抽取產生，編組時自動採用；迴避後人數不足的，按遞補順序由候補專家遞補。

draw-excluded-suspended = 已暫停
draw-excluded-removed = 已移出專家庫
draw-excluded-out_of_term = 不在聘期內
draw-excluded-other_pool = 不屬於本申報類別所用的專家庫
draw-excluded-no_field = 不屬於所抽取的專業領域
draw-excluded-recused = 須迴避全部待評申報

reserve-called-left = 抽取的專家已離庫，由候補專家遞補
reserve-called-too_few = 迴避後評審專家組人數不足，由候補專家遞補
reserve-called-recused = 原分配的專家迴避，由候補專家遞補
reserve-called-released = 原分配的任務收回，由候補專家遞補
reserve-called-late = 申報後到，由候補專家遞補
reserve-called-second_panel = 會商後分差仍超限，啟動複評，由候補專家遞補

desk-draw-commit = 專家抽取：待您提交承諾
desk-draw-list = 專家抽取：待您固定候選名單
desk-draw-reveal = 專家抽取：待您公開口令

refusal-draw_both_roles = 同一人不能既作為經辦人又作為審計員參加抽取，請由兩個人分別辦理。
refusal-draw_none = 尚未發起抽取。
refusal-draw_done = 評審專家組已經抽取產生，不能重新抽取；專家迴避或離庫的，由候補專家遞補。確有差錯的，須先由經辦人和審計員撤銷抽取結果。
refusal-draw_running = 已有一次抽取正在進行，請先辦完或終止。
refusal-draw_unfinished = 專家抽取正在進行，請先辦完或終止抽取，再編組或開啟評審。
refusal-draw_required = 評審專家須經抽取產生。請先完成專家抽取（原抽取結果已撤銷的，須重新抽取），再編組。
refusal-draw_call_not_approved = 申報通知尚未批准，不能抽取專家。
refusal-draw_review_open = 評審已經開啟，不能再抽取專家。
refusal-draw_listed = 候選名單已經固定，不能再提交承諾或重新固定。
refusal-draw_committed = 您這一方已經提交承諾，不能更改；確需更改的，請終止本次抽取後重新發起。
refusal-draw_not_committed = 經辦人和審計員都提交承諾之後，才能固定候選名單。
refusal-draw_not_listed = 候選名單尚未固定，現在不能公開口令。
refusal-draw_not_a_party = 這一步須由提交承諾的本人辦理。
refusal-draw_revealed = 您已經公開口令，無需重複辦理。
problem-draw_short = 符合條件的候選專家只有 { $available } 名，少於所需的 { $needed } 名，請減少人數或增補專家庫。
problem-draw_short_in_field = 「{ $field }」領域符合條件的候選專家只有 { $available } 名，少於所需的 { $needed } 名，請減少人數或增補專家庫。
problem-draw_too_many_fields = 一次抽取最多分 { $limit } 個領域，請減少。
problem-draw_field = 「{ $field }」不是專業領域的代碼，請填寫申報類別、類型或產業集群的代碼。
problem-draw_field_twice = 領域「{ $field }」出現了不止一次，請合併。
problem-draw_everybody_last = 不限領域的一項須排在最後，否則其後各項抽不到專家。
problem-draw_panel = 評審專家組人數應為 1 至 { $limit } 的整數，請改正。
problem-draw_reserves = 候補專家人數應為 0 至 { $limit } 的整數，請改正。
problem-draw_panel_too_small = 共抽取 { $panel } 名專家，少於每件申報所需的 { $needed } 名，請增加。
problem-draw_panel_fixed = 評審專家組已由抽取產生，不能另選專家；請不要指定專家。
problem-draw_phrase_length = 口令應為 { $min } 至 { $max } 個字元，您填的是 { $found } 個，請改正。
problem-draw_phrase_or_commitment = 請填寫口令或自行計算的承諾值，只填其中一項。
problem-draw_commitment = 承諾值應為 64 位十六進位數（0 至 9、a 至 f），請核對。
problem-draw_phrase_wrong = 口令與您提交的承諾不符，請核對大小寫、空格和標點後重新輸入；口令確已遺失的，請終止本次抽取並寫明理由。
done-draw-announced = 抽取已發起，已通知經辦人和審計員。
done-draw-committed = 承諾已提交，請妥善保管口令。
done-draw-listed = 候選名單已固定，已通知雙方公開口令。
done-draw-revealed = 口令已公開，等待另一方公開。
done-draw-drawn = 抽取完成，評審專家組和候補專家已產生。
done-draw-abandoned = 本次抽取已終止。
draw-annulled = 已撤銷
draw-annulled-before = 此前已有 { $count } 次抽取結果被撤銷，撤銷情況和理由長期留存，並列入以後各次抽取的紀錄。
draw-annul = 提議撤銷抽取結果
draw-annul-text = 撤銷後評審專家組和候補專家不再有效，須重新抽取；本次抽取的紀錄、結果和撤銷理由長期留存，並列入以後各次抽取的紀錄。撤銷須由經辦人提議、另一名審計員同意。
draw-annul-reason = 撤銷理由
draw-annul-confirm = 提交審計員確認
draw-annul-accept-title = 同意撤銷抽取結果
draw-annul-accept = 同意撤銷
draw-annul-refuse = 不同意撤銷
draw-annul-withdraw = 收回提議
draw-annul-refuse-reason = 不同意的理由
draw-annul-withdraw-reason = 收回的理由
draw-annul-refuse-confirm = 維持抽取結果
draw-annulment-open = 已提議撤銷本次抽取結果，待審計員同意。
draw-step-annulment = 提議撤銷抽取結果
draw-step-annulled = 同意撤銷抽取結果
desk-draw-annulment = 專家抽取：待您決定是否撤銷抽取結果
refusal-draw_not_drawn = 尚未抽取產生結果，無需撤銷；進行中的抽取請直接終止。
refusal-draw_annulled = 本次抽取結果已經撤銷。
refusal-draw_review_opened = 評審已經開啟，專家已收到通知，抽取結果不能再撤銷；專家迴避或離庫的，由候補專家遞補。
refusal-draw_planned = 已按本次抽取結果分配評審任務，請先撤銷分配方案，再撤銷抽取結果。
refusal-draw_annulment_proposed = 已提議撤銷本次抽取結果，正待審計員同意。
refusal-draw_annulment_not_proposed = 沒有待同意的撤銷提議。
refusal-draw_annulment_own = 不能同意自己的提議，請由另一名審計員辦理。
refusal-draw_annulment_not_own = 撤銷提議須由審計員決定，或由提議人收回。
refusal-draw_annulment_waiting = 已有人提議撤銷抽取結果。請先由審計員決定是否同意撤銷，或由提議人收回提議，再編組。
done-draw-annulment-proposed = 已提議撤銷抽取結果，並通知審計員。
done-draw-annulled = 抽取結果已撤銷，可以重新發起抽取。
done-draw-annulment-refused = 抽取結果維持不變，已通知提議人。
done-draw-annulment-withdrawn = 提議已收回，抽取結果維持不變。

mail-draw-announced-subject = 專家抽取待提交承諾：{ $call }
mail-draw-announced-body =
    「{ $call }」已發起評審專家抽取，請經辦人和審計員各一人提交承諾：
    { $link }
mail-draw-to-list-subject = 專家抽取待固定名單：{ $call }
mail-draw-to-list-body =
    「{ $call }」評審專家抽取的雙方均已提交承諾，請固定候選名單：
    { $link }
mail-draw-to-reveal-subject = 專家抽取待公開口令：{ $call }
mail-draw-to-reveal-body =
    「{ $call }」評審專家抽取的候選名單已固定，請儘快公開您的口令：
    { $link }

    逾期不公開或拒絕公開的，終止抽取時將如實記錄。
mail-draw-drawn-subject = 專家抽取已完成：{ $call }
mail-draw-drawn-body =
    「{ $call }」的評審專家組和候補專家已抽取產生。查看結果、下載抽取紀錄：
    { $link }
mail-draw-abandoned-subject = 專家抽取已終止：{ $call }
mail-draw-abandoned-body =
    「{ $call }」本次評審專家抽取已終止。
    理由：{ $reason }

    查看辦理情況：{ $link }
mail-draw-annulment-proposed-subject = 專家抽取結果待同意撤銷：{ $call }
mail-draw-annulment-proposed-body =
    經辦人提議撤銷「{ $call }」的評審專家抽取結果。
    理由：{ $reason }

    請決定是否同意：{ $link }
mail-draw-annulled-subject = 專家抽取結果已撤銷：{ $call }
mail-draw-annulled-body =
    「{ $call }」的評審專家抽取結果經審計員同意已撤銷，須重新抽取。
    理由：{ $reason }

    查看辦理情況：{ $link }
mail-draw-annulment-refused-subject = 專家抽取結果維持不變：{ $call }
mail-draw-annulment-refused-body =
    撤銷「{ $call }」評審專家抽取結果的提議未獲同意或已收回，抽取結果維持不變。
    理由：{ $reason }

    查看辦理情況：{ $link }
