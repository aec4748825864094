//! Tests of the query language as a whole.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::response::Warning;

const FIELDS: [&str; 6] = ["title", "rcp", "theme", "year", "country", "process_type"];

/// The reading of a text with every parenthesis written out, and the codes of its warnings.
#[track_caller]
fn check(text: &str, reading: &str, codes: &[&str]) {
    let (ast, warnings) = parse(text, &FIELDS);
    assert_eq!(ast.root.as_ref().map(explicit).unwrap_or_default(), reading, "{text:?}");
    assert_eq!(warnings.iter().map(|warning| warning.code).collect::<Vec<_>>(), codes, "{text:?}");
    assert_sound(text, &ast, &warnings);
}

/// What holds for every text: spans are slices of it, and the printed tree reads as the same tree.
#[track_caller]
fn assert_sound(text: &str, ast: &Ast, warnings: &[Warning]) {
    for warning in warnings {
        assert!(text.get(warning.span.clone()).is_some(), "{text:?}: {warning:?}");
    }
    assert!(warnings.len() <= MAX_WARNINGS);
    if let Some(root) = &ast.root {
        assert_spans(text, root, 0..text.len(), 0);
        assert!(word_count(root) <= MAX_WORDS, "{text:?}");
    }
    let printed = ast.to_string();
    assert_eq!(parse(&printed, &FIELDS).0.root.map(without_spans), ast.root.clone().map(without_spans), "{printed:?}");
}

#[track_caller]
fn assert_spans(text: &str, node: &Node, outer: Range<usize>, depth: usize) {
    let span = node.span.clone();
    assert!(text.get(span.clone()).is_some_and(|slice| !slice.is_empty()), "{text:?}: {node:?}");
    assert!(outer.start <= span.start && span.end <= outer.end, "{text:?}: {node:?} outside of {outer:?}");
    // A level of parentheses adds at most an OR, an AND, a sequence, a NOT and, once, a field with its NOT.
    assert!(depth <= 4 * (MAX_DEPTH + 1) + 2);
    for child in children(node) {
        assert_spans(text, child, span.clone(), depth + 1);
    }
}

fn children(node: &Node) -> Vec<&Node> {
    match &node.kind {
        Kind::Sequence(nodes) | Kind::And(nodes) | Kind::Or(nodes) => nodes.iter().collect(),
        Kind::Not(inner) | Kind::Field { value: inner, .. } => vec![inner.as_ref()],
        _ => Vec::new(),
    }
}

fn without_spans(node: Node) -> Node {
    let all = |nodes: Vec<Node>| nodes.into_iter().map(without_spans).collect();
    let kind = match node.kind {
        Kind::Sequence(nodes) => Kind::Sequence(all(nodes)),
        Kind::And(nodes) => Kind::And(all(nodes)),
        Kind::Or(nodes) => Kind::Or(all(nodes)),
        Kind::Not(inner) => Kind::Not(Box::new(without_spans(*inner))),
        Kind::Field { name, value } => Kind::Field { name, value: Box::new(without_spans(*value)) },
        leaf => leaf,
    };
    Node { kind, span: 0..0 }
}

#[test]
fn words_stay_as_typed_without_the_punctuation_around_them() {
    check("Labour migration, Geneva.", "(Labour migration Geneva)", &[]);
    check("inter-State l'école 5+5 U.S. RCM/SACM", "(inter-State l'école 5+5 U.S RCM/SACM)", &[]);
    check("GCIM - IOM – Workshop & more …", "(GCIM IOM Workshop more)", &[]);
    check("and or not", "(and or not)", &[]);
    check("cafe\u{301}.", "cafe\u{301}", &[]);
    check("الهجرة 移民", "(الهجرة 移民)", &[]);
    check("websites.¹ ² title:³ -² x", "(websites.¹ x)", &[]);
}

/// What comes along unseen when text is pasted changes nothing.
#[test]
fn invisible_characters_separate_nothing_and_hide_nothing() {
    check("\u{FEFF}rcp:rcm \u{200F}-a", "(rcp:rcm -a)", &[]);
    check("a \u{200B}AND\u{200E} b \u{2068}OR\u{2069} c", "((a AND b) OR c)", &[]);
    check("\u{202B}-\"a b\"\u{202C} \u{200B}", "-\"a b\"", &["only_exclusions"]);
    check("\u{200B}\u{FEFF}", "", &["nothing_to_search"]);
    check("migra\u{AD}tion می\u{200C}خواهم", "(migra\u{AD}tion می\u{200C}خواهم)", &[]);
}

