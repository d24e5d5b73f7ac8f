//! Promises that the compiler or a look at the sources can check.

use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};

use crate::small;
use kleroterion::lottery::{self, Composition, Lottery, Sources};
use kleroterion::{
    ErrorKind, Group, Instance, Pool, Problem, Quotas, Ratio, Settled, assembly, audit, ceremony,
    certificate, feasibility, metrics, pool, pool_commitment, privacy, quota, recruitment,
    selection,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

#[cfg(all(feature = "csv", feature = "report"))]
use kleroterion::io;

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.extension() {
            None if path.is_dir() => sources(&path, into),
            Some(extension) if extension == "rs" => into.push(path),
            _ => {}
        }
    }
}

/// Path below `src` and lines of code (comments and doc comments left out) of every source file.
fn code() -> Vec<(String, Vec<String>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let name = path
            .strip_prefix(&root)
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/");
        let is_code = |line: &&str| !line.trim_start().starts_with("//");
        (
            name,
            text.lines().filter(is_code).map(str::to_owned).collect(),
        )
    };
    files.into_iter().map(read).collect()
}

/// Asserts that no line of the files chosen holds any of the words.
fn never(words: &[&str], chosen: impl Fn(&str) -> bool) {
    let files: Vec<_> = code()
        .into_iter()
        .filter(|(name, _)| chosen(name))
        .collect();
    assert!(!files.is_empty(), "no file was looked at");
    for (name, lines) in files {
        for line in lines {
            let found = words.iter().find(|word| line.contains(*word));
            assert!(
                found.is_none(),
                "src/{name} holds {:?}: {line}",
                found.unwrap()
            );
        }
    }
}

fn is_part(name: &str, module: &str) -> bool {
    name == format!("{module}.rs") || name.starts_with(&format!("{module}/"))
}

#[test]
fn an_audit_uses_nothing_that_made_the_lottery() {
    never(&["selection", "kernel"], |name| is_part(name, "audit"));
    // What an audit shares with a draw keeps away from them as well.
    never(&["selection", "kernel"], |name| is_part(name, "lottery"));
    // What replays replacements stays apart from what chooses alternates.
    never(&["selection", "kernel", "reserve::"], |name| {
        is_part(name, "assembly/alternates")
    });
    let ground = [
        "instance",
        "pool",
        "pool_commitment",
        "privacy",
        "quota",
        "group",
        "ratio",
        "certificate",
    ];
    never(&["selection", "kernel"], |name| {
        ground.iter().any(|module| is_part(name, module))
    });
}

#[test]
fn an_audit_has_no_floating_point_and_no_randomness() {
    let parts = ["audit", "lottery", "pool_commitment", "privacy"];
    let shown = |name: &str| parts.iter().any(|part| is_part(name, part));
    never(&["f64", "f32"], |name| {
        shown(name) && !name.ends_with("writer.rs") && !name.ends_with("object.rs")
    });
    never(
        &[
            "HashMap",
            "HashSet",
            "RandomState",
            "SystemTime",
            "Instant",
            "thread_rng",
            "unsafe {",
        ],
        |_| true,
    );
}

fn data<T: Send + Sync + Clone + Debug + Unpin + 'static>() {}

#[test]
fn public_types_can_be_sent_shared_cloned_and_shown() {
    data::<Instance>();
    data::<Group>();
    data::<Ratio>();
    data::<Problem>();
    data::<ErrorKind>();
    data::<Pool>();
    data::<pool::PoolBuilder>();
    data::<pool::Person>();
    data::<Quotas>();
    data::<quota::QuotasBuilder>();
    data::<quota::Quota>();
    data::<certificate::Certificate>();
    data::<certificate::Bound>();
    data::<certificate::Counted>();
    data::<certificate::Counting>();
    data::<certificate::Exclusion>();
    data::<certificate::Finished>();
    data::<certificate::Infeasibility>();
    data::<certificate::Least>();
    data::<certificate::Level>();
    data::<certificate::Measure>();
    data::<certificate::Objective>();
    data::<certificate::Proof>();
    data::<certificate::Rounding>();
    data::<certificate::Sample>();
    data::<certificate::Theory>();
    data::<certificate::Walk>();
    data::<audit::Report>();
    data::<audit::Finding>();
    data::<audit::Claim>();
    data::<audit::Verdict>();
    fn error<T: std::error::Error + Send + Sync + 'static>() {}
    error::<kleroterion::Error>();
}

