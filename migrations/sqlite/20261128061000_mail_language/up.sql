-- The language that a mail is written in: its HTML part says so, for whoever has it read aloud.
ALTER TABLE mails ADD COLUMN language TEXT NOT NULL DEFAULT 'zh-CN';
