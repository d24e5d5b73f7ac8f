//! The lottery that all tests report on.

use kleroterion::certificate::{Bound, Level, Proof};
use kleroterion::io::report::{
    self, Digests, DrawOrder, DrawSummary, Language, LotteryForm, LotterySummary, ReportInput,
};
use kleroterion::{Certificate, Instance, Pool, Quotas, Ratio};

/// Both of them.
pub(crate) const LANGUAGES: [Language; 2] = [Language::English, Language::Danish];

/// A lottery for a pool of 302: 150 old, 149 young, 3 of another age; two towns with 200 and 102 people.
pub(crate) struct Example {
    pub(crate) instance: Instance,
    pub(crate) probabilities: Vec<Ratio>,
    pub(crate) certificate: Certificate,
    pub(crate) panel: Vec<String>,
    pub(crate) texts: Vec<String>,
}

impl Example {
    pub(crate) fn new() -> Self {
        let quotas = Quotas::builder()
            .feature("town & country")
            .value("<west>", 6..=14)
            .value("east", 6..=14)
            .feature("age")
            .value("old", 9..=9)
            .value("young", 8..=11)
            .value("Secretage", 0..=3);
        let instance =
            Instance::new(pool(), quotas.build().expect("quotas"), 20).expect("instance");
        let probabilities = (0..302)
            .map(|at| {
                if at == 301 {
                    Ratio::new(0, 1)
                } else {
                    chance(at)
                }
            })
            .collect();
        let panel = (0..9)
            .chain(150..160)
            .chain([299])
            .map(|at| format!("id{at:03}"))
            .collect();
        let excluded = vec![];
        let certificate = Certificate {
            rule: "leximin".into(),
            excluded,
            levels: levels(&instance),
            ..Certificate::default()
        };
        Self {
            instance,
            probabilities,
            certificate,
            panel,
            texts: vec!["dice 3-5-4-6".into(), "<script>alert(1)</script>".into()],
        }
    }

    pub(crate) fn html(&self, language: Language) -> String {
        report::html(&self.input(), language)
    }

    pub(crate) fn input(&self) -> ReportInput<'_> {
        ReportInput {
            instance: &self.instance,
            probabilities: &self.probabilities,
            certificate: &self.certificate,
            digests: Digests {
                commitment: "c0ffee",
                lottery: "107",
                pool: "9001",
                certificate: "cef7",
            },
            lottery: LotterySummary {
                form: LotteryForm::Compositions,
                entries: 1234,
                largest_weight: Ratio::new(1, 400),
                effective_number: 900.25,
                denominator: 1_000_000_000_000,
                deviation: None,
            },
            announced: &self.texts[..1],
            draw: Some(DrawSummary {
                ticket: 77_777,
                seed: "5eed",
                panel: &self.panel,
                alternates: 282,
                sources: &self.texts,
                order: DrawOrder::Unproven,
            }),
        }
    }
}

fn pool() -> Pool {
    let mut pool = Pool::builder();
    for at in 0..302 {
        let age = if at < 150 {
            "old"
        } else if at < 299 {
            "young"
        } else {
            "Secretage"
        };
        let town = if at % 3 < 2 { "<west>" } else { "east" };
        pool = pool.person(
            format!("id{at:03}"),
            [
                ("town & country", town),
                ("age", age),
                ("name", "Privatename"),
            ],
        );
    }
    pool.build().expect("pool")
}

fn chance(at: u64) -> Ratio {
    if at < 150 {
        Ratio::new(9, 150)
    } else {
        Ratio::new(11, 151)
    }
}

/// Level one: the old; its proof leans on their maximum. Then one level of everybody young, and one of the few others.
fn levels(instance: &Instance) -> Vec<Level> {
    let quota = |value: &str| {
        instance
            .quotas()
            .iter()
            .position(|q| q.value == value)
            .expect("quota") as u32
    };
    let bound = |value: &str| {
        Proof::Bound(Bound {
            size: 0,
            quotas: vec![(quota(value), 1)],
            households: vec![],
            scale: 1,
            weights: None,
        })
    };
    let fixed = |value: &str| {
        let holds = |g: &&kleroterion::Group| g.profiles()[0].contains(&quota(value));
        let groups = instance.groups();
        (0u32..)
            .zip(groups)
            .filter(|(_, g)| holds(g))
            .map(|(at, _)| (at, 0))
            .collect::<Vec<_>>()
    };
    let level = |value: u64, name: &str| Level {
        value,
        bound: value,
        fixed: fixed(name),
        proof: bound(name),
    };
    vec![
        level(60_000_000_000, "old"),
        level(62_000_000_000, "young"),
        level(63_000_000_000, "Secretage"),
    ]
}

/// Visible text: no tags, no style sheet, entities read.
pub(crate) fn plain(html: &str) -> String {
    let body = html.split_once("</style>").expect("style").1;
    let mut text = String::new();
    let mut inside = false;
    for letter in body.chars() {
        match letter {
            '<' => {
                inside = true;
                text.push(' ');
            }
            '>' => inside = false,
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
        .replace('\u{a0}', " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same for a piece of the page.
pub(crate) fn plain_piece(piece: &str) -> String {
    plain(&format!("</style>{piece}"))
}
