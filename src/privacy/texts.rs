//! The texts of a canonical JSON file, and where they stand.

use std::fmt::Write;

use super::civil_number::CprLike;

/// Where a text stands: keys and positions from the outside in.
enum Step {
    Key(String),
    At(usize),
}

/// Calls back with the place of every text and key, such as `draw.panel[3]`. Bytes that are no JSON end the walk early.
pub(super) fn each(bytes: &[u8], mut found: impl FnMut(&dyn Fn() -> String, &str)) {
    let mut walk = Walk {
        rest: bytes,
        steps: Vec::new(),
    };
    while let Some((kind, text)) = walk.next() {
        let is_public = kind == Kind::Value && is_public_by_nature(&walk.steps);
        if !is_public {
            found(&|| place(&walk.steps), &text);
        }
        if kind == Kind::Key {
            walk.enter(text);
        }
    }
}

/// Public values of chance, which nobody can choose again, and numbers too large for JSON.
fn is_public_by_nature(steps: &[Step]) -> bool {
    match steps {
        [.., Step::Key(key), Step::At(_)] => {
            matches!(key.as_str(), "sources" | "stage_one" | "labels")
        }
        [.., Step::Key(outer), Step::Key(key)] => {
            outer == "counted" && matches!(key.as_str(), "panels" | "compositions")
        }
        _ => false,
    }
}

fn place(steps: &[Step]) -> String {
    let mut text = String::new();
    for step in steps {
        let written = match step {
            Step::At(at) => write!(text, "[{at}]"),
            Step::Key(key) if key.is_empty() => Ok(()),
            Step::Key(key) => {
                let dot = if text.is_empty() { "" } else { "." };
                let is_safe = CprLike::in_text(key).is_none();
                write!(text, "{dot}{}", if is_safe { key } else { "*" })
            }
        };
        written.expect("text grows");
    }
    text
}

#[derive(PartialEq)]
enum Kind {
    Key,
    Value,
}

/// Reads token by token. Inside an object the last step is the key whose value comes, or `""`; inside an array it is a position.
struct Walk<'a> {
    rest: &'a [u8],
    steps: Vec<Step>,
}

impl Walk<'_> {
    /// The next text.
    fn next(&mut self) -> Option<(Kind, String)> {
        loop {
            let (&byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            match byte {
                b'"' => {
                    let text = self.text()?;
                    let kind = match self.rest.first() {
                        Some(b':') => Kind::Key,
                        _ => Kind::Value,
                    };
                    return Some((kind, text));
                }
                b'{' => self.steps.push(Step::Key(String::new())),
                b'[' => self.steps.push(Step::At(0)),
                b'}' | b']' => drop(self.steps.pop()),
                b',' => match self.steps.last_mut() {
                    Some(Step::At(at)) => *at += 1,
                    Some(Step::Key(key)) => key.clear(),
                    None => {}
                },
                _ => {}
            }
        }
    }

    /// The value of this key comes next.
    fn enter(&mut self, key: String) {
        if let Some(last) = self.steps.last_mut() {
            *last = Step::Key(key);
        }
    }

    /// The rest of a text whose quotation mark was read.
    fn text(&mut self) -> Option<String> {
        let mut bytes = Vec::new();
        loop {
            let (&byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            match byte {
                b'"' => return String::from_utf8(bytes).ok(),
                b'\\' => {
                    let (&escape, rest) = self.rest.split_first()?;
                    self.rest = rest;
                    match escape {
                        // Control characters are white space here or nothing that matters.
                        b'u' => {
                            self.rest = self.rest.get(4..)?;
                            bytes.push(b'\n');
                        }
                        b'b' | b't' | b'n' | b'f' | b'r' => bytes.push(b'\n'),
                        other => bytes.push(other),
                    }
                }
                other => bytes.push(other),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::each;

    fn texts(json: &str) -> Vec<String> {
        let mut all = Vec::new();
        each(json.as_bytes(), |place, text| {
            all.push(format!("{}={text}", place()));
        });
        all
    }

    #[test]
    fn every_text_has_a_place() {
        let json = r#"{"a":["x",["y",{"b":"z\"\\\n"}],1],"c":{"d":"é","e":12}}"#;
        let expected = [
            "=a",
            "a[0]=x",
            "a[1][0]=y",
            "a[1][1]=b",
            "a[1][1].b=z\"\\\n",
            "=c",
            "c=d",
            "c.d=é",
            "c=e",
        ];
        assert_eq!(texts(json), expected);
        assert_eq!(texts("\"x\""), ["=x"]);
        assert_eq!(texts("[1,2"), [""; 0]);
    }

    #[test]
    fn public_values_and_counts_are_left_alone() {
        let json = r#"{"counted":{"panels":"1","method":"m"},"sources":["s",{"text":"t"}],"stage_one":["u"]}"#;
        let shown = texts(json);
        for hidden in ["=1", "=s", "=u"] {
            assert!(
                shown.iter().all(|text| !text.ends_with(hidden)),
                "{shown:?}"
            );
        }
        for seen in ["counted.method=m", "sources[1].text=t"] {
            assert!(shown.iter().any(|text| text == seen), "{shown:?}");
        }
    }

    #[test]
    fn a_key_that_looks_like_a_number_is_not_repeated() {
        assert_eq!(texts(r#"{"010170-1234":"x"}"#)[1], "*=x");
    }
}
