//! A progress bar on stderr, shown only on a terminal.

use std::ops::ControlFlow;

use indicatif::{ProgressBar, ProgressStyle};
use kleroterion::selection::{Progress, Stage};

use crate::texts::Lang;

/// Draws itself when the library reports progress and clears itself at the end.
pub(crate) struct Bar {
    bar: ProgressBar,
    stage: Option<Stage>,
    lang: Lang,
}

impl Bar {
    pub(crate) fn new(lang: Lang) -> Self {
        Self {
            bar: ProgressBar::no_length(),
            stage: None,
            lang,
        }
    }
}

impl Progress for Bar {
    fn update(&mut self, stage: Stage, done: u64, total: Option<u64>) -> ControlFlow<()> {
        if let Some(total) = total {
            self.bar.set_length(total);
        }
        if self.stage != Some(stage) {
            self.stage = Some(stage);
            let template = if total.is_some() {
                "{msg} {wide_bar} {pos}/{len}"
            } else {
                "{spinner} {msg} {pos}"
            };
            if let Ok(style) = ProgressStyle::with_template(template) {
                self.bar.set_style(style);
            }
            self.bar.set_message(self.lang.stage(stage));
        }
        self.bar.set_position(done);
        ControlFlow::Continue(())
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
