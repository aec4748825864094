//! [`Scenario`]: a run that is about to be disturbed, with the index before it and after it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use rcp_index::generation::{Step, Steps};
use rcp_indexer::IndexOptions;

use super::place::{Answers, Files, Place, changed, corpus, restricted, withdrawn};

/// A run, with what the index answers before it and after it.
pub(super) struct Scenario {
    pub(super) place: Place,
    pub(super) rebuild: bool,
    pub(super) before: Option<Answers>,
    pub(super) after: Option<Answers>,
    /// Where the run can be disturbed: a step, and the how manieth time it is reached. The first, the middle and the
    /// last time of those that are reached more often.
    pub(super) points: Vec<(Step, usize)>,
}

/// What a run is about to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    FirstBuild,
    Changed,
    Withdrawn,
    Restricted,
    Rebuild,
}

impl Scenario {
    /// A place that is ready for such a run; tried once undisturbed.
    pub(super) fn new(change: Change) -> Scenario {
        let place = Place::new();
        let old = corpus(4);
        place.write(&old);
        if change != Change::FirstBuild {
            place.run();
        }
        let before = place.answers();
        place.keep_index("before");
        let new: Files = match change {
            Change::FirstBuild | Change::Rebuild => old,
            Change::Changed => changed(old),
            Change::Withdrawn => withdrawn(old),
            Change::Restricted => restricted(old),
        };
        place.write(&new);

        let mut scenario =
            Scenario { place, rebuild: change == Change::Rebuild, before, after: None, points: Vec::new() };
        let counts: Arc<Mutex<BTreeMap<Step, usize>>> = Arc::default();
        let count = Arc::clone(&counts);
        let steps = Steps::observed(move |step| {
            *count.lock().unwrap().entry(step).or_default() += 1;
            Ok(())
        });
        scenario.place.run_with(&scenario.options(steps)).unwrap();
        scenario.place.is_tidy();
        scenario.after = scenario.place.answers();
        let counts = std::mem::take(&mut *counts.lock().unwrap());
        scenario.points = counts.into_iter().flat_map(|(step, count)| points(step, count)).collect();
        scenario
    }

    /// What the run is asked for.
    pub(super) fn options(&self, steps: Steps) -> IndexOptions {
        IndexOptions { rebuild: self.rebuild, ..self.place.options(steps) }
    }

    /// Brings back the index as it was before the run.
    pub(super) fn restart(&self) {
        self.place.restore_index("before");
    }

    /// After the run was disturbed just before a step: the old generation answers until `CURRENT` was flipped, the new
    /// one from then on.
    #[track_caller]
    pub(super) fn one_generation_answers(&self, disturbed_at: Step) {
        let expected = if disturbed_at > Step::FlipPointer { &self.after } else { &self.before };
        assert!(self.place.answers() == *expected, "disturbed at {disturbed_at:?}: other answers");
    }

    /// The next run succeeds, answers as if nothing had happened, and leaves nothing behind.
    #[track_caller]
    pub(super) fn the_next_run_heals(&self) {
        self.place.run();
        assert!(self.place.answers() == self.after, "other answers after the next run");
        self.place.is_tidy();
        let (public, all) = self.after.as_ref().unwrap().marked();
        let marked = self.place.marked_files();
        if public == 0 {
            assert!(!marked.iter().any(|file| file.contains("/public/")), "still in {marked:?}");
        }
        assert_eq!(marked.is_empty(), all == 0, "in {marked:?}");
    }
}

fn points(step: Step, count: usize) -> Vec<(Step, usize)> {
    let mut times = vec![1, count.div_ceil(2), count];
    times.dedup();
    times.into_iter().map(|time| (step, time)).collect()
}