#[test]
fn selections_and_figures_can_be_sent_shared_cloned_and_shown() {
    data::<selection::Assessment>();
    data::<selection::Basis>();
    data::<selection::Distribution>();
    data::<selection::Gain>();
    data::<selection::Gamma>();
    data::<selection::Measured>();
    data::<selection::RoundingMethod<'static>>();
    data::<selection::Rule>();
    data::<selection::Stage>();
    data::<selection::Work>();
    data::<metrics::Distances>();
    data::<metrics::Intersections>();
    data::<metrics::PairCell>();
    data::<metrics::PairShares>();
    // It lends out whatever watches the work, which may be anything.
    fn shown<T: Debug>() {}
    shown::<selection::Selector<'static>>();
    shown::<pool_commitment::Salts<'static>>();
}

#[test]
fn lotteries_and_draws_can_be_sent_shared_cloned_and_shown() {
    data::<Lottery>();
    data::<Composition>();
    data::<Sources>();
    data::<lottery::Columns>();
    data::<lottery::Commit>();
    data::<lottery::Commitment>();
    data::<lottery::CommittedLottery>();
    data::<lottery::CommittedPool>();
    data::<lottery::CommittedQuota>();
    data::<lottery::Balls>();
    data::<lottery::CommittedPolicy>();
    data::<lottery::Declaration>();
    data::<lottery::Dice>();
    data::<lottery::Digest>();
    data::<lottery::DrandChain>();
    data::<lottery::DrandRound>();
    data::<lottery::Drawing>();
    data::<lottery::Fallback>();
    data::<lottery::ListMethod>();
    data::<lottery::NistPulse>();
    data::<lottery::Predecessor>();
    data::<ceremony::Progress>();
    data::<lottery::Registration>();
    data::<lottery::Software>();
    data::<lottery::Terms>();
    data::<lottery::DirectCommit>();
    data::<lottery::DirectDraw>();
    data::<lottery::DirectDrawn>();
    data::<lottery::DirectLottery>();
    data::<lottery::DirectRule>();
    data::<lottery::DirectTranscript>();
    data::<lottery::Draw>();
    data::<lottery::Drawn>();
    data::<lottery::Evenness>();
    data::<lottery::Form>();
    data::<lottery::Import>();
    data::<lottery::Imported>();
    data::<lottery::Inequality>();
    data::<lottery::LegacyFrequencies>();
    data::<lottery::Order>();
    data::<lottery::Record>();
    data::<lottery::Scalar>();
    data::<lottery::Seed>();
    data::<lottery::StageOne>();
    data::<lottery::Stream>();
    data::<lottery::Transcript>();
}

/// Nobody can copy a state of the ceremony (`compile_fail` examples in its documentation): one commitment, one draw.
#[test]
fn states_of_the_ceremony_can_be_sent_shared_and_shown() {
    fn state<T: Send + Sync + Debug + Unpin + 'static>() {}
    state::<ceremony::Registered>();
    state::<ceremony::PoolCommitted>();
    state::<ceremony::DisputesClosed>();
    state::<ceremony::LotteryCommitted>();
    state::<ceremony::SourcesIn>();
    state::<ceremony::Drawn>();
    state::<ceremony::Published>();
}

#[test]
#[cfg(all(feature = "csv", feature = "report"))]
fn what_is_read_and_written_can_be_sent_shared_cloned_and_shown() {
    fn shown<T: Send + Sync + Debug>() {}
    data::<io::FrameFile>();
    // Of many letters: given on, not copied.
    shown::<io::Mailing>();
    data::<io::Batch>();
    data::<io::Files>();
    data::<io::SeatingFiles>();
    data::<io::VoteRow>();
    data::<io::Table>();
    data::<io::report::Digests<'static>>();
    data::<io::report::DrawOrder>();
    data::<io::report::DrawSummary<'static>>();
    data::<io::report::Language>();
    data::<io::report::LotteryForm>();
    data::<io::report::LotterySummary>();
    data::<io::report::ReportInput<'static>>();
}

