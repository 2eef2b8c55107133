//! What was counted so far, in a file that a killed run leaves whole.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use detente_engine::ensemble::Tally;

use crate::cli::files;
use crate::system::reason;
use detente_study::Refusal;
use detente_study::ask::sample::{Keep, differs};
use detente_study::wire::{self, Counts, CountsName, DrawnInfo, Frame, Sums};

/// No larger file is read.
const MOST_BYTES: u64 = 1 << 30;

/// A file with the counts so far.
pub(super) struct Checkpoint<'p>(pub(super) &'p Path);

impl Keep for Checkpoint<'_> {
    fn name(&self) -> String {
        self.0.display().to_string()
    }

    /// The counts in the file, when they are of the same ensemble, seed and settings; `None` when there is no file.
    fn resume(&self, frame: &Frame) -> Result<Option<(Tally, DrawnInfo)>, Refusal> {
        let path = self.0;
        if fs::symlink_metadata(path).is_err_and(|error| error.kind() == ErrorKind::NotFound) {
            return Ok(None);
        }
        let bytes = files::read_regular(path, MOST_BYTES).map_err(|why| broken(path, &why))?;
        let counts: Counts =
            serde_json::from_slice(&bytes).map_err(|error| broken(path, &error.to_string()))?;
        if let Some(what) = differs(&counts.frame, frame) {
            return Err(Refusal::usage_with(
                format!("the checkpoint `{}` is of {what}", path.display()),
                "name another file, or delete this one to begin anew",
            ));
        }
        let tally = counts.tally().map_err(|why| broken(path, &why))?;
        match counts.drawn[..] {
            [drawn] if drawn.from <= drawn.to => Ok(Some((tally, drawn))),
            _ => Err(broken(path, "it does not hold one stretch of draws")),
        }
    }

    /// Writes the counts beside the file, synced, and then gives them its name: a crash leaves the old ones or the new.
    fn keep(&self, frame: &Frame, drawn: DrawnInfo, tally: &Tally) -> Result<(), Refusal> {
        let path = self.0;
        let counts = Counts {
            schema: CountsName::This,
            frame: frame.clone(),
            drawn: vec![drawn],
            sums: Sums::of(tally),
        };
        let wrong = |why: &dyn std::fmt::Display| {
            Refusal::Wrong(format!("the checkpoint `{}` cannot be written: {why}", path.display()))
        };
        let text = wire::text(&counts).map_err(|error| wrong(&error))?;
        let name = path.file_name().ok_or_else(|| wrong(&"it names no file"))?.to_string_lossy();
        let temporary = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
        let done = (|| {
            let mut out = fs::File::create(&temporary)?;
            out.write_all(text.as_bytes())?;
            out.sync_all()?;
            fs::rename(&temporary, path)
        })();
        done.map_err(|error| {
            let _ = fs::remove_file(&temporary);
            wrong(&reason(&error))
        })
    }
}

fn broken(path: &Path, why: &str) -> Refusal {
    Refusal::Wrong(format!("`{}` is not a checkpoint that can be used: {why}", path.display()))
}
