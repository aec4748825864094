//! [`Highlighter`]: the words and phrases of a query, ready to be found in tokens.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use rcp_corpus::analysis::{Analyzer, Token};
use rcp_corpus::model::Language;
use rcp_index::plan::{Form, Phrase, Slot};

use super::Mark;
use super::merge::{Found, marks};

/// The words and phrases that a query marks. Built once a request, used for every passage of the answer.
#[derive(Debug, Default)]
pub struct Highlighter {
    stem: Wanted,
    exact: Wanted,
    /// First letters of the stems that matter.
    initials: BTreeSet<char>,
}

/// What is looked for in one form of the text.
#[derive(Debug, Default)]
struct Wanted {
    /// Words by token: as typed, and of expansions.
    tokens: HashMap<String, Vec<Origin>>,
    phrases: Vec<(Phrase, Origin)>,
    /// Phrases by the tokens that they can begin with.
    phrases_by_first: HashMap<String, Vec<usize>>,
}

/// Where a word or phrase comes from.
#[derive(Debug, Clone, Copy)]
struct Origin {
    /// See [`Mark::words`].
    words: u64,
    expanded: bool,
}

impl Highlighter {
    /// Adds a token or phrase of a group that scores, with the bits of the typed words that it stands for;
    /// `expanded`: an expansion brought it. Those under a NOT are the caller's to leave out.
    pub fn add(&mut self, form: Form, phrase: &Phrase, words: u64, expanded: bool) {
        let wanted = match form {
            Form::Stem => &mut self.stem,
            Form::Exact => &mut self.exact,
        };
        wanted.add(phrase, Origin { words, expanded });
        if form == Form::Stem || expanded {
            let tokens = phrase.slots.iter().flat_map(|slot| &slot.tokens);
            self.initials.extend(tokens.filter_map(|token| token.chars().next()));
        }
    }

    /// The marks of a text: in order, apart from each other. The words of a phrase, with the stop words that it skips,
    /// are one mark; where `slop` lets other words in between, each part is a mark of its own.
    #[must_use]
    pub fn mark(&self, text: &str, language: Language, analyzer: &Analyzer) -> Vec<Mark> {
        let tokens = analyzer.analyze_for(text, language, &self.initials);
        let mut found: Vec<Found> = Vec::new();
        for start in 0..tokens.len() {
            self.stem.find(&tokens, start, |token| token.stem.as_deref(), &mut found);
            self.exact.find(&tokens, start, |token| Some(token.exact.as_str()), &mut found);
        }
        marks(&tokens, found)
    }
}

impl Wanted {
    fn add(&mut self, phrase: &Phrase, origin: Origin) {
        let Some(first) = phrase.slots.first() else { return };
        if phrase.slots.len() == 1 {
            for token in &first.tokens {
                let origins = self.tokens.entry(token.clone()).or_default();
                match origins.iter_mut().find(|known| known.expanded == origin.expanded) {
                    Some(known) => known.words |= origin.words,
                    None => origins.push(origin),
                }
            }
            return;
        }
        for token in &first.tokens {
            self.phrases_by_first.entry(token.clone()).or_default().push(self.phrases.len());
        }
        self.phrases.push((phrase.clone(), origin));
    }

    /// Adds the positions of the word and the phrases that begin at `start`.
    fn find<'t>(
        &self,
        tokens: &'t [Token],
        start: usize,
        form: impl Fn(&'t Token) -> Option<&'t str>,
        found: &mut Vec<Found>,
    ) {
        let Some(token) = form(&tokens[start]) else { return };
        let mut push = |positions, Origin { words, expanded }| found.push(Found { positions, words, expanded });
        for &origin in self.tokens.get(token).into_iter().flatten() {
            push(start..start + 1, origin);
        }
        for &index in self.phrases_by_first.get(token).into_iter().flatten() {
            let (phrase, origin) = &self.phrases[index];
            for part in phrase_at(phrase, tokens, start, &form).unwrap_or_default() {
                push(part, *origin);
            }
        }
    }
}

