//! A receipt in words.

use kleroterion::audit::Report;
use kleroterion::pool_commitment::{Field, Receipt};

/// What is in it, what was checked, and what that means.
pub(crate) fn print(receipt: &Receipt, report: &Report) {
    let person = &receipt.person;
    println!(
        "Receipt of {}, number {} of {} people\n",
        person.id,
        person.index.saturating_add(1),
        receipt.pool.size
    );
    println!("What was committed about this person:");
    for field in &person.fields {
        println!("  {:<20} {}", name(field), value(field));
    }
    println!("\n{report}\n");
    println!("{}", meaning(receipt, report));
}

fn name(field: &Field) -> &str {
    match field.name() {
        "" => "shares a home",
        name => name,
    }
}

fn value(field: &Field) -> String {
    match (field.name(), field.value()) {
        (_, None) => "(not shown)".to_owned(),
        ("", Some("")) => "no".to_owned(),
        ("", Some(first)) => format!("yes, the home of {first}"),
        (_, Some("")) => "(nothing)".to_owned(),
        (_, Some(value)) => value.to_owned(),
    }
}

fn meaning(receipt: &Receipt, report: &Report) -> String {
    if !report.holds() {
        return "This receipt does NOT hold. Either the file is not the one you were sent, or it belongs to another draw, or you are not in the pool in this form.\n\
                Send it with the lines above to the organisers and, if they cannot explain it, to whoever watches over the draw."
            .to_owned();
    }
    let root = receipt.pool.merkle_root;
    let closed = receipt.person.fields.iter().filter(|f| f.value().is_none());
    let values = match closed.count() {
        0 => "exactly these values",
        _ => "the values that are shown; of those not shown nothing can be said",
    };
    format!(
        "This receipt holds: the published pool has a place for this id with {values}, and nobody can change them any more.\n\
         Two things only you can see. Are these your values? And is the commit.json you used the one that everybody sees (its root begins with {})?\n\
         Keep the file: together with the published files it is your evidence. Show it to nobody you would not show your values to.",
        &root.to_string()[..8]
    )
}
