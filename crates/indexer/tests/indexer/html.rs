//! Pages to blocks.

use proptest::prelude::*;
use rcp_indexer::extract::{ExtractError, Extracted, extract};

use crate::extracting::shown;

const LONG: &str = "The participants exchanged their experience over two days and agreed on several measures that each of \
them will take before the next meeting, with the support of the secretariat.";

fn page(markup: &str) -> Extracted {
    extract(format!("<!DOCTYPE html><html>{markup}</html>").as_bytes(), 10_000_000).unwrap()
}

#[track_caller]
fn check(markup: &str, expected: &[&str]) {
    assert_eq!(page(markup).blocks.iter().map(shown).collect::<Vec<_>>(), expected);
}

#[test]
fn blocks_are_apart_and_lines_are_not() {
    check(
        "<h1>Final\n report</h1><p>First <b>para</b>graph<br>goes on.</p>Loose text<div>In a block<p>and another.</p></div>\
         <h3>Scope</h3><blockquote>Quoted.</blockquote><figure><img alt=no><figcaption>Figure 1. Map</figcaption></figure>",
        &[
            "h1: Final report",
            "text: First paragraph goes on.",
            "text: Loose text",
            "text: In a block",
            "text: and another.",
            "h3: Scope",
            "text: Quoted.",
            "text: Figure 1. Map",
        ],
    );
}

#[test]
fn entities_and_invisible_characters() {
    check(
        "<p>Migraci&oacute;n&nbsp;&amp; r&eacute;gion inter&shy;national co<wbr>operation o&#64259;ce</p>",
        &["text: Migración & région international cooperation office"],
    );
}

#[test]
fn what_is_not_seen_is_not_read() {
    check(
        "<head><title>no</title></head><style>no</style><script>no</script><noscript>no</noscript><template>no</template>\
         <p hidden>no</p><p style='display:none'>no</p><p aria-hidden=true>no</p><svg><text>no</text></svg><iframe>no</iframe>\
         <form><label>no</label><input value=no><select><option>no</select><button>no</button><textarea>no</textarea>\
         <p>A form around a page is none.</p></form><!-- no -->",
        &["text: A form around a page is none."],
    );
}

#[test]
fn lists_have_the_numbers_that_are_printed() {
    check(
        "<ol start=20><li>Twenty</li><li value=25>Jump</li><li><p>Next</p><p>More of it</p></li></ol>\
         <ol type=a><li>Letter<ol type=i><li>Roman</li></ol></li><li>Letter</li></ol>\
         <ol reversed><li>Two</li><li>One</li></ol><ul><li>Bullet</li></ul>\
         <ol style='list-style-type: upper-roman'><li>Styled</li></ol><ol style='list-style:none'><li>3) typed</li></ol>",
        &[
            "item 20: Twenty",
            "item 25: Jump",
            "item 26: Next",
            "text: More of it",
            "item a: Letter",
            "item i: Roman",
            "item b: Letter",
            "item 2: Two",
            "item 1: One",
            "item: Bullet",
            "item I: Styled",
            "item 3: typed",
        ],
    );
}

#[test]
fn a_table_is_read_row_by_row_and_a_layout_is_not() {
    check(
        "<table><caption>Members</caption><tr><th>Country<th>Year</tr><tr><td><p>Chile</p><p>Peru</p><td>2010</tr><tr><td><td></tr></table>",
        &["text: Members", "row: Country | Year", "row: Chile Peru | 2010"],
    );
    check(
        "<table><tr><td>Left column<table><tr><td>a</td><td>b</td></tr></table></td><td><p>One.</p><p>Two.</p></td></tr></table>",
        &["text: Left column", "row: a | b", "text: One.", "text: Two."],
    );
    check("<table role=presentation><tr><td>One.</td><td>Two.</td></tr></table>", &["text: One.", "text: Two."]);
    check("<table><tr><td>12.</td><td>The States agree.</td></tr></table>", &["item 12: The States agree."]);
}

