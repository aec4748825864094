//! [`Texts`]: what pages say, in the languages of the interface.
//!
//! The texts are data: `texts/LANGUAGE/*.ftl`, in the format of Project Fluent, which knows how each language counts
//! (one result, two results). A test holds every language to the same messages with the same variables, and every
//! message that a template or handler asks for to be there.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rcp_corpus::model::{DateRange, Language};
use rcp_query::citation::format_date_range;

type Bundle = FluentBundle<FluentResource>;

macro_rules! sources {
    ($language:literal: $($file:literal),*) => {
        &[$(include_str!(concat!("../../texts/", $language, "/", $file, ".ftl"))),*]
    };
    // One file for each page or kind of page.
    ($language:literal) => {
        sources!($language: "frame", "home", "search", "document", "cite", "compare", "directory", "help")
    };
}

const ENGLISH: &[&str] = sources!("en");
const SPANISH: &[&str] = sources!("es");
const FRENCH: &[&str] = sources!("fr");

static BUNDLES: LazyLock<[Bundle; 3]> = LazyLock::new(|| Language::ANALYSED.map(bundle));

/// What pages say in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Texts {
    language: Language,
}

impl Texts {
    /// The texts of a language; English for an undetermined one.
    pub(crate) fn of(language: Language) -> Texts {
        Texts { language }
    }

    /// The language of the texts.
    pub(crate) fn language(self) -> Language {
        self.language
    }

    /// A message without variables.
    pub(crate) fn say(self, message: &str) -> String {
        self.format(message, None)
    }

    /// A message about a number of things, `$n`.
    pub(crate) fn count(self, message: &str, n: impl TryInto<u64>) -> String {
        let args = [("n", value(n))].into_iter().collect();
        self.format(message, Some(&args))
    }

    /// A message about something that has a name, `$what`.
    pub(crate) fn with(self, message: &str, what: impl AsRef<str>) -> String {
        let args = [("what", FluentValue::from(what.as_ref().to_owned()))].into_iter().collect();
        self.format(message, Some(&args))
    }

    /// A message about a number `$n` of things that have to do with `$what`.
    pub(crate) fn count_with(self, message: &str, n: impl TryInto<u64>, what: impl AsRef<str>) -> String {
        let what = FluentValue::from(what.as_ref().to_owned());
        let args = [("n", value(n)), ("what", what)].into_iter().collect();
        self.format(message, Some(&args))
    }

    /// A number as the language writes it.
    pub(crate) fn number(self, n: impl TryInto<u64>) -> String {
        grouped(whole(n), self.language)
    }

    /// A range of days as the language writes it.
    pub(crate) fn date(self, range: &DateRange) -> String {
        format_date_range(range, self.language)
    }

    /// Name of a language in this one.
    pub(crate) fn language_name(self, language: Language) -> String {
        self.say(match language {
            Language::En => "language-en",
            Language::Es => "language-es",
            Language::Fr => "language-fr",
            Language::Undetermined => "language-unknown",
        })
    }

    /// A message that is missing, which the tests rule out, is shown by its name.
    fn format(self, message: &str, args: Option<&FluentArgs<'_>>) -> String {
        let bundle = bundle_of(self.language);
        let Some(pattern) = bundle.get_message(message).and_then(|found| found.value()) else {
            return message.to_owned();
        };
        let mut errors = Vec::new();
        bundle.format_pattern(pattern, args, &mut errors).into_owned()
    }
}

/// The messages of a language. What is wrong in its files is left out, and found by the tests.
fn bundle(language: Language) -> Bundle {
    let identifier = language.code().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![identifier]);
    // Pages mark what comes from documents by elements; marks in the text would be copied with it.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::Es => spanish_number,
        Language::Fr => french_number,
        Language::En | Language::Undetermined => english_number,
    }));
    for source in sources(language) {
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn bundle_of(language: Language) -> &'static Bundle {
    let [english, spanish, french] = &*BUNDLES;
    match language {
        Language::Es => spanish,
        Language::Fr => french,
        Language::En | Language::Undetermined => english,
    }
}

fn sources(language: Language) -> &'static [&'static str] {
    match language {
        Language::Es => SPANISH,
        Language::Fr => FRENCH,
        Language::En | Language::Undetermined => ENGLISH,
    }
}

fn english_number<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    formatted(value, Language::En)
}

fn spanish_number<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    formatted(value, Language::Es)
}

fn french_number<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    formatted(value, Language::Fr)
}

/// A number in a message; other values are written as they are.
fn formatted(value: &FluentValue<'_>, language: Language) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    // Pages count things: `value` takes whole numbers alone.
    Some(grouped(number.value as u64, language))
}