#[test]
fn operators_bind_as_documented() {
    check("a b OR c d", "((a b) OR (c d))", &[]);
    check("a AND b OR c AND d", "((a AND b) OR (c AND d))", &[]);
    check("a b AND c", "((a b) AND c)", &[]);
    check("a AND (b OR c) d", "(a AND ((b OR c) d))", &[]);
    check("((a)) (b)", "(a b)", &[]);
    check("Migration(s)", "(Migration s)", &[]);
}

#[test]
fn exclusions() {
    check("a -b", "(a -b)", &[]);
    check("a -\"b c\"~2 -(d e)", "(a -\"b c\"~2 -(d e))", &[]);
    check("a NOT b AND NOT (c)", "((a -b) AND -c)", &[]);
    check("a NOT NOT b -(-c)", "(a b c)", &[]);
    check("-a", "-a", &["only_exclusions"]);
    check("-a NOT b", "(-a -b)", &["only_exclusions"]);
    check("a OR -b", "(a OR -b)", &[]);
    check("a -rcp:rcm -title:(b c)", "(a -rcp:rcm -title:(b c))", &[]);
}

#[test]
fn quotes_of_every_kind() {
    for text in ["\"a  b\"", "“a b”", "„a b“", "”a b”", "«a\nb»", "»a b«", "＂a b＂", "\"a b”", "❝a b❞", "〝a b〟"]
    {
        check(text, "\"a b\"", &[]);
    }
    check("«il dit “oui”» non", "(\"il dit oui\" non)", &[]);
    check("migrants' rights 'x'", "(migrants' rights x)".replace("s' ", "s ").as_str(), &[]);
    check("\"a b\"~5 \"a b\"~99", "(\"a b\"~5 \"a b\"~50)", &["slop_too_large"]);
    check("\"a b\"~ c", "(\"a b\" c)", &[]);
    check("a\"b c\"d", "(a \"b c\" d)", &[]);
    check("a \"b c", "(a \"b c\")", &["unclosed_quote"]);
    check("a \"\" -\"...\"", "a", &["empty_quote", "empty_quote"]);
}

#[test]
fn prefixes_and_fuzzy_words() {
    check("migra* gaborone~ gaborone~1 gaborone~2,", "(migra* gaborone~1 gaborone~1 gaborone~2)", &[]);
    check("gaborone~7", "gaborone~2", &["distance_too_large"]);
    check("gaborone~0 a~x", "(gaborone a~x)", &[]);
    check(
        "m* mig*tion *tion **bold** *",
        "(m mig*tion tion bold)",
        &[
            "prefix_too_short",
            "unsupported_wildcard",
            "unsupported_wildcard",
            "unsupported_wildcard",
            "unsupported_wildcard",
        ],
    );
}

#[test]
fn fields() {
    check("rcp:rcm Title:\"two words\" country:Perú", "(rcp:rcm title:\"two words\" country:Perú)", &[]);
    check("title:(a b OR c)", "title:((a b) OR c)", &[]);
    check("title:migra* title:x~1", "(title:migra* title:x~1)", &[]);
    check("title:-a rcp:AND", "(title:(-a) rcp:and)", &[]);
    check("theme:protection-rights.consular, a", "(theme:protection-rights.consular a)", &[]);
    check("title:(rcp:rcm a) rcp:title:x", "(title:(rcp:rcm a) rcp:title:x)", &["nested_field", "nested_field"]);
    check("title: migration", "(title migration)", &["field_without_value"]);
    check("title:() a title:\"\"", "a", &["empty_parentheses", "empty_quote"]);
}

#[test]
fn years() {
    check("year:2009 year:2009..2013", "(year:2009 year:2009..2013)", &[]);
    check("year:2009.. year:..2013", "(year:2009.. year:..2013)", &[]);
    check("year:2009-2013, year:2009–2013.", "(year:2009..2013 year:2009..2013)", &[]);
    check("year:2013..2009", "year:2009..2013", &["reversed_years"]);
    check("year:(2009 OR \"2011\")", "year:(2009 OR 2011)", &[]);
    // Left for the compiler, as any value that a field does not have.
    check("year:soon year:20090 year:..", "(year:soon year:20090 year)", &["field_without_value"]);
}

#[test]
fn only_what_looks_like_a_field_is_questioned() {
    check("them:health", "them:health", &["unknown_field"]);
    for text in [
        "10:30",
        "https://www.iom.int/x",
        "mailto:a@b.int",
        "Mexico:Puebla",
        "doi:10.1000/x",
        "urn:isbn:1",
        "a:b",
        "and:",
    ] {
        let (ast, warnings) = parse(text, &FIELDS);
        assert!(matches!(ast.root.map(|root| root.kind), Some(Kind::Word(_))), "{text}");
        assert_eq!(warnings, [], "{text}");
    }
}

