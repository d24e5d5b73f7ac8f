//! Which six alternates to keep ready, beside the first six in drawn order.

use kleroterion::Error;
use kleroterion::assembly::{DropoutModel, DropoutSamples, Loss};
use kleroterion::lottery::{Digest, Stream};

use crate::input::Input;

const READY: usize = 6;
const SAMPLES: u32 = 300;

/// The comparison, on dropouts sampled from the record itself: the same transcript gives the same list.
pub(crate) fn print(input: &Input, chance: f64) -> Result<(), Error> {
    let alternates = input.drawn_by().alternates_of(&input.instance)?;
    let model = DropoutModel::constant(chance)?;
    let key = |purpose: &str| {
        let digest = input.digest()?;
        Ok::<_, Error>(Digest::of(purpose, &[digest.as_bytes()]).0)
    };
    let mut stream = Stream::from_key(key("replacements example: chosen by")?);
    let seen = DropoutSamples::draw(&alternates, &model, SAMPLES, &mut stream)?;
    let mut stream = Stream::from_key(key("replacements example: judged by")?);
    let fresh = DropoutSamples::draw(&alternates, &model, 1000, &mut stream)?;
    let best = seen.best(READY, Loss::L1)?;
    let first: Vec<String> = input.first_alternates(READY).to_vec();
    println!(
        "\nIf only {READY} alternates are kept ready, and each member leaves with a chance of {chance}:"
    );
    for (name, ids) in [("first drawn", &first), ("best found", &best.ids)] {
        let loss = fresh.expected_loss(ids, Loss::L1)?;
        println!("{name:<12}  expected loss {loss:.3}  {}", ids.join(" "));
    }
    println!(
        "The loss adds up, over all values, the seats too few or too many as a share of the value's maximum; judged by 1000 fresh samples."
    );
    if !best.is_proven() {
        println!(
            "On the {SAMPLES} samples it was chosen by, the set found has the loss {:.3}; no set has less than {:.3}.",
            best.loss, best.bound
        );
    }
    Ok(())
}
