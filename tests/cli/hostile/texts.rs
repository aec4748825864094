//! HTML, RTF, compound files and plain text that nobody writes by hand, and files that are not what they are called.

use super::{Files, damaged, file};

pub(super) fn files() -> Files {
    let mut files = Files::new();
    let mut add = |name: &str, bytes: Vec<u8>| files.push(file(name, bytes));
    let html = |inside: String| format!("<!doctype html><body><p>Delegates spoke.</p>{inside}").into_bytes();
    for (name, inside) in [
        ("deep", "<div>".repeat(100_000)),
        ("deep-tables", "<table><tr><td>".repeat(50_000)),
        ("deep-lists", "<ul><li>".repeat(50_000)),
        ("formatting", "<b><i><a>".repeat(20_000) + &"</b></i>".repeat(20_000)),
        ("attributes", format!("<p {}>", (0..100_000).map(|at| format!("a{at} ")).collect::<String>())),
        ("entities", "&amp;&#0;&#xD800;&#x110000;&nosuch;".repeat(20_000)),
        ("unclosed", "<".repeat(500_000)),
        ("comment", "<!--".repeat(100_000)),
        ("cells", format!("<table><tr>{}", "<td colspan=1000000000 rowspan=65534>a".repeat(1_000))),
        ("zeros", "\0".repeat(100_000)),
        ("script", format!("<script>{}", "a".repeat(2_000_000))),
    ] {
        add(&format!("html-{name}.html"), html(inside));
    }
    for (name, inside) in [
        ("deep", "{".repeat(1_000_000)),
        ("closed", "}".repeat(1_000_000)),
        ("binary", "\\bin2000000000 abc".to_owned()),
        ("unicode", "\\uc2000000000\\u-40000 ?\\u55357 ?".repeat(10_000)),
        ("words", format!("\\{}", "a".repeat(1_000_000))),
        ("tables", "\\trowd\\cellx1\\cell".repeat(100_000)),
    ] {
        add(&format!("rtf-{name}.rtf"), format!("{{\\rtf1\\ansi Delegates spoke. {inside}").into_bytes());
    }
    let ole = [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &[0; 16], b"\x3E\0\x03\0\xFE\xFF\x09\0\x06\0"].concat();
    add("ole-short.doc", ole.clone());
    add("ole-zeros.doc", [ole.clone(), vec![0; 100_000]].concat());
    add("ole-ones.doc", [ole.clone(), vec![0xFF; 100_000]].concat());
    // Every sector is followed by itself.
    add("ole-circle.doc", [ole.clone(), vec![0; 478], [1, 0, 0, 0].repeat(20_000)].concat());
    add("ole-noise.doc", [ole, noise(100_000)].concat());

    add("empty.txt", Vec::new());
    add("mark-alone.txt", b"\xEF\xBB\xBF".to_vec());
    add("zeros.txt", vec![0; 1_000_000]);
    add("noise.txt", noise(1_000_000));
    add("surrogates.txt", b"Delegates \xED\xA0\x80\xED\xBF\xBF spoke.\n".repeat(1_000));
    add(
        "mixed.txt",
        [&"migración\n".repeat(100).into_bytes()[..], &b"migraci\xF3n\n".repeat(100), b"m\0i\0g\0"].concat(),
    );
    add("utf-16-odd.txt", b"\xFF\xFED\0e\0l\0e\0g\0a\0t\0e\0s\0 ".to_vec());
    add("bidi.txt", "\u{202e}\u{2066}\u{200f}spoke\u{202c}".repeat(20_000).into_bytes());
    add("combining.txt", ("e".to_owned() + &"\u{301}\u{327}".repeat(100_000)).into_bytes());
    add("joiners.txt", "👩\u{200d}".repeat(100_000).into_bytes());
    add("one-word.txt", vec![b'a'; 1_000_000]);
    add("one-line.txt", "Delegates of Peru spoke of return. ".repeat(30_000).into_bytes());
    add("lines.txt", b"a\n".repeat(400_000));
    add("too-much.txt", "Delegates of Peru spoke of return. ".repeat(300_000).into_bytes());
    add("breaks.txt", b"\r".repeat(1_000_000));
    add("form-feeds.txt", b"\x0Ca".repeat(200_000));
    add("numbers.txt", (0..50_000).map(|at| format!("{at}. a\n\n")).collect::<String>().into_bytes());
    add("quotes.md", b"> ".repeat(200_000));
    add("bullets.md", b"- ".repeat(200_000));
    add("headings.md", (0..50_000).map(|at| format!("{} a\n", "#".repeat(at % 7))).collect::<String>().into_bytes());
    add("brackets.md", [b"[".repeat(100_000), b"](".repeat(100_000)].concat());
    add("stars.md", b"*_~`".repeat(100_000));
    add("table.md", b"|".repeat(500_000));
    add("terminal.txt", b"\x1b]0;owned\x07\x1b[2J\x1b[31mDelegates spoke.\n".to_vec());

    add("picture.pdf", [&b"\x89PNG\r\n\x1a\n"[..], &noise(1_000)].concat());
    add("program.docx", [&b"\x7FELF\x02\x01\x01"[..], &noise(1_000)].concat());
    add("page.doc", html(String::new()));
    add("archive.txt", [&b"\x1F\x8B\x08"[..], &noise(1_000)].concat());
    files.extend(damaged("latin", "rtf", b"{\\rtf1\\ansi\\ansicpg1252 Delegates spoke of migraci\\'f3n.\\par}"));
    files
}

/// Bytes without a pattern, the same ones always.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    std::iter::repeat_with(next).take(length).collect()
}
