//! Replacing the typed words by an expansion, in an otherwise equal document of the same length, never raises its score.
//! That is, by one that does not hold a typed word itself: see `scores::a_token_inside_a_phrase_of_its_group_counts_as_well`.

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

/// The words of a name, of which an expansion takes the first ones.
const NAME: [&str; 3] = ["expanded", "right", "here"];

/// The typed words; there are one or two.
const TYPED: [&str; 2] = ["typed", "words"];

/// A document to be written twice, and the groups of the typed words.
#[derive(Debug)]
struct Case {
    others: Vec<Content>,
    /// Of each place in the text, what stands there.
    places: Vec<Place>,
    /// How many words are typed; the name stands for all of them, and is in the group of each.
    typed: usize,
    /// The name is one token, or a phrase of two or three.
    name: usize,
    weight: f32,
    in_title: bool,
}

#[derive(Debug, Clone, Copy)]
enum Place {
    /// A word that is not searched for.
    Other,
    /// The typed words in both documents.
    Typed,
    /// The typed words in one, the name in the other.
    Replaced,
}

impl Case {
    /// Three tokens for each place, so that both texts are of one length.
    fn text(&self, is_expanded: bool) -> String {
        let words = |place: &Place| match (place, is_expanded) {
            (Place::Other, _) => &["q"][..],
            (Place::Replaced, true) => &NAME[..self.name],
            _ => &TYPED[..self.typed],
        };
        let three = |place| words(place).iter().copied().chain(["s"; 3]).take(3).collect::<Vec<_>>().join(" ");
        self.places.iter().map(three).collect::<Vec<_>>().join(" ")
    }

    /// The groups over body and title, and another word.
    fn leaves(&self) -> Vec<Leaf> {
        let name = Member { weight: self.weight, ..phrase(&NAME[..self.name].join(" "), 0) };
        let groups = TYPED[..self.typed].iter().map(|typed| [Member::term(typed), name.clone()]);
        let leaves = groups.flat_map(|group| [body(&group), leaf(Text::Title, &group)]);
        leaves.chain([word(1, Text::Body, "q")]).collect()
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
    let strategy = (random::contents(3), text, (1..=2_usize, 1..=3_usize), weight, any::<bool>()).prop_map(
        |(others, places, (typed, name), weight, in_title)| Case { others, places, typed, name, weight, in_title },
    );
    let result = TestRunner::new(config(40)).run(&strategy, |case| case.check::<E>());
    result.unwrap_or_else(|error| panic!("{error}"));
}
