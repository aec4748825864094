//! [`Xml`]: a document of XML, element by element, in which every text is only text.

/// A document in the making.
#[derive(Debug)]
pub(crate) struct Xml(String);

/// Names and values of attributes. The names are ours.
type Attributes<'a> = &'a [(&'static str, &'a str)];

impl Xml {
    pub(crate) fn new() -> Xml {
        Xml("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned())
    }

    /// Begins an element that holds others.
    pub(crate) fn open(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.tag(name, attributes, ">\n");
    }

    /// Ends it.
    pub(crate) fn close(&mut self, name: &'static str) {
        self.0.extend(["</", name, ">\n"]);
    }

    /// An element without content.
    pub(crate) fn empty(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.tag(name, attributes, "/>\n");
    }

    /// An element that holds text.
    pub(crate) fn text(&mut self, name: &'static str, attributes: Attributes<'_>, text: &str) {
        self.tag(name, attributes, ">");
        self.escaped(text);
        self.close(name);
    }

    /// The whole document.
    pub(crate) fn finish(self) -> String {
        self.0
    }

    fn tag(&mut self, name: &'static str, attributes: Attributes<'_>, end: &str) {
        self.0.extend(["<", name]);
        for (name, value) in attributes {
            self.0.extend([" ", name, "=\""]);
            self.escaped(value);
            self.0.push('"');
        }
        self.0.push_str(end);
    }

    /// What XML has no way to write is left out.
    fn escaped(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                // A reader would take them for spaces or for another line end.
                '\t' => self.0.push_str("&#9;"),
                '\n' => self.0.push_str("&#10;"),
                '\r' => self.0.push_str("&#13;"),
                '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {}
                other => self.0.push(other),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let mut xml = Xml::new();
        xml.open("a", &[("b", "\"<&>'\n\u{1}")]);
        xml.text("c", &[], "</c>]]>\u{0}\u{FFFE}&amp;é\u{2028}");
        xml.empty("d", &[]);
        xml.close("a");
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"&quot;&lt;&amp;&gt;'&#10;\">\n\
                        <c>&lt;/c&gt;]]&gt;&amp;amp;é\u{2028}</c>\n<d/>\n</a>\n";
        assert_eq!(xml.finish(), expected);
    }
}