fn value(n: impl TryInto<u64>) -> FluentValue<'static> {
    FluentValue::from(whole(n))
}

/// A count; what is below none counts as none.
fn whole(n: impl TryInto<u64>) -> u64 {
    n.try_into().unwrap_or_default()
}

/// A number with its digits in groups of three, as the Unicode Common Locale Data Repository (CLDR) writes them:
/// `12,345`, `12.345` (Spanish leaves four digits together), `12 345` with a narrow no-break space.
fn grouped(n: u64, language: Language) -> String {
    let (separator, least) = match language {
        Language::Es => ('.', 5),
        Language::Fr => ('\u{202f}', 4),
        Language::En | Language::Undetermined => (',', 4),
    };
    let digits = n.to_string();
    if digits.len() < least {
        return digits;
    }
    let mut grouped = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::*;

    /// The variables of every message of a language, by its name; what stands twice fails.
    fn messages(language: Language) -> BTreeMap<String, BTreeSet<String>> {
        let mut messages = BTreeMap::new();
        for source in sources(language) {
            FluentResource::try_new((*source).to_owned()).expect("a file of texts is well formed");
            let starts = |line: &&str| line.starts_with(|first: char| first.is_ascii_lowercase());
            let mut name = String::new();
            for line in source.lines().filter(|line| !line.starts_with('#')) {
                if starts(&line) {
                    name = line.split(" =").next().unwrap_or_default().to_owned();
                    assert!(messages.insert(name.clone(), BTreeSet::new()).is_none(), "{name} stands twice");
                }
                let variables = line.split('$').skip(1).map(|rest| {
                    rest.split(|next: char| !next.is_ascii_alphanumeric()).next().unwrap_or_default().to_owned()
                });
                messages.entry(name.clone()).or_default().extend(variables);
            }
        }
        messages.remove("");
        messages
    }

    #[test]
    fn every_language_has_the_same_messages_with_the_same_variables() {
        let english = messages(Language::En);
        assert!(english.len() > 20, "{english:?}");
        for language in [Language::Es, Language::Fr] {
            let other = messages(language);
            let missing: Vec<_> = english.keys().filter(|name| !other.contains_key(*name)).collect();
            let unknown: Vec<_> = other.keys().filter(|name| !english.contains_key(*name)).collect();
            assert!(missing.is_empty() && unknown.is_empty(), "{language:?} lacks {missing:?}, has {unknown:?}");
            for (name, variables) in &english {
                assert_eq!(&other[name], variables, "{language:?}: {name}");
            }
        }
    }

    /// Every file below a folder.
    fn files(folder: &Path) -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
    }

    #[test]
    fn every_message_that_is_asked_for_is_there_and_no_other() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut asked = String::new();
        for path in files(&root.join("templates")).into_iter().chain(files(&root.join("src/pages"))) {
            if let Ok(text) = fs::read_to_string(path) {
                asked += &text;
            }
        }
        let english = messages(Language::En);
        for method in ["say", "count", "with", "count_with"] {
            for rest in asked.split(&format!(".{method}(\"")).skip(1) {
                let name = rest.split('"').next().unwrap();
                assert!(english.contains_key(name), "no message {name:?}");
            }
        }
        // Names that are chosen by code stand there as texts too.
        let idle: Vec<_> = english.keys().filter(|name| !asked.contains(&format!("\"{name}\""))).collect();
        assert!(idle.is_empty(), "nothing says {idle:?}");
    }

    #[test]
    fn numbers_are_written_as_each_language_does() {
        for (n, expected) in [
            (0, ["0", "0", "0"]),
            (999, ["999", "999", "999"]),
            (1_234, ["1,234", "1234", "1\u{202f}234"]),
            (12_345, ["12,345", "12.345", "12\u{202f}345"]),
            (1_234_567, ["1,234,567", "1.234.567", "1\u{202f}234\u{202f}567"]),
        ] {
            assert_eq!(Language::ANALYSED.map(|language| grouped(n, language)), expected);
        }
    }

    #[test]
    fn things_are_counted_as_each_language_counts() {
        let said = |n: u64| Language::ANALYSED.map(|language| Texts::of(language).count("results-documents", n));
        assert_eq!(said(0), ["0 documents", "0 documentos", "0 document"]);
        assert_eq!(said(1), ["1 document", "1 documento", "1 document"]);
        assert_eq!(said(12_000), ["12,000 documents", "12.000 documentos", "12\u{202f}000 documents"]);
    }
}