#[test]
fn definitions_preformatted_text_and_breaks() {
    check("<dl><dt>Term</dt><dd>What it means.</dd></dl>", &["text: Term", "text: What it means."]);
    check(
        "<pre>A line\nand its end.\n\n1. One\n2. Two</pre>",
        &["text: A line and its end.", "item 1: One", "item 2: Two"],
    );
    check(
        "<p>They agree<br><br>1. to meet;<br>2. to write.</p>",
        &["text: They agree", "item 1: to meet;", "item 2: to write."],
    );
}

#[test]
fn footnotes_of_every_writer() {
    let expected = ["text: It was held.", "note 1: See the annex."];
    for markup in [
        // pandoc
        "<p>It was held.<a href='#fn1' class=footnote-ref id=fnref1 role=doc-noteref><sup>1</sup></a></p><section class=footnotes \
         role=doc-endnotes><hr><ol><li id=fn1><p>See the annex.<a href='#fnref1' class=footnote-back role=doc-backlink>↩︎</a></p></li></ol></section>",
        // Word
        "<p>It was held.<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'><span class=MsoFootnoteReference>[1]</span></a></p>\
         <div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText>\
         <a href='#_ftnref1' name='_ftn1'><span>[1]</span></a> See the annex.</p></div></div>",
        // LibreOffice
        "<p>It was held.<a class=sdfootnoteanc name=sdfootnote1anc href='#sdfootnote1sym'><sup>1</sup></a></p>\
         <div id=sdfootnote1><p><a class=sdfootnotesym name=sdfootnote1sym href='#sdfootnote1anc'>1</a>See the annex.</p></div>",
        // by hand
        "<p>It was held.<sup><a href='#note1'>1</a></sup></p><p id=note1><sup>1</sup> See the annex.</p>",
        "<p>It was held.<sup>1</sup></p><p><sup>1</sup> See the annex.</p>",
        "<p>It was held.<sup id=cite_ref-1><a href='#cite_note-1'>[1]</a></sup></p><ol class=references><li id=cite_note-1><a \
         href='#cite_ref-1'>↑</a> See the annex.</li></ol>",
        "<p>It was held.<a epub:type=noteref role=doc-noteref href='#n'>1</a></p><aside role=doc-footnote id=n><p>1. See the annex.</p></aside>",
    ] {
        let blocks = page(markup).blocks;
        assert_eq!(blocks.iter().map(shown).collect::<Vec<_>>(), expected, "{markup}");
        assert_eq!(blocks[0].notes, ["1"], "{markup}");
    }
    check("<p>An area of 5 km<sup>2</sup>, on 1<sup>er</sup> May</p>", &["text: An area of 5 km², on 1er May"]);
    check("<p>See <a href='#part'>2</a> there</p><h2 id=part>2 Part</h2>", &["text: See 2 there", "h2: 2 Part"]);
}

#[test]
fn notes_in_the_footer_of_a_page_are_notes() {
    check(
        &format!(
            "<body><p>{LONG}<a role=doc-noteref href='#n1'>1</a></p><footer><div class=footnotes><p id=n1>See the annex.</p></div></footer>"
        ),
        &[&format!("text: {LONG}"), "note 1: See the annex."],
    );
}

#[test]
fn numbers_that_word_counted_stand_in_front() {
    check(
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>21.<span>&nbsp; \
         </span></span><![endif]>The private sector</p><p><span style='mso-list:Ignore'>§&nbsp;</span>A bullet<o:p></o:p></p>",
        &["item 21: The private sector", "item: A bullet"],
    );
}

const MENU: &str = "<ul><li><a href=/a>Who we are</a><ul><li><a href=/b>Organizational structure</a></li></ul></li><li><a \
href=/c>Our Work</a></li><li><span>Take Action</span><ul><li><a href=/d>Get involved today</a></li></ul></li></ul>";

