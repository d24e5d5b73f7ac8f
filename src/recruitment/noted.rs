//! Problems of rows that pass by: the first of each kind, and how many more there were.

use crate::error::Problem;

/// Problems kept of each kind.
const KEPT: u64 = 10;

/// Collects problems without growing with the register.
#[derive(Debug, Default)]
pub(crate) struct Noted {
    /// Codes in the order of their first problem, with the problems kept and the number of all.
    kinds: Vec<(String, Vec<Problem>, u64)>,
}

impl Noted {
    /// Takes in a problem.
    pub(crate) fn note(&mut self, problem: Problem) {
        let at = match self.kinds.iter().position(|k| k.0 == problem.code) {
            Some(at) => at,
            None => {
                self.kinds.push((problem.code.clone(), vec![], 0));
                self.kinds.len() - 1
            }
        };
        let (_, kept, all) = &mut self.kinds[at];
        *all += 1;
        if *all <= KEPT {
            kept.push(problem);
        }
    }

    /// True without any.
    #[cfg(feature = "csv")]
    pub(crate) fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// The problems kept in the order of their rows, then one line per kind for those that were not.
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut more = Vec::new();
        for (code, kept, all) in self.kinds {
            if let (Some(last), true) = (kept.last(), all > KEPT) {
                let rest = all - KEPT;
                let plural = if rest == 1 { "" } else { "s" };
                let found = format!("the same kind of problem in {rest} further row{plural}");
                let rest = Problem::new(&code, found, last.expected.clone());
                more.push(rest.at(last.file.as_deref(), None, None));
            }
            problems.extend(kept);
        }
        problems.sort_by_key(|p| p.row);
        problems.extend(more);
        problems
    }
}
