//! Replacing the typed word by an expansion, in an otherwise equal document of the same length, never raises its score.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use rcp_index::plan::{Leaf, Member, Plan, Text, Unit};

use crate::corpus::{Corpus, doc};
use crate::engine::Engine;
use crate::plans::{any as any_of, body, leaf, phrase, plan, word};
use crate::random::{self, Content, config};

cases! {
    an_expansion_never_scores_more_than_the_typed_word,
}

/// A document to be written twice, and the group of the typed word.
#[derive(Debug)]
struct Case {
    others: Vec<Content>,
    /// Of each place in the text, what stands there.
    places: Vec<Place>,
    /// The expansion is one token, or a phrase of two.
    is_phrase: bool,
    weight: f32,
    in_title: bool,
}

#[derive(Debug, Clone, Copy)]
enum Place {
    /// A word that is not searched for.
    Other,
    /// The typed word in both documents.
    Typed,
    /// The typed word in one, the expansion in the other.
    Replaced,
}

impl Case {
    fn text(&self, is_expanded: bool) -> String {
        let word = |place: &Place| match (place, is_expanded, self.is_phrase) {
            (Place::Other, ..) => "q s",
            (Place::Replaced, true, true) => "expanded here",
            (Place::Replaced, true, false) => "expanded s",
            _ => "typed s",
        };
        self.places.iter().map(word).collect::<Vec<_>>().join(" ")
    }

    /// The group over body and title, and another word.
    fn leaves(&self) -> Vec<Leaf> {
        let expansion = if self.is_phrase { phrase("expanded here", 0) } else { Member::term("expanded") };
        let group = [Member::term("typed"), Member { weight: self.weight, ..expansion }];
        vec![body(&group), leaf(Text::Title, &group), word(1, Text::Body, "q")]
    }

    fn check<E: Engine>(&self) -> Result<(), TestCaseError> {
        let written = |id: &str, is_expanded| {
            let document = doc(id).text(&self.text(is_expanded));
            if self.in_title { document.title(&self.text(is_expanded)) } else { document }
        };
        let others = random::docs(&self.others).into_iter().filter(|document| document.is_in("public"));
        let corpus = Corpus::<E>::new(others.chain([written("typed", false), written("expanded", true)]));
        for (unit, typed, expanded) in
            [(Unit::Documents, "typed", "expanded"), (Unit::Passages, "typed#0", "expanded#0")]
        {
            let plan: Plan = plan(unit, any_of(self.leaves()));
            let (typed, expanded) = (corpus.score(&plan, typed), corpus.score(&plan, expanded));
            prop_assert!(expanded <= typed, "{} {}", expanded, typed);
        }
        Ok(())
    }
}

fn an_expansion_never_scores_more_than_the_typed_word<E: Engine>() {
    let place = prop::sample::select(vec![Place::Other, Place::Typed, Place::Replaced]);
    let text = prop::collection::vec(place, 0..20).prop_map(|mut places| {
        places.push(Place::Replaced);
        places
    });
    let weight = prop::sample::select(vec![1.0, 0.9, 0.4, 0.01]);
    let strategy = (random::contents(3), text, any::<bool>(), weight, any::<bool>())
        .prop_map(|(others, places, is_phrase, weight, in_title)| Case { others, places, is_phrase, weight, in_title });
    let result = TestRunner::new(config(24)).run(&strategy, |case| case.check::<E>());
    result.unwrap_or_else(|error| panic!("{error}"));
}
