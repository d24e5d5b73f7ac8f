//! The file of answers, and the program that computes indices from it.

use kleroterion::evidence::reasoning::Formula;
use kleroterion::io;

#[path = "../programs/desk.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod desk;

use desk::Desk;

/// Four people before; after, the second has come round to the first.
const FOUR: &str = "\
study,case,stage_id,pnum,C1,C2,C3,C4,C5,P1,P2,P3
x,\"Town, old\",1,1,1,2,3,4,NA,1,2,3
x,\"Town, old\",1,2,2,3,2,3,NA,2,3,1
x,\"Town, old\",1,3,3,4,4,3,NA,3,1,2
x,\"Town, old\",1,4,4,3,2,1,NA,3,2,1
x,\"Town, old\",2,4,4,3,2,1,NA,3,2,1
x,\"Town, old\",2,2,1,2,3,4,NA,1,2,3
x,\"Town, old\",2,1,1,2,3,4,NA,1,2,3
x,\"Town, old\",2,3,3,4,4,3,NA,3,1,2
";

#[test]
fn answers_are_read_by_case_and_time() {
    let forums = io::forums("four.csv", FOUR).unwrap();
    assert_eq!(
        format!("{forums:?}"),
        "[Forum(\"Town, old\", 4 before, 4 after)]"
    );
    assert_eq!(forums[0].before[1].considerations, [2.0, 3.0, 2.0, 3.0]);
    let compared = forums[0].compare().unwrap();
    let index = compared.before().index(Formula::Original);
    assert!((index + 0.131_475_730_3).abs() < 5e-11);
    assert_eq!(compared.after().people(), ["1", "2", "3", "4"]);
    // With semicolons, decimal commas and other capitals it is the same file.
    let other = FOUR
        .replace("\"Town, old\"", "Town")
        .replace(',', ";")
        .replace(";4;NA", ";4,0;na");
    let other = other.replace("case", "Case").replace("C1", "c1");
    let forums = io::forums("four.csv", other).unwrap();
    assert_eq!(
        forums[0]
            .compare()
            .unwrap()
            .before()
            .index(Formula::Original),
        index
    );
}

#[test]
fn every_problem_of_a_file_is_told() {
    let rows = "case,stage_id,pnum,C1,C2,P1,P2\n\
                A,1,a,1,2,1,2\n\
                A,1,b,3,3,1,2\n\
                A,1,a,1,2,1,2\n\
                A,3,c,1,x,1,2\n\
                A,2,a,1,2,,2\n\
                A,2,b,1,2,1\n\
                A,2,d,1,2,1,2\n\
                ,1,,1,2,1,2\n\
                B,1,a,1,2,NA,NA\n";
    let error = io::forums("f.csv", rows).unwrap_err().to_string();
    let expected = "\
E-DRI-CONSTANT f.csv row 3, column \"C1…C2\": found considerations of person \"b\" all equal, expected at least two different answers; without them the index is not defined
E-DRI-PAIR f.csv row 3: found person \"b\" only before, expected answers before and after deliberation
E-DRI-TWICE f.csv row 4: found person \"a\" again, as in row 2, expected one row before deliberation
E-FORUM-NUMBER f.csv row 5, column \"C2\": found \"x\", expected a number, or NA where nobody was asked
E-FORUM-STAGE f.csv row 5, column \"stage_id\": found \"3\", expected 1 for before, 2 for after
E-FORUM-MISSING f.csv row 6, column \"P1\": found no answer, expected an answer, as others of this case gave one
E-ROW-SHORT f.csv row 7: found 6 cells, expected 7, as in the header
E-DRI-PAIR f.csv row 8: found person \"d\" only after, expected answers before and after deliberation
E-FORUM-CASE f.csv row 9, column \"case\": found nothing, expected a name or a code
E-FORUM-PERSON f.csv row 9, column \"pnum\": found nothing, expected a name or a code
E-DRI-PAIR f.csv row 10: found person \"a\" only before, expected answers before and after deliberation
E-DRI-PEOPLE f.csv row 10: found one person in case \"B\", expected at least two people
E-FORUM-ASKED f.csv row 10: found no options that case \"B\" was asked about, expected at least two";
    let mut sorted: Vec<&str> = error.lines().collect();
    let mut wanted: Vec<&str> = expected.lines().collect();
    sorted.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(sorted, wanted);
}

#[test]
fn columns_are_asked_for_together() {
    let error = io::forums("f.csv", "pnum,P1,P1,x\n1,1,2,3\n")
        .unwrap_err()
        .to_string();
    let codes: Vec<&str> = error
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    let missing = "E-COLUMN-MISSING";
    assert_eq!(
        codes,
        [missing, missing, missing, "E-COLUMN-TWICE"],
        "{error}"
    );
}

#[test]
fn the_program_prints_a_table_and_nothing_else() {
    let desk = Desk::empty();
    desk.put("four.csv", FOUR);
    let run = desk
        .run("dri", &["--data", "four.csv", "--permutations", "99"])
        .exits(0);
    let lines: Vec<String> = run.out().lines().map(str::to_owned).collect();
    assert_eq!(
        lines[0],
        "case,n,dri_pre,dri_post,adjusted_pre,adjusted_post,p"
    );
    assert!(
        lines[1].starts_with("\"Town, old\",4,-0.1314757303,"),
        "{}",
        lines[1]
    );
    assert_eq!(lines.len(), 2);
    let cells: Vec<&str> = lines[1].rsplitn(7, ',').collect();
    assert!(
        cells[..5]
            .iter()
            .all(|cell| cell.split('.').nth(1).unwrap().len() == 10)
    );
    // Without arguments: made-up forums, one of which gained a lot.
    let first = desk.run("dri", &[]).exits(0).out();
    assert_eq!(first, desk.run("dri", &[]).exits(0).out());
    let p: Vec<f64> = first
        .lines()
        .skip(1)
        .map(|l| l.rsplit(',').next().unwrap().parse().unwrap())
        .collect();
    assert!(p.len() == 2 && p[0] < 0.01 && p[1] > 0.05, "{first}");
}

#[test]
fn the_program_tells_problems_and_stops() {
    let desk = Desk::empty();
    desk.put("bad.csv", &FOUR.replace(",3,1,2\n", ",2,2,2\n"));
    let run = desk.run("dri", &["--data", "bad.csv"]).exits(2);
    assert_eq!(run.out(), "");
    assert_eq!(
        run.err().matches("E-DRI-CONSTANT bad.csv row").count(),
        2,
        "{}",
        run.err()
    );
    desk.run("dri", &["--data", "none.csv"]).exits(2);
}
