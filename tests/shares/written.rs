//! The written quotas and their arithmetic.

use kleroterion::quota::{Method, Minimum};
use kleroterion::{Instance, Pool, io};

const FIGURES: &str = "feature,value,share\nsex,\"woman, any\",0.5\nsex,=man,0.5\nage × sex,old × =man,0.3\nage × sex,rest,0.7\n";

/// What the standard tool takes: these four headers and no others, digits only.
fn standard_tool_takes(csv: &[u8]) -> bool {
    let mut reader = csv::Reader::from_reader(csv);
    let header = reader
        .headers()
        .unwrap()
        .iter()
        .eq(["feature", "value", "min", "max"]);
    header
        && reader.records().all(|row| {
            row.unwrap()
                .iter()
                .skip(2)
                .all(|cell| cell.parse::<u32>().is_ok())
        })
}

#[test]
fn quotas_come_back_as_they_were_written() {
    let shares = io::shares("s.csv", FIGURES).unwrap();
    for method in ["hamilton", "sainte-lague", "adams", "range", "tolerance:1"] {
        let quotas = shares
            .apportion(11, method.parse().unwrap(), &[])
            .unwrap()
            .into_quotas();
        let written = io::quotas_csv(&quotas).unwrap();
        assert!(standard_tool_takes(&written));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("q.csv");
        io::write_atomically(&path, &written).unwrap();
        let read = io::read_quotas(&path).unwrap();
        let plain = |q: &kleroterion::Quota| (q.feature.clone(), q.value.clone(), q.min, q.max);
        assert!(
            read.iter().map(plain).eq(quotas.iter().map(plain)),
            "{method}"
        );
    }
    assert!(!standard_tool_takes(
        b"feature,value,min,max,note\nf,a,1,1,x\n"
    ));
}

#[test]
fn the_arithmetic_is_shown() {
    let shares = io::shares("s.csv", FIGURES).unwrap();
    let minimum = [Minimum::new("age × sex", "old × =man", 4)];
    let csv = |method: &str| {
        let found = shares
            .apportion(11, method.parse().unwrap(), &minimum)
            .unwrap();
        String::from_utf8(io::arithmetic_csv(&found).unwrap()).unwrap()
    };
    let header =
        "feature,value,figure,of,exact seats,as fraction,protected minimum,min,max,arithmetic\n";
    let rule = "by the rule: more people first, then the name that sorts first";
    assert_eq!(
        csv("hamilton"),
        format!(
            "{header}sex,\"woman, any\",0.5,10,5.5,5 + 5/10,,5,5,\"5.5 rounded down; tie with =man for the last seat, lost {rule}\"\n\
             sex,'=man,0.5,10,5.5,5 + 5/10,,6,6,\"5.5 rounded down, and one seat more for the remainder; tie with woman, any for the last seat, won {rule}\"\n\
             age × sex,old × =man,0.3,10,3.3,3 + 3/10,4,4,4,protected minimum 4 is above the share\n\
             age × sex,rest,0.7,10,7.7,7 + 7/10,,7,7,7 rounded down; protected minimums were set aside first\n"
        )
    );
    assert!(
        csv("adams").contains(
            "age × sex,rest,0.7,10,7.7,7 + 7/10,,7,7,\"7 by quotient, the last at 7/6; one more would be at 7/7\"\n"
        ),
        "{}",
        csv("adams")
    );
    assert!(
        csv("sainte-lague").contains(
            "\"starts with 4, none by quotient; one more would be at 3/9; protected minimum 4\"\n"
        ),
        "{}",
        csv("sainte-lague")
    );
    assert!(csv("range").contains("age × sex,rest,0.7,10,7.7,7 + 7/10,,7,7,7 rounded down and up; protected minimums were set aside first\n"));
    assert!(
        csv("tolerance:5%").contains("5.5 less 5% rounded down, plus 5% rounded up"),
        "{}",
        csv("tolerance:5%")
    );
}

/// Quotas from figures are quotas like any: a panel meets them.
#[test]
fn a_panel_can_be_drawn_by_them() {
    let shares = io::shares("s.csv", "feature,value,count\nsex,woman,6\nsex,man,4\n").unwrap();
    let quotas = shares
        .apportion(5, Method::Hamilton, &[])
        .unwrap()
        .into_quotas();
    let person = |i: usize| {
        (
            format!("p{i}"),
            if i.is_multiple_of(2) { "woman" } else { "man" },
        )
    };
    let pool = (0..10)
        .map(person)
        .fold(Pool::builder(), |pool, (id, sex)| {
            pool.person(id, [("sex", sex)])
        });
    let instance = Instance::new(pool.build().unwrap(), quotas, 5).unwrap();
    assert_eq!(instance.quotas().len(), 2);
}
