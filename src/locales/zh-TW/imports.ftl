## 專家匯入紀錄與撤銷
expert-imports-title = 匯入紀錄
expert-imports-none = 暫無匯入紀錄
expert-imports-none-text = 在網頁或介面匯入專家後，每次匯入列於此處，未被使用前可以整批撤銷。
expert-imports-caption = 歷次匯入，最近的在前
expert-import-title = 專家匯入
expert-import-at = 匯入時間
expert-import-by = 匯入人
expert-import-added = 新增
expert-import-updated = 更新
expert-import-unchanged = 未變
expert-import-status = 狀態
expert-import-status-applied = 已匯入
expert-import-status-undone = 已撤銷
expert-import-undo = 撤銷本次匯入
expert-import-undo-text = 新增的專家將移出專家庫，邀請和專家身分一併收回；更新過的專家恢復匯入前的內容。整批撤銷，並記入辦理紀錄。
expert-import-undo-send = 確認撤銷
expert-import-endings = 因本次匯入收回的評審任務（{ $count } 件）
expert-import-endings-text = 上述任務在匯入時即已收回，由候補專家或者專家組內任務較少者接替。撤銷匯入只恢復專家資料，不恢復已收回的任務和作廢的評分表。
experts-endings = 匯入後將收回進行中的評審任務 { $count } 件
experts-endings-text = 按匯入內容，下列專家應當迴避。確認匯入後任務立即收回，已提交的評分表作廢，由候補專家或者專家組內任務較少者接替；撤銷匯入不恢復這些任務。
done-experts-imported-endings = 專家名冊已匯入，應迴避的評審任務已隨之收回，詳見匯入紀錄。新增專家的邀請郵件將陸續寄出。
experts-ending-submitted = 評分表已提交，將作廢
experts-replacements = 接替人選（{ $count } 件）
experts-replacement-reserve = { $call }：{ $organisation } { $number }，由{ $expert }接替{ $gone }，按遞補順序為候補第 { $turn } 位
experts-replacement-panel = { $call }：{ $organisation } { $number }，由{ $expert }接替{ $gone }，係專家組內任務較少者
experts-replacement-vacant-reserve = { $call }：{ $organisation } { $number }，由{ $expert }補足空缺，按遞補順序為候補第 { $turn } 位
experts-replacement-vacant-panel = { $call }：{ $organisation } { $number }，由{ $expert }補足空缺，係專家組內任務較少者
experts-vacancies = 暫無專家可以接替（{ $count } 件），請在評審頁面增補專家
done-expert-import-undone = 匯入已撤銷。
done-experts-imported-before = 該名冊此前已匯入，未重複匯入。下面是當時的匯入紀錄。
refusal-import_rests_assigned = { $name }已分配評審任務，本次匯入不能撤銷。如不再聘用，請在專家頁面變更其狀態。
refusal-import_rests_drawn = { $name }已列入抽取名單或評審專家組，本次匯入不能撤銷。如不再聘用，請在專家頁面變更其狀態。
refusal-import_rests_signed_in = { $name }已啟用帳號，本次匯入不能撤銷。如不再聘用，請在專家頁面變更其狀態。
refusal-import_rests_changed = 匯入之後{ $name }的資料又有變動，本次匯入不能撤銷。如變動來自後一次匯入，請先撤銷後一次；否則請直接修改。
mail-expert-import-undone-subject = 專家庫邀請已撤回
mail-expert-import-undone-body = { $name }：

    您好。此前通知您加入評審專家庫的匯入已撤銷，相應的專家身分和邀請連結不再有效，您無需辦理任何事項。
    理由：{ $reason }

    { $link }

## 疑似重複
experts-namesakes = 疑似重複
experts-namesakes-text = 以下各列與另一信箱的專家同名且同單位，可能是同一人。請核實；確為兩人的，可以繼續匯入。
experts-namesake-in-file = 第 { $line } 列{ $name }（{ $employer }，{ $email }）與第 { $other } 列（{ $address }）同名同單位。
experts-namesake-in-pool = 第 { $line } 列{ $name }（{ $employer }，{ $email }）與庫內專家（{ $address }）同名同單位。

## 專家庫篩選
experts-pool-any = 全部專家庫
