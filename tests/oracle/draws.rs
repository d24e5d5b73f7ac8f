//! Draws happen as often as the chances say, tickets by ticket and person by person.

use kleroterion::lottery::Sources;
use kleroterion::{Instance, Lottery, Pool, Quotas, Rule};

use crate::check::frequency::check_frequencies;

/// Twelve people, some in households, one couple of equals.
fn instance() -> Instance {
    let pool = Pool::builder()
        .person("a", [("sex", "w"), ("age", "young")])
        .person("b", [("sex", "w"), ("age", "old")])
        .person("c", [("sex", "m"), ("age", "old")])
        .person("d", [("sex", "m"), ("age", "old")])
        .person("e", [("sex", "m"), ("age", "old")])
        .person("f", [("sex", "w"), ("age", "old")])
        .housemate("g", "1", [("sex", "w"), ("age", "young")])
        .housemate("h", "1", [("sex", "m"), ("age", "old")])
        .housemate("i", "2", [("sex", "w"), ("age", "young")])
        .housemate("j", "2", [("sex", "m"), ("age", "old")])
        .housemate("k", "3", [("sex", "m"), ("age", "young")])
        .housemate("l", "3", [("sex", "m"), ("age", "young")]);
    let quotas = Quotas::builder()
        .feature("sex")
        .value("w", 2..=2)
        .value("m", 2..=2)
        .feature("age")
        .value("young", 1..=2)
        .value("old", 2..=3);
    let (pool, quotas) = (pool.build().expect("sound"), quotas.build().expect("sound"));
    Instance::new(pool, quotas, 4).expect("sound")
}

fn drawn_as_promised(lottery: &Lottery, draws: u64) {
    let chances = lottery.probabilities();
    let ids: Vec<String> = chances.iter().map(|(id, _)| (*id).to_owned()).collect();
    let seats: Vec<f64> = chances.iter().map(|(_, chance)| chance.to_f64()).collect();
    // the first alternate is a fair choice among those not drawn, so everybody can be it
    let mut first = vec![0_u32; ids.len()];
    let verdict = check_frequencies(&seats, draws, |i| {
        let sources = Sources::new([format!("throw {i}")]).expect("a text");
        let draw = lottery.draw(&sources).expect("a draw");
        let place = |id: &String| ids.binary_search(id).expect("somebody of the pool");
        first[place(&draw.alternates()[0])] += 1;
        draw.panel().iter().map(place).collect()
    });
    assert_eq!(verdict, Ok(()));
    assert!(first.iter().all(|&times| times > 0), "{first:?}");
}

#[test]
fn compositions_are_drawn_as_often_as_promised() {
    let distribution = Rule::Leximin.distribution(&instance()).expect("feasible");
    drawn_as_promised(&distribution.into_lottery(), 20_000);
}

#[test]
fn panel_lists_are_drawn_as_often_as_promised() {
    let distribution = Rule::Leximin.distribution(&instance()).expect("feasible");
    drawn_as_promised(&distribution.panel_list(100).expect("tickets"), 20_000);
}
