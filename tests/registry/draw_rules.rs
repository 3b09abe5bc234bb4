//! The draw from outside: records of many shapes, changed in every byte, read by two programs that share no code.

use std::{fs, path::PathBuf, process::Command};

use proptest::{prelude::*, strategy::ValueTree};
use serde_json::Value;
use yuanchi::domain::draw::{
    Abandonment, Candidate, CandidateList, Commitment, Commitments, Difference, Exclusion, Failure, Opening, Record,
    Reveal, Reveals, Role, Secret, Stratum, commitment, shortages, verify,
};

const SPECIFICATION: &str = include_str!("../../src/domain/draw/SPECIFICATION.md");

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/domain/draw")
}

/// What the independent program says of each file, in order.
fn python(name: &str, files: &[Vec<u8>]) -> Vec<String> {
    let place = std::env::temp_dir().join(format!("draw-{name}-{}", std::process::id()));
    fs::create_dir_all(&place).expect("folder");
    let paths: Vec<PathBuf> = (0..files.len()).map(|index| place.join(format!("{index}.json"))).collect();
    for (path, bytes) in paths.iter().zip(files) {
        fs::write(path, bytes).expect("file");
    }
    let mut answers = Vec::new();
    for some in paths.chunks(500) {
        let output = Command::new("python3").arg(folder().join("draw_verify.py")).args(some).output().expect("python3");
        let text = String::from_utf8(output.stdout).expect("utf-8");
        assert_eq!(text.lines().count(), some.len(), "{}", String::from_utf8_lossy(&output.stderr));
        answers.extend(text.lines().map(String::from));
    }
    fs::remove_dir_all(&place).expect("folder");
    answers
}

fn abandonment(number: usize) -> Abandonment {
    let failed = [vec![Role::Handler], vec![Role::Auditor], vec![Role::Handler, Role::Auditor]];
    Abandonment {
        abandoned_at: format!("2026-03-0{}T00:00:00Z", number % 9 + 1),
        failed: failed[number % 3].clone(),
        opening_digest: format!("{number:064x}"),
    }
}

fn list(
    candidates: Vec<Candidate>,
    exclusions: Vec<Exclusion>,
    strata: Vec<Stratum>,
) -> Result<CandidateList, Difference> {
    CandidateList::freeze(candidates, exclusions, strata, "2026-04-01T02:00:00Z".into())
}

fn record(list: CandidateList, earlier: usize, byte: u8) -> Record {
    let attempt = earlier as u32 + 1;
    let (handler, auditor) = (Secret::new([byte; 32]), Secret::new([byte ^ 0xff; 32]));
    let committed = |role, secret: &Secret, party: &str| Commitment {
        committed_at: "2026-04-01T01:00:00Z".into(),
        digest: hex::encode(commitment("draw-1", attempt, role, secret)),
        party: party.into(),
    };
    let commitments = Commitments {
        handler: committed(Role::Handler, &handler, "account-1"),
        auditor: committed(Role::Auditor, &auditor, "account-2"),
    };
    let earlier = (0..earlier).map(abandonment).collect();
    let opening = Opening::new("draw-1".into(), "call-2026".into(), earlier, commitments, list).expect("opening");
    let reveal = |secret: Secret| Reveal { revealed_at: "2026-04-01T03:00:00Z".into(), secret: secret.reveal() };
    let reveals = Reveals { handler: reveal(handler), auditor: reveal(auditor) };
    Record::draw(opening, "c4".repeat(32), reveals).expect("record")
}

fn candidate(id: usize, stratum: &str) -> Candidate {
    Candidate { id: format!("expert-{id:03}"), stratum: stratum.into() }
}

fn exclusion(id: usize) -> Exclusion {
    Exclusion { id: format!("expert-{id:03}"), reason: "same_organisation".into() }
}

fn stratum(key: &str, places: u32, reserves: u32) -> Stratum {
    Stratum { key: key.into(), places, reserves }
}