#[test]
fn quotas_and_conflicts_can_be_sent_shared_cloned_and_shown() {
    data::<Settled>();
    data::<certificate::Has>();
    data::<certificate::Need>();
    data::<certificate::Reason>();
    data::<certificate::Trait>();
    data::<quota::Apportionment>();
    data::<quota::Award>();
    data::<quota::Exact>();
    data::<quota::FeatureSeats>();
    data::<quota::FeatureShares>();
    data::<quota::Kind>();
    data::<quota::Line>();
    data::<quota::Method>();
    data::<quota::Minimum>();
    data::<quota::Share>();
    data::<quota::Shares>();
    data::<quota::SharesBuilder>();
    data::<quota::Tie>();
    data::<quota::Tolerance>();
    data::<feasibility::Case>();
    data::<feasibility::Goal>();
    data::<feasibility::Households>();
    data::<feasibility::Inclusion>();
    data::<feasibility::Options>();
    data::<feasibility::Outlier>();
    data::<feasibility::QuotaChange>();
    data::<feasibility::Relaxation>();
    data::<feasibility::Suggestions>();
}

#[test]
fn commitments_to_pools_can_be_sent_shared_cloned_and_shown() {
    data::<audit::Published<'static>>();
    data::<pool_commitment::Detection>();
    data::<pool_commitment::Field>();
    data::<pool_commitment::Leaf>();
    data::<pool_commitment::Openings>();
    data::<pool_commitment::PanelOpenings>();
    data::<pool_commitment::Placed>();
    data::<pool_commitment::PoolRoot>();
    data::<pool_commitment::Receipt>();
    data::<pool_commitment::Salt>();
    data::<pool_commitment::SpotCheck>();
    data::<privacy::Anonymity>();
    data::<privacy::CheckDigit>();
    data::<privacy::CprLike>();
    data::<privacy::Pseudonyms>();
    data::<privacy::Screen>();
    data::<privacy::SecretKey>();
}

#[test]
fn invitations_and_members_can_be_sent_shared_cloned_and_shown() {
    fn shown<T: Send + Sync + Debug>() {}
    data::<assembly::Alternates<'static>>();
    data::<audit::DrawnBy<'static>>();
    data::<recruitment::Admission>();
    data::<recruitment::Area>();
    data::<recruitment::Areas>();
    data::<recruitment::Cell>();
    data::<recruitment::CellPlan>();
    data::<recruitment::Design>();
    data::<recruitment::Factor>();
    data::<recruitment::Frame>();
    data::<recruitment::Invitation>();
    data::<recruitment::InvitationRecord>();
    data::<recruitment::Invited>();
    data::<recruitment::Keys>();
    data::<recruitment::Participation>();
    data::<recruitment::Plan>();
    data::<recruitment::Planner>();
    data::<recruitment::Priorities>();
    data::<recruitment::RegisterFile>();
    data::<recruitment::Response>();
    // Holds a register's marks: given on, not copied.
    shown::<recruitment::Sampler>();
    data::<recruitment::Segment>();
    data::<recruitment::SelfSelection>();
    data::<recruitment::Simulation>();
    data::<recruitment::Stages>();
    data::<recruitment::Unit>();
    data::<assembly::BestAlternates>();
    data::<assembly::CellNeed>();
    data::<assembly::Dropout>();
    data::<assembly::DropoutModel>();
    data::<assembly::DropoutSamples>();
    data::<assembly::Loss>();
    data::<assembly::Missed>();
    data::<assembly::Outcome>();
    data::<assembly::OverRecruitment>();
    data::<assembly::PastMember>();
    data::<assembly::Policy>();
    data::<assembly::ReplacementRecord>();
    data::<assembly::Replacements>();
    data::<assembly::Reserves>();
    data::<assembly::RetentionPlan>();
    data::<assembly::Step>();
    data::<assembly::Vacancy>();
    data::<recruitment::Outcome>();
}

