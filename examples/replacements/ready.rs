//! Which six alternates to keep ready, beside the first six in drawn order.

use kleroterion::Error;
use kleroterion::assembly::{DropoutModel, DropoutSamples, Loss};
use kleroterion::lottery::{Digest, Stream};

use crate::input::Input;

const READY: usize = 6;
/// Samples of dropouts by which the alternates are chosen, and by which they are judged.
const SAMPLES: u32 = 300;
const FRESH: u32 = 1000;

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
    let fresh = DropoutSamples::draw(&alternates, &model, FRESH, &mut stream)?;
    let best = seen.best(READY, Loss::L1)?;
    let first: Vec<String> = input.first_alternates(READY).to_vec();
    println!(
        "\nIf only {READY} alternates are kept ready, and each member leaves with a chance of {chance}:"
    );
    let score = |ids: &[String]| {
        let (fresh, seen) = (
            fresh.expected_loss(ids, Loss::L1)?,
            seen.expected_loss(ids, Loss::L1)?,
        );
        Ok::<_, Error>((fresh, seen))
    };
    let (of_first, of_best) = (score(&first)?, score(&best.ids)?);
    for (name, (fresh, seen), ids) in [
        ("first drawn", of_first, &first),
        ("best found", of_best, &best.ids),
    ] {
        let ids = ids.join(" ");
        println!("{name:<12}  expected loss {fresh:.3}  ({seen:.3} where chosen)  {ids}");
    }
    println!(
        "The loss adds up, over all values, the seats too few or too many as a share of the value's maximum, with the best of the alternates seated and the household rule kept.\n\
         It is the mean over {FRESH} fresh samples of dropouts; in brackets over the {SAMPLES} samples by which the best found were chosen."
    );
    if best.is_proven() {
        println!("On those {SAMPLES} no set of at most {READY} does better.");
    } else {
        println!(
            "On those {SAMPLES} no set of at most {READY} has less than {:.3}; whether any has less than {:.3} is not known.",
            best.bound, best.loss
        );
    }
    if of_best.0 > of_first.0 {
        println!(
            "On the fresh samples the first drawn do better: what is best on some samples need not be on others."
        );
    }
    Ok(())
}