/// The examples that the specification publishes.
fn examples() -> [Record; 3] {
    let none = (1..=5).map(|id| candidate(id, "")).collect();
    let two = (1..=9).map(|id| candidate(id, if id % 2 == 0 { "software" } else { "cloud" })).collect();
    let many = (1..=30).map(|id| candidate(id, "")).collect();
    [
        record(list(none, vec![exclusion(6)], vec![stratum("", 2, 1)]).expect("list"), 0, 0x11),
        record(list(two, vec![], vec![stratum("software", 2, 2), stratum("cloud", 3, 1)]).expect("list"), 1, 0x22),
        record(list(many, vec![exclusion(31), exclusion(32)], vec![stratum("", 7, 5)]).expect("list"), 2, 0x33),
    ]
}

#[test]
fn the_published_vectors_hold_for_both_programs() {
    let blocks: Vec<&str> =
        SPECIFICATION.split("```json\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let files: Vec<Vec<u8>> = blocks.iter().map(|block| block.as_bytes().to_vec()).collect();
    let made: Vec<Vec<u8>> = examples().iter().map(|record| record.to_bytes().expect("bytes")).collect();
    assert!(files == made, "the specification's vectors are not the examples");
    let first = &examples()[0];
    let commitment = &first.opening.commitments.handler.digest;
    for value in [commitment, &first.opening.list_digest, &first.opening_digest, &first.seed, &first.record_digest] {
        assert!(SPECIFICATION.contains(&format!("`{value}`")), "the worked example lacks {value}");
    }
    for (file, answer) in files.iter().zip(python("vectors", &files)) {
        let record = verify(file).expect("verified");
        assert_eq!(answer, format!("ok {}", record.record_digest));
    }
}

#[test]
fn every_changed_byte_is_found_by_both_programs() {
    let file = examples()[1].to_bytes().expect("bytes");
    let mut changed = Vec::new();
    for index in 0..file.len() {
        for change in [0x01, 0x20, 0x80] {
            let mut bytes = file.clone();
            bytes[index] ^= change;
            assert!(verify(&bytes).is_err(), "byte {index} ^ {change}");
            changed.push(bytes);
        }
    }
    changed.push(file[..file.len() - 1].to_vec());
    changed.push([file.as_slice(), b" "].concat());
    for cut in [&changed[changed.len() - 2], &changed[changed.len() - 1]] {
        assert!(matches!(verify(cut), Err(Failure::Different(Difference { path, .. })) if path.starts_with("byte ")));
    }
    for (index, answer) in python("changed", &changed).iter().enumerate() {
        assert!(answer.starts_with("differs "), "{index}: {answer}");
    }
}

/// A forger who spells everything properly is located by both programs at the same path.
#[test]
fn a_changed_member_is_named_by_both_programs() {
    let file: Value = serde_json::from_slice(&examples()[1].to_bytes().expect("bytes")).expect("json");
    let cases: [(&str, Value, &str); 17] = [
        ("/format", "yuanchi-draw/2".into(), "/format"),
        ("/opening/attempt", 1.into(), "/opening/attempt"),
        ("/opening/call", "call-2027".into(), "/opening_digest"),
        ("/opening/earlier/0/opening_digest", "1".repeat(64).into(), "/opening_digest"),
        ("/opening/list/candidates/0/id", "expert-000".into(), "/opening/list_digest"),
        ("/opening/list/candidates/1/id", "expert-001".into(), "/opening/list/candidates/1/id"),
        ("/opening/list/strata/1/places", 3.into(), "/opening/list/candidates"),
        ("/opening/commitments/auditor/party", "account-1".into(), "/opening/commitments/auditor/party"),
        (
            "/opening/commitments/handler/committed_at",
            "2026-04-02T00:00:00Z".into(),
            "/opening/commitments/handler/committed_at",
        ),
        ("/reveals/auditor/secret", "0".repeat(64).into(), "/reveals/auditor/secret"),
        ("/opening/commitments/auditor/digest", "0".repeat(64).into(), "/opening/commitments/auditor/digest"),
        ("/opening/commitments/handler/digest", "0".repeat(64).into(), "/opening/commitments/handler/digest"),
        ("/opening/draw_id", "draw-other".into(), "/opening_digest"),
        ("/chain_head", "0".repeat(64).into(), "/seed"),
        ("/seed", "0".repeat(64).into(), "/seed"),
        ("/result/0/panel/1", "expert-999".into(), "/result/0/panel/1"),
        ("/reveals/handler/revealed_at", "2026-04-01T04:00:00Z".into(), "/record_digest"),
    ];
    let files = cases.clone().map(|(pointer, value, _)| {
        let mut changed = file.clone();
        *changed.pointer_mut(pointer).expect(pointer) = value;
        [serde_json::to_vec(&changed).expect("json"), b"\n".to_vec()].concat()
    });
    let answers = python("members", &files);
    for (((pointer, _, path), bytes), answer) in cases.iter().zip(&files).zip(answers) {
        match verify(bytes) {
            Err(Failure::Different(difference)) => assert_eq!(difference.path, *path, "{pointer}"),
            other => panic!("{pointer}: {other:?}"),
        }
        assert!(answer.starts_with(&format!("differs {path}:")), "{pointer}: {answer}");
    }
}

#[test]
fn malformed_files_are_refused_with_their_position() {
    let text = String::from_utf8(examples()[0].to_bytes().expect("bytes")).expect("utf-8");
    let changes = [
        ("{\"chain_head\"", "{\n \"extra\":1,\"chain_head\""),
        ("\"attempt\":1", "\"attempt\":1.0"),
        ("\"attempt\":1", "\"attempt\":\"1\""),
        ("\"attempt\":1", "\"attempt\":1,\"attempt\":1"),
        ("\"places\":2", "\"places\":-2"),
        ("\"places\":2", "\"places\":4294967296"),
        ("\"seed\"", "\"seeds\""),
        ("]", ""),
    ];
    let files = changes.map(|(from, to)| text.replacen(from, to, 1).into_bytes());
    for (bytes, answer) in files.iter().zip(python("malformed", &files)) {
        match verify(bytes) {
            Err(Failure::Malformed { line, column, problem }) => assert!(line > 0 && column > 0, "{problem}"),
            other => panic!("{other:?}"),
        }
        assert!(answer.starts_with("differs "), "{answer}");
    }
    assert!(matches!(verify(b""), Err(Failure::Malformed { .. })));
}

#[test]
fn a_shortage_is_named_before_anything_is_spent() {
    let candidates: Vec<_> = (1..=5).map(|id| candidate(id, "cloud")).collect();
    let strata = vec![stratum("software", 1, 0), stratum("cloud", 4, 3)];
    let found: Vec<String> = shortages(&candidates, &strata).iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "stratum \"cloud\" needs 7 candidates and has 5: 2 lacking",
            "stratum \"software\" needs 1 candidates and has 0: 1 lacking",
        ]
    );
    assert_eq!(list(candidates, vec![], strata).expect_err("short").path, "/opening/list/candidates");
    assert_eq!(shortages(&[], &[stratum("", u32::MAX, u32::MAX)])[0].needed, 2 * u64::from(u32::MAX));
}

