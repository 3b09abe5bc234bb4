//! The rules. Pure: no database, no HTTP, no clock of its own, no random numbers of its own.
//!
//! The words, one for one thing, in code, pages, API and documentation: a **programme** (申报类别) is a kind of
//! selection and a **call** (申报通知) one run of it; an **organisation** (申报单位) files an **application** (申报) with
//! **attachments** (佐证材料); a bureau asks for a **correction** (补正) or gives a **recommendation** (推荐); the
//! department's **screening** (形式审查) checks form and eligibility; an **expert** (专家) on an **assignment** (分配)
//! fills a **score sheet** (评分表) against a **rubric** (指标体系); a **decision** (审定) leads to a **notice** (公示) with
//! its **objections** (异议), to a **published list** (公布名单) and to **memberships** (在池资格); every accepted action is
//! an **event** (办理记录).

pub mod actor;
pub mod appointment;
pub mod assignment;
pub mod calendar;
pub mod call;
pub mod chain;
pub mod contact;
pub mod credit_code;
pub mod deadline;
pub mod deviation;
pub mod digest;
pub mod draw;
pub mod duties;
pub mod eligibility;
pub mod extra_station;
pub mod form;
pub mod ids;
pub mod language;
pub mod letter_text;
pub mod mail_batch;
pub mod mail_group;
pub mod mask;
pub mod meanwhile;
pub mod membership;
pub mod names;
pub mod network;
pub mod notice;
pub mod pace;
pub mod plain_text;
pub mod procedure;
pub mod programme;
pub mod published_list;
pub mod quota;
pub mod recusal;
pub mod reference;
pub mod refusal;
pub mod rubric;
pub mod scope;
pub mod scoring;
pub mod screening;
pub mod search;
pub mod second_factor;
pub mod service;
pub mod sign_in_program;
pub mod station_rules;
pub mod statistics;
pub mod status;
pub mod steps;
mod text;
pub mod throttle;
pub mod timeline;