/// The positions of a phrase whose first token stands at `start`, in unbroken parts.
///
/// Each slot takes the first place that it can: an earlier place never makes the rest impossible, so the phrase
/// found is the shortest that begins here.
fn phrase_at<'t>(
    phrase: &Phrase,
    tokens: &'t [Token],
    start: usize,
    form: &impl Fn(&'t Token) -> Option<&'t str>,
) -> Option<Vec<Range<usize>>> {
    let holds = |slot: &Slot, at: usize| {
        let token = form(tokens.get(at)?)?;
        slot.tokens.iter().any(|wanted| wanted == token).then_some(at)
    };
    let mut parts: Vec<Range<usize>> = Vec::with_capacity(1);
    parts.push(start..start + 1);
    let mut at = start;
    let mut slop_left = phrase.slop as usize;
    for pair in phrase.slots.windows(2) {
        let [previous, slot] = pair else { continue };
        let earliest = at + slot.offset.saturating_sub(previous.offset).max(1) as usize;
        at = (earliest..=earliest.saturating_add(slop_left))
            .take_while(|&at| at < tokens.len())
            .find_map(|at| holds(slot, at))?;
        slop_left -= at - earliest;
        match parts.last_mut() {
            Some(part) if at == earliest => part.end = at + 1,
            _ => parts.push(at..at + 1),
        }
    }
    Some(parts)
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use rcp_corpus::analysis::AnalysisSettings;

    use super::*;

    fn analyzer() -> Analyzer {
        let stop_words = [(Language::En, ["of", "the", "in"].map(str::to_owned).into())].into();
        Analyzer::new(&AnalysisSettings { stop_words, ..AnalysisSettings::default() })
    }

    /// Adds what is written as `stem:a|b`, `exact:a _ b~2`: slots by spaces, a gap for `_`, alternatives by `|`. An
    /// expansion has a plus in front.
    fn add(highlighter: &mut Highlighter, written: &str) {
        let (form, phrase) = written.split_once(':').unwrap();
        let (phrase, slop) =
            phrase.split_once('~').map_or((phrase, 0), |(phrase, slop)| (phrase, slop.parse().unwrap()));
        let slots = (0..).zip(phrase.split(' ')).filter(|(_, slot)| *slot != "_");
        let slots =
            slots.map(|(offset, slot)| Slot { offset, tokens: slot.split('|').map(str::to_owned).collect() }).collect();
        let bare = form.trim_start_matches('+');
        let phrase = Phrase { slots, slop };
        highlighter.add(if bare == "stem" { Form::Stem } else { Form::Exact }, &phrase, 1, bare != form);
    }

    fn highlighter(wanted: &[&str]) -> Highlighter {
        let mut highlighter = Highlighter::default();
        wanted.iter().for_each(|written| add(&mut highlighter, written));
        highlighter
    }

    /// Marks stand in brackets, those of expansions in braces.
    #[track_caller]
    fn check(wanted: &[&str], marked: &str) {
        let text = marked.replace(['[', ']', '{', '}'], "");
        let mut shown = text.clone();
        for mark in highlighter(wanted).mark(&text, Language::En, &analyzer()).iter().rev() {
            let (open, close) = if mark.expanded { ('{', '}') } else { ('[', ']') };
            shown.insert(mark.span.end, close);
            shown.insert(mark.span.start, open);
        }
        assert_eq!(shown, marked);
    }

    #[test]
    fn words_in_stem_and_exact_form() {
        check(&["stem:migrat"], "[Migration] and the [migrated]; migrant");
        check(&["exact:migration"], "[Migration] and the migrated");
        check(&["stem:privat", "stem:sector"], "the [private] [sector]");
        check(&["stem:privat|public"], "the [private] or [public] sector");
        check(&["exact:etat"], "l’[État], l'[e\u{301}tat]");
        check(&["exact:الهجرة"], "سياسة [الهجرة] 👩‍👩‍👧");
    }

    #[test]
    fn a_phrase_is_marked_whole_and_only_where_it_stands() {
        check(&["exact:private sector"], "[private sector], private the sector; [private-sector] private");
        check(&["stem:freedom _ movement"], "[freedom of movement] and freedom movement");
        check(&["exact:a a b"], "a [a a b]");
        check(&["exact:a b c", "exact:b"], "[a b c] a [b]");
        check(&["exact:a b", "exact:b c"], "[a b c]");
    }

    #[test]
    fn slop_lets_words_in_between_but_keeps_the_order() {
        check(&["exact:return reintegration~2"], "[return] and safe [reintegration]");
        check(&["exact:return reintegration~1"], "return and safe reintegration");
        check(&["exact:return reintegration~5"], "reintegration after return");
        check(&["exact:a b c~1"], "[a] x [b c], [a b] x [c], a x b x c");
    }

    #[test]
    fn expansions_are_told_from_what_was_typed() {
        let expansion = "+stem:traffick _ person";
        check(&[expansion], "{trafficking in persons} and trafficking");
        check(&["stem:person", expansion], "{trafficking} in [persons]; [person]");
        check(&["stem:traffick", expansion], "[trafficking] in {persons}");
        check(&["stem:traffick", "stem:person", expansion], "[trafficking] in [persons]");
        check(&["stem:traffick _ person", expansion], "[trafficking in persons]");
        check(&["stem:traffick", "+stem:traffick"], "[trafficking]");
        check(&["stem:victim _ traffick", expansion], "[victims of trafficking] in {persons}");
        check(&["+exact:human trafficking", "+stem:traffick _ person"], "{human trafficking in persons}");
        check(&["exact:b", "+exact:a b c b d"], "{a} [b] {c} [b] {d}");
    }

    /// The obvious reading: try every choice of positions.
    fn slow_starts(phrase: &Phrase, tokens: &[Token]) -> Vec<usize> {
        fn place(phrase: &Phrase, tokens: &[Token], chosen: &mut Vec<usize>) -> bool {
            let Some(slot) = phrase.slots.get(chosen.len()) else {
                let extra = chosen.last().unwrap() - chosen[0] - phrase.slots.last().unwrap().offset as usize;
                return extra <= phrase.slop as usize;
            };
            let earliest = match chosen.last() {
                Some(last) => last + (slot.offset - phrase.slots[chosen.len() - 1].offset) as usize,
                None => return false,
            };
            (earliest..tokens.len()).any(|at| {
                let fits = slot.tokens.contains(&tokens[at].exact);
                chosen.push(at);
                let placed = fits && place(phrase, tokens, chosen);
                chosen.pop();
                placed
            })
        }
        (0..tokens.len())
            .filter(|&at| phrase.slots[0].tokens.contains(&tokens[at].exact) && place(phrase, tokens, &mut vec![at]))
            .collect()
    }

    proptest! {
        #[test]
        fn phrases_are_found_where_the_slow_reading_finds_them(
            text in vec("[abc]", 0..12), phrase in vec("[abc]", 2..4), slop in 0..4u32, gap in any::<bool>(),
        ) {
            let tokens = analyzer().analyze(&text.join(" "), Language::En);
            let gap = u32::from(gap);
            let slots = (0..).zip(&phrase).map(|(index, token)| {
                Slot { offset: index + if index > 0 { gap } else { 0 }, tokens: vec![token.clone()] }
            });
            let phrase = Phrase { slots: slots.collect(), slop };
            let form = |token: &'_ Token| Some(token.exact.clone());
            let found: Vec<usize> = (0..tokens.len())
                .filter(|&at| form(&tokens[at]).as_ref() == phrase.slots[0].tokens.first())
                .filter(|&at| phrase_at(&phrase, &tokens, at, &|token: &Token| Some(token.exact.as_str())).is_some())
                .collect();
            prop_assert_eq!(found, slow_starts(&phrase, &tokens));
        }

        #[test]
        fn marks_are_ordered_and_apart(text in "\\PC{0,40}[ab ]{0,20}") {
            let highlighter = highlighter(&["exact:a b~2", "exact:a", "stem:b b", "+exact:b a b", "+stem:a"]);
            let mut end = 0;
            for mark in highlighter.mark(&text, Language::En, &analyzer()) {
                prop_assert!(mark.span.start >= end && mark.span.end > mark.span.start);
                prop_assert!(text.get(mark.span.clone()).is_some());
                end = mark.span.end;
            }
        }

        /// Expansions neither add to nor take from what is marked as typed; beside it they mark what they find.
        #[test]
        fn typed_words_are_marked_whatever_expansions_find(text in vec("[abcd]", 0..14)) {
            let text = text.join(" ");
            let typed = ["exact:a b~1", "stem:c"];
            let expansions = ["+exact:b c d", "+stem:a"];
            let mark = |wanted: &[&str]| highlighter(wanted).mark(&text, Language::En, &analyzer());
            let together = mark(&[typed.as_slice(), &expansions].concat());
            let of_typed: Vec<&Mark> = together.iter().filter(|mark| !mark.expanded).collect();
            let alone = mark(&typed);
            prop_assert_eq!(of_typed, alone.iter().collect::<Vec<_>>());
            let is_marked = |marks: &[Mark], at: usize| marks.iter().any(|mark| mark.span.contains(&at));
            for at in (0..text.len()).step_by(2) {
                prop_assert_eq!(is_marked(&together, at), is_marked(&alone, at) || is_marked(&mark(&expansions), at));
            }
        }
    }
}