#[test]
fn boilerplate_goes_and_the_text_stays() {
    let text = format!("<h1>Concept note</h1><p>{LONG}</p><p>{LONG}</p>");
    let long = format!("text: {LONG}");
    let expected = ["h1: Concept note", &long, &long];
    for around in [
        // Told by elements and roles.
        (
            "<header><a href=/>IOM</a> UN Migration</header><nav>Home Search</nav><main>",
            "</main><aside>Related</aside><footer>© IOM</footer>",
        ),
        ("<div role=banner>UN Migration</div><div role=main>", "</div><div role=contentinfo>Contact</div>"),
        // Told by names.
        (
            "<div class=site-header>UN Migration</div><div class='breadcrumb'>Home / Documents</div><div id=content>",
            "</div><div id=pie>IOM</div>",
        ),
        (
            "<div id=cookie-notice><p>We use cookies to make this site work. You may accept them.</p></div><article>",
            "<div class=share-bar>Share this page</div></article>",
        ),
        (
            "<div class=fil-ariane>Accueil</div><div>",
            "</div><div class='region-sidebar'>Related news of the month</div>",
        ),
        // Told by links alone.
        (
            MENU,
            "<ul><li><a href=/x>Vacancies</a></li><li><a href=/y>Contact us</a></li></ul><p>© 2023 IOM. All rights reserved</p>",
        ),
        (
            "<a href='#main'>Skip to main content</a><table><tr><td><a href=/a>Home</a></td><td><a href=/b>Sitemap</a></td></tr></table>",
            "<h2>Related</h2><p><a href=/n>Ministers gather</a></p>",
        ),
    ] {
        let (before, after) = around;
        let blocks = page(&format!("<body>{before}{text}{after}</body>")).blocks;
        assert_eq!(blocks.iter().map(shown).collect::<Vec<_>>(), expected, "{before} … {after}");
    }
}

#[test]
fn links_in_the_text_are_text() {
    let members = "<ul><li><a href=/1>Budapest Process</a></li><li><a href=/2>Bali Process</a></li></ul>";
    let long = format!("text: {LONG}");
    check(
        &format!("<body><p>{LONG}</p><p>Processes:</p>{members}<p>{LONG}</p><p>See also:</p>{members}"),
        &[
            &long,
            "text: Processes:",
            "item: Budapest Process",
            "item: Bali Process",
            &long,
            "text: See also:",
            "item: Budapest Process",
            "item: Bali Process",
        ],
    );
    check(&format!("<body>{members}"), &["item: Budapest Process", "item: Bali Process"]);
}

#[test]
fn a_section_named_after_its_heading_is_no_furniture() {
    let long = format!("text: {LONG}");
    check(
        &format!(
            "<body><section id=social><h2>Social</h2><p>{LONG}{LONG}{LONG}{LONG}</p></section><section id=related-footer-navigation><h2>Next</h2><p>{LONG}</p></section>\
             <p>{LONG}{LONG}{LONG}{LONG}</p>"
        ),
        &[
            "h2: Social",
            &format!("text: {LONG}{LONG}{LONG}{LONG}"),
            "h2: Next",
            &long,
            &format!("text: {LONG}{LONG}{LONG}{LONG}"),
        ],
    );
}

#[test]
fn a_name_that_speaks_of_another_block_drops_no_text() {
    let long = format!("text: {LONG}");
    let menu = format!("<nav>{}</nav>", MENU.repeat(40));
    check(&format!("<body>{menu}<div class=content-with-sidebar><p>{LONG}</p></div>"), &[&long]);
    check(
        &format!(
            "<body>{menu}<div class=sidebar-layout><p>{LONG}</p><p>{LONG}</p><p>{LONG} <a href=x>{LONG}</a></p></div>"
        ),
        &[&long, &long, &format!("text: {LONG} {LONG}")],
    );
    // Names of subjects and of page builders, on pieces of the text.
    let short = "They met in Lima on 2 May.";
    check(
        &format!(
            "<body>{menu}<main><div class=tag-social-protection><p>{LONG}</p></div><div class=widget-container><p>{short}</p></div>\
             <div class=section-header>Objectives</div><div class=footer-note>{short}</div><article class='post category-navigation'>{short}</article>\
             <div class=header><h2>Members</h2></div></main>"
        ),
        &[
            &long,
            &format!("text: {short}"),
            "text: Objectives",
            &format!("text: {short}"),
            &format!("text: {short}"),
            "h2: Members",
        ],
    );
    let comment = |text: &str| format!("<li class='comment even'>{text}</li>");
    check(
        &format!(
            "<body><p>{LONG}</p><div id=comments><ol>{}{}</ol></div>",
            comment(LONG),
            comment("I agree with this.")
        ),
        &[&long],
    );
    let section = format!("<section id=comments><h2>Comments</h2><p>{LONG}</p></section>");
    check(&format!("<body><p>{LONG}</p>{section}"), &[&long, "h2: Comments", &long]);
}