#[test]
fn what_is_left_open_or_empty_is_said() {
    check("", "", &[]);
    check("  ", "", &[]);
    check("- & …", "", &["nothing_to_search"]);
    check("()", "", &["empty_parentheses", "nothing_to_search"]);
    check("(a (b", "(a b)", &["unclosed_parenthesis"]);
    check("a) b", "(a b)", &["unmatched_parenthesis"]);
    check("(a OR", "a", &["unclosed_parenthesis", "dangling_operator"]);
    check("OR a AND", "a", &["dangling_operator", "dangling_operator"]);
    check("a AND OR b", "(a AND b)", &["dangling_operator"]);
    check("a NOT", "a", &["dangling_operator"]);
    check("NOT NOT NOT", "", &["nothing_to_search", "dangling_operator"]);
    check("NOT AND a", "a", &["dangling_operator", "dangling_operator"]);
    check("a OR () b", "(a OR b)", &["empty_parentheses"]);
}

#[test]
fn warnings_point_into_the_text() {
    for (text, marked) in
        [("é (a", "("), ("é \"a b", "\"a b"), ("é OR", "OR"), ("é them:x é", "them:x"), ("«a b»~99", "99")]
    {
        let (_, warnings) = parse(text, &FIELDS);
        assert_eq!(warnings.first().map(|warning| &text[warning.span.clone()]), Some(marked), "{text:?}");
    }
}

#[test]
fn words_beyond_the_limit_are_cut_wherever_they_stand() {
    let many = "é ".repeat(MAX_WORDS);
    for tail in ["x", "-x", "(x", "\"x y\"", "title:x", "x*"] {
        let text = format!("{many}AND {tail}");
        let (ast, warnings) = parse(&text, &FIELDS);
        assert_eq!(ast.root.as_ref().map_or(0, |root| children(root).len()), MAX_WORDS, "{tail}");
        assert_eq!(warnings.iter().map(|warning| warning.code).collect::<Vec<_>>(), ["too_many_words"], "{tail}");
        assert_sound(&text, &ast, &warnings);
    }
    check(&format!("\"{}\"", "a ".repeat(70)), &format!("\"{}\"", ["a"; 64].join(" ")), &["too_many_words"]);
    check(&["a"; 70].join("-"), &["a"; 64].join("-"), &["too_many_words"]);
}

#[test]
fn depth_is_bounded_and_the_content_kept() {
    let nested = |depth: usize| format!("{}b{}", "(a OR ".repeat(depth), ")".repeat(depth));
    assert_eq!(parse(&nested(MAX_DEPTH), &[]).1, []);
    let (ast, warnings) = parse(&nested(MAX_DEPTH + 1), &[]);
    assert_eq!(warnings.iter().map(|warning| warning.code).collect::<Vec<_>>(), ["too_deep"]);
    assert_eq!(ast.to_string().matches('a').count(), MAX_DEPTH + 1);
}

#[test]
fn hostile_repetition_is_harmless() {
    let pieces = [
        "(", ")", "()", "² ", "a'a", "NOT ", "-", "-(", "OR ", "AND ", "\"", "«", "*", "~", "title:", "title:(",
        "year:", "a:", ":", "(a OR ",
    ];
    for piece in pieces {
        let text = piece.repeat(100_000);
        let (ast, warnings) = parse(&text, &FIELDS);
        assert_sound(&text, &ast, &warnings);
    }
}

/// Trees that the parser can build, at most four groups deep.
fn tree() -> impl Strategy<Value = Node> {
    tree_of(leaf().boxed(), true)
}

fn tree_of(leaf: BoxedStrategy<Node>, with_fields: bool) -> impl Strategy<Value = Node> {
    let field = with_fields.then(|| {
        let value = tree_of(leaf.clone(), false).prop_map(Box::new);
        let named = (0..3usize, value).prop_map(|(name, value)| Kind::Field { name: FIELDS[name].to_owned(), value });
        let years =
            year_range().prop_map(|kind| Kind::Field { name: YEAR_FIELD.to_owned(), value: Box::new(node(kind)) });
        prop_oneof![named, years].prop_map(node).boxed()
    });
    let item = match field {
        Some(field) => prop_oneof![4 => leaf, 1 => field].boxed(),
        None => leaf,
    };
    item.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 2..4).prop_map(Kind::Sequence),
            vec(inner.clone(), 2..4).prop_map(Kind::And),
            vec(inner.clone(), 2..4).prop_map(Kind::Or),
            inner.prop_map(|node| match node.kind {
                Kind::Not(inner) => inner.kind,
                _ => Kind::Not(Box::new(node)),
            }),
        ]
        .prop_map(node)
    })
}