#[test]
fn what_follows_the_draw_can_be_sent_shared_cloned_and_shown() {
    use kleroterion::assembly::{attendance, process, roster};
    data::<assembly::Day>();
    data::<assembly::Clock>();
    data::<assembly::Violation>();
    data::<assembly::RoundsBound>();
    data::<assembly::BoundKind>();
    data::<assembly::PairBound>();
    data::<assembly::Round>();
    data::<assembly::SeatRule>();
    data::<assembly::SeatingReport>();
    data::<assembly::Seating>();
    data::<assembly::SeatingBuilder>();
    data::<assembly::SeatingPlan>();
    data::<assembly::PlannedRound>();
    data::<assembly::PlannedTable>();
    data::<assembly::Attendance>();
    data::<assembly::SeatingOptions>();
    data::<roster::RosterRecord>();
    data::<roster::Replacement>();
    data::<roster::Attended>();
    data::<roster::Roster>();
    data::<roster::PersonKey>();
    data::<roster::Event>();
    data::<roster::Dated>();
    data::<roster::Head>();
    data::<roster::Entry>();
    data::<roster::State>();
    data::<roster::Kept>();
    data::<roster::Members>();
    data::<attendance::Meeting>();
    data::<attendance::StratumAttendance>();
    data::<attendance::PublishedAttendance>();
    data::<attendance::QuotaDrift>();
    data::<process::Purpose>();
    data::<process::Event>();
    data::<process::Turn>();
    data::<process::History>();
    data::<process::Log>();
    data::<process::Life>();
    data::<process::Principle>();
    data::<process::Process<process::stage::Commissioned>>();
}

#[test]
fn ballots_can_be_sent_shared_cloned_and_shown() {
    use kleroterion::assembly::ballot;
    data::<ballot::Scale>();
    data::<ballot::Mean>();
    data::<ballot::Scores>();
    data::<ballot::Ranking>();
    data::<ballot::Strata>();
    data::<ballot::PublishedStratum>();
    data::<ballot::Threshold>();
    data::<ballot::Quorum>();
    data::<ballot::TieRule>();
    data::<ballot::Decision>();
    data::<ballot::Minority>();
    data::<ballot::BallotRule>();
    data::<ballot::Denominator>();
    data::<ballot::Turnout>();
    data::<ballot::Question>();
    data::<ballot::Held>();
    data::<ballot::BallotPlan>();
    data::<ballot::Kemeny>();
    data::<ballot::Vote>();
    data::<ballot::YesNo>();
    data::<ballot::Elimination>();
    data::<ballot::Runoff>();
    data::<ballot::RunoffRound>();
    data::<ballot::Approval>();
}

#[test]
fn what_deliberation_changed_can_be_sent_shared_cloned_and_shown() {
    use kleroterion::evidence::{self, opinion, reasoning, simulate, voice};
    data::<evidence::Alternative>();
    data::<evidence::PermutationTest>();
    data::<evidence::Permutations>();
    data::<opinion::Agreement>();
    data::<opinion::Direction>();
    data::<opinion::Paired>();
    data::<opinion::Rankings>();
    data::<opinion::SignedRank>();
    data::<opinion::SinglePeaked>();
    data::<opinion::TableChange>();
    data::<opinion::TableChanges>();
    data::<reasoning::Answers>();
    data::<reasoning::Comparison>();
    data::<reasoning::Exchange>();
    data::<reasoning::Formula>();
    data::<reasoning::Forum>();
    data::<reasoning::GroupIndex>();
    data::<reasoning::Pairwise>();
    data::<reasoning::Part>();
    data::<reasoning::Reasoning>();
    data::<reasoning::Undefined>();
    data::<simulate::Attention>();
    data::<simulate::Course>();
    data::<simulate::Influence>();
    data::<simulate::Member>();
    data::<simulate::Model>();
    data::<simulate::Noise>();
    data::<simulate::Rounds>();
    data::<simulate::Simulation>();
    data::<simulate::Snapshot>();
    data::<voice::GroupVoice>();
    data::<voice::Voice>();
}