#[test]
fn a_document_saved_as_a_page_is_kept_whole() {
    check(
        "<head><meta name=Generator content='Microsoft Word 15'></head><body><p class=MsoToc1><a href='#_Toc1'>Scope 1</a></p>\
         <p class=MsoTitle>Report</p><p><a href=x>Home</a></p><header>Distr. LIMITED</header><div class=menu>Menu of options</div>",
        &["h1: Report", "text: Home", "text: Distr. LIMITED", "text: Menu of options"],
    );
}

#[test]
fn the_title_comes_from_the_heading_wherever_it_stands() {
    let extracted = page(&format!(
        "<head><title>Lima meeting | IOM</title></head><body><div class=hero><h1>Lima meeting</h1></div><main><p>{LONG}</p></main>"
    ));
    assert_eq!(extracted.blocks.iter().map(shown).collect::<Vec<_>>(), ["h1: Lima meeting", &format!("text: {LONG}")]);
    assert_eq!(extracted.properties.title.as_deref(), Some("Lima meeting"));
    assert_eq!(extracted.media_type, "text/html");
}

#[test]
fn an_element_that_holds_little_of_the_text_does_not_enclose_it() {
    let long = format!("text: {LONG}");
    check(
        &format!("<body><p>{LONG}</p><article><p>In short.</p></article><p>{LONG}</p>"),
        &[&long, "text: In short.", &long],
    );
}

#[test]
fn pages_made_to_do_harm_are_refused() {
    let refused = |page: &str| extract(page.as_bytes(), 10_000_000).unwrap_err();
    assert!(matches!(refused(&format!("<html>{}", "<div>".repeat(100_000))), ExtractError::Bomb { .. }));
    assert!(matches!(refused(&format!("<html>{}", "<p>a".repeat(300_001))), ExtractError::TooLong { .. }));
    assert_eq!(refused("<html><body><script>text</script></body></html>"), ExtractError::Empty);
}

proptest! {
    #[test]
    fn no_markup_makes_it_panic(markup in "(<(/?)(p|div|table|tr|td|li|ol|a href=#x|sup|b|nav|h1|pre|br|q|ul|section id=x)>|\\PC{0,8}|&[a-z]{1,5};){0,60}") {
        let _ = extract(format!("<html>{markup}").as_bytes(), 1_000_000);
    }

    /// Whatever the structure of a page, each word of its text comes out once and in order, and none of its menus.
    #[test]
    fn every_word_comes_out_once(
        parts in prop::collection::vec(
            (prop::sample::select(vec!["p", "h2", "li", "td", "blockquote", "dd", "pre", "div", "span"]), "[a-zéñ]{2,9}( [a-zéñ]{2,9}){0,12}[.;]?", any::<bool>()),
            1..25,
        )
    ) {
        let body: String = parts.iter().map(|(tag, text, bold)| {
            let text = if *bold { format!("<b>{text}</b>") } else { text.clone() };
            match *tag {
                "li" => format!("<ol start=7><li>{text}</li></ol>"),
                "td" => format!("<table><tr><td>{text}</td><td>end</td></tr></table>"),
                "dd" => format!("<dl><dt>{text}</dt></dl>"),
                tag => format!("<{tag}>{text}</{tag}>"),
            }
        }).collect();
        let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        let expected: Vec<String> = parts.iter().flat_map(|(tag, text, _)| {
            let mut words = words(text);
            words.extend((*tag == "td").then(|| "end".to_owned()));
            words
        }).collect();
        let markup = format!("<nav>{MENU}</nav><main><h1>Title</h1>{body}<p>{LONG}</p></main><footer>Menu</footer>");
        let found: Vec<String> = page(&markup).blocks.iter().flat_map(|block| words(&block.text)).collect();
        let expected: Vec<String> = ["Title".to_owned()].into_iter().chain(expected).chain(words(LONG)).collect();
        // Spans run together with what follows them.
        prop_assert_eq!(found.concat(), expected.concat());
    }
}