#[test]
fn lists_that_could_be_read_in_two_ways_are_refused() {
    let one = || vec![stratum("", 1, 0)];
    let path = |made: Result<CandidateList, Difference>| made.expect_err("refused").path;
    assert_eq!(path(list(vec![candidate(1, ""), candidate(1, "")], vec![], one())), "/opening/list/candidates/1/id");
    assert_eq!(path(list(vec![candidate(1, "")], vec![exclusion(1)], one())), "/opening/list/exclusions/0/id");
    assert_eq!(path(list(vec![candidate(1, "x")], vec![], one())), "/opening/list/candidates/0/stratum");
    assert_eq!(path(list(vec![candidate(1, "")], vec![], vec![stratum("", 0, 1)])), "/opening/list/strata/0/places");
    let named = Candidate { id: "张三".into(), stratum: String::new() };
    assert_eq!(path(list(vec![named], vec![], one())), "/opening/list/candidates/0/id");
}

#[test]
fn a_commitment_binds_draw_attempt_and_role() {
    let secret = Secret::parse(&format!(" {} ", "AB".repeat(32))).expect("secret");
    assert_eq!(format!("{secret:?}"), "Secret");
    let all = [
        commitment("a", 1, Role::Handler, &secret),
        commitment("b", 1, Role::Handler, &secret),
        commitment("a", 2, Role::Handler, &secret),
        commitment("a", 1, Role::Auditor, &secret),
        commitment("a", 1, Role::Handler, &Secret::new([0; 32])),
    ];
    assert!((0..5).all(|one| (0..one).all(|other| all[one] != all[other])));
    assert!(Secret::parse("ab").is_err() && Secret::parse(&"zz".repeat(32)).is_err());
}