fn leaf() -> impl Strategy<Value = Node> {
    let other_scripts = [
        "الهجرة",
        "移民",
        "政",
        "миграция",
        "می\u{200C}خواهم",
        "5+5",
        "l’État",
        "a👩\u{200D}👧b",
        "cafe\u{301}",
        "i\u{307}",
        "ǆ",
    ];
    let word = prop_oneof![
        4 => "[a-zé0-9]([a-z'+-]{0,3}[a-zé])?",
        1 => proptest::sample::select(other_scripts.to_vec()).prop_map(str::to_owned),
    ]
    .boxed();
    let phrase = vec(word.clone(), 1..3).prop_map(|words| words.join(" "));
    prop_oneof![
        4 => word.clone().prop_map(Kind::Word),
        1 => (phrase, 0..=MAX_SLOP).prop_map(|(text, slop)| Kind::Phrase { text, slop }),
        1 => "[a-zé]{2,5}".prop_map(Kind::Prefix),
        1 => (word, 1..=MAX_DISTANCE).prop_map(|(word, distance)| Kind::Fuzzy { word, distance }),
    ]
    .prop_map(node)
}

fn year_range() -> impl Strategy<Value = Kind> {
    (proptest::option::of(0..=9999i16), 0..=9999i16, any::<bool>()).prop_map(|(first, second, swap)| match first {
        None if swap => Kind::Years { from: None, to: Some(second) },
        None => Kind::Years { from: Some(second), to: None },
        Some(first) => Kind::Years { from: Some(first.min(second)), to: Some(first.max(second)) },
    })
}

fn node(kind: Kind) -> Node {
    Node { kind, span: 0..0 }
}

fn word_count(node: &Node) -> usize {
    let own = match &node.kind {
        Kind::Word(text) | Kind::Prefix(text) | Kind::Phrase { text, .. } | Kind::Fuzzy { word: text, .. } => {
            let words = rcp_corpus::analysis::words(text).len();
            assert!(words > 0, "{node:?}");
            words
        }
        Kind::Years { .. } => 1,
        _ => 0,
    };
    own + children(node).into_iter().map(word_count).sum::<usize>()
}

proptest! {
    #[test]
    fn a_printed_tree_reads_as_itself(tree in tree()) {
        prop_assume!(word_count(&tree) <= MAX_WORDS / 2);
        let printed = Ast { root: Some(tree.clone()) }.to_string();
        let (ast, warnings) = parse(&printed, &FIELDS);
        prop_assert_eq!(ast.root.map(without_spans), Some(tree), "{}", printed);
        prop_assert!(warnings.iter().all(|warning| warning.code == "only_exclusions"), "{} {:?}", printed, warnings);
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,60}") {
        let (ast, warnings) = parse(&text, &FIELDS);
        assert_sound(&text, &ast, &warnings);
    }

    #[test]
    fn any_characters_are_read(text: String) {
        let (ast, warnings) = parse(&text, &FIELDS);
        assert_sound(&text, &ast, &warnings);
    }

    #[test]
    fn any_mixture_of_the_language_is_read(pieces in vec(piece(), 0..40)) {
        let text = pieces.concat();
        let (ast, warnings) = parse(&text, &FIELDS);
        assert_sound(&text, &ast, &warnings);
    }
}

fn piece() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        " ",
        " ",
        " ",
        "(",
        ")",
        "\"",
        "«",
        "»",
        "-",
        "~",
        "~0",
        "~1",
        "~9",
        "*",
        ":",
        ".",
        "..",
        ",",
        "'",
        "&",
        "a",
        "bc",
        "é",
        "e\u{301}",
        "\u{301}",
        "\u{200D}",
        "移",
        "²",
        "\u{345}",
        "AND",
        "OR",
        "NOT",
        " AND ",
        " OR ",
        "NOT ",
        "title:",
        "year:",
        "rcp:",
        "x:",
        "2009",
        "19",
        "الهجرة",
        "👩\u{200D}👧",
        "\u{200F}",
        "\u{FEFF}",
        "“",
        "”",
        "\n",
        "((((((",
        "))))))",
        "ANDa",
        "aOR",
        "~51",
        "-(",
        "title:(",
        "\u{0}",
        "५",
    ])
}
