//! [`Destination`]: what becomes of the text of a group.

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Destination {
    /// Into the document, a note or a text box.
    Text,
    /// Nowhere.
    Skip,
    /// Nowhere, but text boxes and other forms of a text in it are read.
    Shape,
    /// Names and character sets of fonts.
    Fonts,
    /// Names and levels of styles.
    Styles,
    /// Properties of the document.
    Info,
    /// The title among them.
    Title,
    /// The program among them.
    Software,
    /// The number or bullet of a paragraph, as it is printed.
    Label,
    /// The code of a field.
    Code,
}

/// What a control word says at the start of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// The text of the group goes here.
    To(Destination),
    /// The group is a note.
    Note,
    /// The group is a text box.
    Box,
    /// The group is the result of a field.
    Result,
}

/// What a control word at the start of a group says; `starred` groups may be skipped by readers that do not know them.
pub(super) fn opening(word: &str, starred: bool, around: Destination) -> Option<Opening> {
    use Destination::{Code, Fonts, Info, Label, Shape, Skip, Software, Styles, Text, Title};
    let opening = match (word, around) {
        ("shptxt" | "dptxbxtext", Shape | Text) => Opening::Box,
        // A text that is given twice, the second time in Unicode.
        ("upr", Text) => Opening::To(Shape),
        ("ud", Shape) => Opening::To(Text),
        ("title", Info) => Opening::To(Title),
        ("creatim" | "revtim", Info) => return None,
        (_, Info) => Opening::To(Skip),
        (_, Shape | Skip | Fonts | Styles | Title | Software) => {
            return starred.then_some(Opening::To(Skip));
        }
        ("fonttbl", _) => Opening::To(Fonts),
        ("stylesheet", _) => Opening::To(Styles),
        ("info", _) => Opening::To(Info),
        ("generator", _) => Opening::To(Software),
        ("listtext" | "pntext", _) => Opening::To(Label),
        ("fldinst", _) => Opening::To(Code),
        ("fldrslt", _) => Opening::Result,
        ("footnote", _) => Opening::Note,
        ("shpinst" | "do", _) => Opening::To(Shape),
        ("nesttableprops", _) => return None,
        (
            "colortbl" | "filetbl" | "listtable" | "listoverridetable" | "revtbl" | "rsidtbl" | "header" | "headerl",
            _,
        )
        | ("headerr" | "headerf" | "footer" | "footerl" | "footerr" | "footerf" | "ftnsep" | "ftnsepc", _)
        | ("ftncn" | "aftnsep" | "aftnsepc" | "aftncn" | "pict" | "xe" | "tc" | "rxe" | "txe" | "nonshppict", _)
        | ("shprslt" | "nonesttables" | "private" | "atnid" | "atnauthor" | "annotation" | "pntxta" | "pntxtb", _) => {
            Opening::To(Skip)
        }
        _ if starred => Opening::To(Skip),
        _ => return None,
    };
    Some(opening)
}