/// Candidates in up to three strata that have enough of them, exclusions, earlier attempts, and a secret.
fn any_draw() -> impl Strategy<Value = (Vec<Candidate>, Vec<Exclusion>, Vec<Stratum>, usize, u8)> {
    let strata = prop::collection::vec((1u32..5, 0u32..4, 0usize..8), 1..4);
    (strata, 0usize..5, 0usize..4, any::<u8>()).prop_map(|(sizes, excluded, earlier, byte)| {
        let (mut candidates, mut strata) = (Vec::new(), Vec::new());
        for (key, (places, reserves, spare)) in ["", "cloud", "software"].iter().zip(sizes) {
            strata.push(stratum(key, places, reserves));
            for _ in 0..(places + reserves) as usize + spare {
                candidates.push(candidate(candidates.len() * 7 % 101, key));
            }
        }
        (candidates, (200..200 + excluded).map(exclusion).collect(), strata, earlier, byte)
    })
}

proptest! {
    #[test]
    fn the_order_of_rows_never_matters((candidates, exclusions, strata, earlier, byte) in any_draw(), turn in any::<prop::sample::Index>()) {
        let first = record(list(candidates.clone(), exclusions.clone(), strata.clone()).unwrap(), earlier, byte);
        let (mut candidates, mut exclusions, mut strata) = (candidates, exclusions, strata);
        let at = turn.index(candidates.len());
        candidates.rotate_left(at);
        candidates[at / 2..].reverse();
        exclusions.reverse();
        strata.reverse();
        prop_assert_eq!(&record(list(candidates, exclusions, strata).unwrap(), earlier, byte), &first);
        prop_assert_eq!(verify(&first.to_bytes().unwrap()).unwrap(), first);
    }

    #[test]
    fn panel_and_reserves_are_disjoint_complete_and_eligible((candidates, exclusions, strata, earlier, byte) in any_draw()) {
        let record = record(list(candidates.clone(), exclusions, strata.clone()).unwrap(), earlier, byte);
        prop_assert_eq!(record.result.len(), strata.len());
        for (stratum, selection) in strata.iter().zip(&record.result) {
            prop_assert_eq!(&selection.stratum, &stratum.key);
            prop_assert_eq!((selection.panel.len(), selection.reserves.len()), (stratum.places as usize, stratum.reserves as usize));
            let mut drawn: Vec<_> = selection.panel.iter().chain(&selection.reserves).collect();
            for id in &drawn {
                prop_assert!(candidates.iter().any(|candidate| candidate.id == **id && candidate.stratum == stratum.key));
            }
            let count = drawn.len();
            drawn.sort();
            drawn.dedup();
            prop_assert_eq!(drawn.len(), count);
        }
    }
}

#[test]
fn both_programs_agree_on_random_records() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let records: Vec<Record> = (0..150)
        .map(|_| {
            let (candidates, exclusions, strata, earlier, byte) =
                any_draw().new_tree(&mut runner).expect("draw").current();
            record(list(candidates, exclusions, strata).expect("list"), earlier, byte)
        })
        .collect();
    let files: Vec<Vec<u8>> = records.iter().map(|record| record.to_bytes().expect("bytes")).collect();
    for (record, answer) in records.iter().zip(python("random", &files)) {
        assert_eq!(answer, format!("ok {}", record.record_digest));
    }
}
