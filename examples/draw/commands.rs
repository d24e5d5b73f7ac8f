//! How the next command is written.

use std::env::consts::EXE_EXTENSION;
use std::path::Path;

use crate::arguments::{Files, Task};

/// How a command names the input.
pub(crate) fn input_flags(task: &Task) -> String {
    let (quotas, pool) = match &task.files {
        Files::Bundled => (
            "examples/data/quotas.csv".to_owned(),
            "examples/data/pool.csv".to_owned(),
        ),
        Files::Own { quotas, pool } => (quotas.display().to_string(), pool.display().to_string()),
    };
    let mut flags = format!("--quotas {} --pool {}", quoted(&quotas), quoted(&pool));
    let lists = [
        ("--seated", &task.settled.seated),
        ("--excluded", &task.settled.excluded),
    ];
    for (flag, list) in lists {
        if let Some(list) = list {
            flags += &format!(" {flag} {}", quoted(&list.display().to_string()));
        }
    }
    flags
}

/// The path of a program that lies beside this one.
pub(crate) fn program(name: &str) -> String {
    let own = std::env::args_os().next().unwrap_or_default();
    quoted(
        &Path::new(&own)
            .with_file_name(name)
            .with_extension(EXE_EXTENSION)
            .display()
            .to_string(),
    )
}

/// As a shell takes it.
pub(crate) fn quoted(path: &str) -> String {
    let plain = path
        .chars()
        .all(|c| c.is_alphanumeric() || "/._-\\:".contains(c));
    if plain {
        path.to_owned()
    } else {
        format!("\"{path}\"")
    }
}
