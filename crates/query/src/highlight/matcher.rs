//! [`Highlighter`]: the words and phrases of a query, ready to be found in tokens.

use std::collections::HashMap;
use std::ops::Range;

use rcp_corpus::analysis::Token;
use rcp_index::plan::{Form, Leaf, Phrase, Slot};

use super::Mark;

/// The words and phrases that a query marks. Built once a request, used for every passage of the answer.
#[derive(Debug, Default)]
pub struct Highlighter {
    stem: Wanted,
    exact: Wanted,
}

/// What is looked for in one form of the text.
#[derive(Debug, Default)]
struct Wanted {
    /// Word bits by token.
    tokens: HashMap<String, u64>,
    phrases: Vec<(Phrase, u64)>,
    /// Phrases by the tokens that they can begin with.
    phrases_by_first: HashMap<String, Vec<usize>>,
}

impl Highlighter {
    /// Takes the scoring leaves of a plan; those under a NOT are the caller's to leave out. A word is marked wherever
    /// it stands in a shown text, so leaves over title and headings add nothing and do no harm.
    pub fn new<'a>(leaves: impl IntoIterator<Item = &'a Leaf>) -> Highlighter {
        let mut highlighter = Highlighter::default();
        for leaf in leaves {
            let wanted = match leaf.field.form {
                Form::Stem => &mut highlighter.stem,
                Form::Exact => &mut highlighter.exact,
            };
            for member in leaf.members.iter() {
                wanted.add(&member.phrase, leaf.words);
            }
        }
        highlighter
    }

    /// The marks of a text, given its tokens: in order, apart from each other. The words of a phrase, with the stop
    /// words that it skips, are one mark; where `slop` lets other words in between, each part is a mark of its own.
    #[must_use]
    pub fn mark(&self, tokens: &[Token]) -> Vec<Mark> {
        let mut found: Vec<(Range<usize>, u64)> = Vec::new();
        for start in 0..tokens.len() {
            self.stem.find(tokens, start, |token| token.stem.as_deref(), &mut found);
            self.exact.find(tokens, start, |token| Some(token.exact.as_str()), &mut found);
        }
        merge(found).into_iter().filter_map(|(positions, words)| mark_of(tokens, &positions, words)).collect()
    }
}

impl Wanted {
    fn add(&mut self, phrase: &Phrase, words: u64) {
        let Some(first) = phrase.slots.first() else { return };
        if phrase.slots.len() == 1 {
            for token in &first.tokens {
                *self.tokens.entry(token.clone()).or_default() |= words;
            }
            return;
        }
        for token in &first.tokens {
            self.phrases_by_first.entry(token.clone()).or_default().push(self.phrases.len());
        }
        self.phrases.push((phrase.clone(), words));
    }

    /// Adds the positions of the word and the phrases that begin at `start`.
    fn find<'t>(
        &self,
        tokens: &'t [Token],
        start: usize,
        form: impl Fn(&'t Token) -> Option<&'t str>,
        found: &mut Vec<(Range<usize>, u64)>,
    ) {
        let Some(token) = form(&tokens[start]) else { return };
        if let Some(&words) = self.tokens.get(token) {
            found.push((start..start + 1, words));
        }
        for &index in self.phrases_by_first.get(token).into_iter().flatten() {
            let (phrase, words) = &self.phrases[index];
            for part in phrase_at(phrase, tokens, start, &form).unwrap_or_default() {
                found.push((part, *words));
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

/// Joins ranges that overlap; ranges that only touch stay apart.
fn merge(mut found: Vec<(Range<usize>, u64)>) -> Vec<(Range<usize>, u64)> {
    found.sort_by_key(|(range, _)| (range.start, range.end));
    let mut merged: Vec<(Range<usize>, u64)> = Vec::new();
    for (range, words) in found {
        match merged.last_mut() {
            Some((last, last_words)) if range.start < last.end => {
                last.end = last.end.max(range.end);
                *last_words |= words;
            }
            _ => merged.push((range, words)),
        }
    }
    merged
}

fn mark_of(tokens: &[Token], positions: &Range<usize>, words: u64) -> Option<Mark> {
    let parts = tokens.get(positions.clone())?;
    Some(Mark { span: parts.first()?.span.start..parts.last()?.span.end, words })
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use rcp_corpus::analysis::{AnalysisSettings, Analyzer};
    use rcp_corpus::model::Language;
    use rcp_index::plan::{Field, Member, Text};

    use super::*;

    fn tokens(text: &str) -> Vec<Token> {
        let stop_words = [(Language::En, ["of", "the", "in"].map(str::to_owned).into())].into();
        Analyzer::new(&AnalysisSettings { stop_words, ..AnalysisSettings::default() }).analyze(text, Language::En)
    }

    /// A leaf written as `stem:a|b`, `exact:a _ b~2`: slots by spaces, a gap for `_`, alternatives by `|`.
    fn leaf(written: &str) -> Leaf {
        let (form, phrase) = written.split_once(':').unwrap();
        let (phrase, slop) =
            phrase.split_once('~').map_or((phrase, 0), |(phrase, slop)| (phrase, slop.parse().unwrap()));
        let slots = (0..).zip(phrase.split(' ')).filter(|(_, slot)| *slot != "_");
        let slots =
            slots.map(|(offset, slot)| Slot { offset, tokens: slot.split('|').map(str::to_owned).collect() }).collect();
        Leaf {
            field: Field { text: Text::Body, form: if form == "stem" { Form::Stem } else { Form::Exact } },
            words: 1,
            anchor: true,
            boost: 1.0,
            members: [Member { phrase: Phrase { slots, slop }, weight: 1.0 }].into(),
        }
    }

    /// Marks stand in brackets.
    #[track_caller]
    fn check(leaves: &[&str], marked: &str) {
        let text = marked.replace(['[', ']'], "");
        let leaves: Vec<Leaf> = leaves.iter().map(|written| leaf(written)).collect();
        let mut shown = text.clone();
        for mark in Highlighter::new(&leaves).mark(&tokens(&text)).iter().rev() {
            shown.insert(mark.span.end, ']');
            shown.insert(mark.span.start, '[');
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
            let tokens = tokens(&text.join(" "));
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
            let tokens = tokens(&text);
            let leaves = [leaf("exact:a b~2"), leaf("exact:a"), leaf("stem:b b")];
            let mut end = 0;
            for mark in Highlighter::new(&leaves).mark(&tokens) {
                prop_assert!(mark.span.start >= end && mark.span.end > mark.span.start);
                prop_assert!(text.get(mark.span.clone()).is_some());
                end = mark.span.end;
            }
        }
    }
}