fn written<T: Serialize + DeserializeOwned>() {}

/// Whatever is part of a published file is written and read by `serde`.
#[test]
fn what_is_published_can_be_written_and_read() {
    written::<Instance>();
    written::<Ratio>();
    written::<Problem>();
    written::<Pool>();
    written::<pool::Person>();
    written::<Quotas>();
    written::<quota::Quota>();
    written::<selection::Rule>();
    written::<selection::Work>();
    written::<certificate::Certificate>();
    written::<certificate::Infeasibility>();
    written::<Composition>();
    written::<Sources>();
    written::<lottery::Commit>();
    written::<lottery::Commitment>();
    written::<lottery::Digest>();
    written::<lottery::DirectCommit>();
    written::<lottery::DirectDrawn>();
    written::<lottery::DirectRule>();
    written::<lottery::DirectTranscript>();
    written::<lottery::Drawn>();
    written::<lottery::Evenness>();
    written::<lottery::Order>();
    written::<lottery::Record>();
    written::<lottery::Transcript>();
    written::<pool_commitment::Openings>();
    written::<pool_commitment::PanelOpenings>();
    written::<pool_commitment::Receipt>();
    written::<pool_commitment::SpotCheck>();
    // Findings are made, never believed: they are written only.
    fn only_written<T: Serialize>() {}
    only_written::<audit::Report>();
    only_written::<audit::Finding>();
    only_written::<audit::Claim>();
    only_written::<audit::Verdict>();
}

/// The lists above name every public type: `unreachable_pub` keeps the word off all others.
#[test]
fn no_public_type_is_missing_from_the_lists() {
    let own = include_str!("api.rs");
    let (mut seen, mut missing) = (0, Vec::new());
    for (file, lines) in code().iter().filter(|(file, _)| !is_part(file, "kernel")) {
        let declared = lines.iter().filter_map(|line| {
            let rest = line.strip_prefix("pub struct ");
            rest.or_else(|| line.strip_prefix("pub enum "))
        });
        for rest in declared {
            let end = rest.find(|c: char| !c.is_alphanumeric());
            let name = &rest[..end.unwrap_or(rest.len())];
            seen += 1;
            let forms = ["::<", "::"]
                .map(|before| [">", "<"].map(|after| format!("{before}{name}{after}")));
            if !forms.iter().flatten().any(|form| own.contains(form)) {
                missing.push(format!("{name} of src/{file}"));
            }
        }
    }
    assert!(seen > 70, "only {seen} types were found");
    assert!(missing.is_empty(), "not listed: {missing:?}");
}

#[test]
fn no_household_key_leaves_the_pool() {
    let home = "Hidden Lane 7";
    let pool = Pool::builder()
        .housemate("n1", home, [("sex", "f")])
        .housemate("n2", home, [("sex", "m")])
        .housemate("n3", "", [("sex", "m")])
        .build()
        .unwrap();
    let quotas = Quotas::builder()
        .feature("sex")
        .value("f", 1..=1)
        .value("m", 1..=1)
        .build()
        .unwrap();
    let instance = Instance::new(pool, quotas, 2).unwrap();
    let composition = Composition(vec![(0, 0, 1), (1, 0, 1)]);
    let weights = vec![lottery::DENOMINATOR];
    let certificate = small::couples_certificate();
    let lottery =
        Lottery::from_compositions(instance, vec![composition], weights, certificate).unwrap();
    let draw = small::draw(lottery.clone());
    let transcript = draw.transcript();
    let texts = [
        format!(
            "{lottery:?} {draw:?} {transcript:?} {:?}",
            lottery.instance()
        ),
        String::from_utf8(transcript.to_json().unwrap()).unwrap(),
        audit::examine(&transcript, lottery.instance()).to_string(),
    ];
    for text in texts {
        for hidden in [home, "hidden lane 7", "Hidden"] {
            assert!(!text.contains(hidden), "{hidden:?} in {text}");
        }
    }
}
