//! [`Parameter`]: one documented parameter, by kind. Its definition reads the request, writes the OpenAPI document and
//! words the complaint, so that the three cannot disagree.

use rcp_corpus::model::DateRange;
use serde_json::{Value, json};
use utoipa::openapi::schema::{ArrayBuilder, KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};

use super::Given;
use super::given::{LIST_EXPECTED, texts_of_list};

/// A parameter as the OpenAPI document describes it.
pub(crate) trait Parameter: Sync {
    /// Name in a query string and key in a JSON body.
    fn name(&self) -> &'static str;
    /// What it does.
    fn description(&self) -> String;
    /// What it takes.
    fn schema(&self) -> Schema;
    /// A value that works, unless only an earlier answer can give one.
    fn example(&self) -> Option<Value>;
    /// Whether a request without it is refused.
    fn is_required(&self) -> bool {
        false
    }
    /// The texts of a JSON value of the right kind, `None` for one of another kind.
    fn texts(&self, value: &Value) -> Option<Vec<String>> {
        value.as_str().map(|text| vec![text.to_owned()])
    }
    /// What a JSON value must be, to be read after the parameter's name.
    fn expected(&self) -> String {
        "must be a text".to_owned()
    }
}

/// Free text.
pub(crate) struct Text {
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) example: &'static str,
    /// Whether nothing is a value too: an empty search box asks for everything.
    pub(crate) may_be_empty: bool,
}

impl Text {
    pub(crate) fn read(&self, given: &mut Given) -> Option<String> {
        if self.may_be_empty { given.single(self.name) } else { given.filled(self.name) }
    }
}

impl Parameter for Text {
    fn name(&self) -> &'static str {
        self.name
    }
    fn description(&self) -> String {
        self.description.to_owned()
    }
    fn schema(&self) -> Schema {
        let least = if self.may_be_empty { None } else { Some(1) };
        ObjectBuilder::new().schema_type(Type::String).min_length(least).into()
    }
    fn example(&self) -> Option<Value> {
        (!self.example.is_empty()).then(|| json!(self.example))
    }
}

/// Free text without which there is nothing to answer.
pub(crate) struct RequiredText(pub(crate) Text);

impl RequiredText {
    /// The text given; empty where it is refused.
    pub(crate) fn read(&self, given: &mut Given) -> String {
        if !given.has(self.0.name) {
            given.refuse(self.0.name, "is required");
        }
        self.0.read(given).unwrap_or_default()
    }
}

impl Parameter for RequiredText {
    fn name(&self) -> &'static str {
        self.0.name
    }
    fn description(&self) -> String {
        self.0.description()
    }
    fn schema(&self) -> Schema {
        self.0.schema()
    }
    fn example(&self) -> Option<Value> {
        self.0.example()
    }
    fn is_required(&self) -> bool {
        true
    }
}

/// A whole number within limits.
pub(crate) struct Integer {
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) min: u16,
    pub(crate) max: u16,
    pub(crate) default: Option<u16>,
    pub(crate) example: u16,
}

impl Integer {
    /// The number given, else the default.
    pub(crate) fn read(&self, given: &mut Given) -> Option<u16> {
        let Some(text) = given.filled(self.name) else { return self.default };
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse().ok().filter(|number| digits && (self.min..=self.max).contains(number));
        if number.is_none() {
            given.refuse(self.name, &self.expected());
        }
        number.or(self.default)
    }

    /// As [`Integer::read`], for a size with a default.
    pub(crate) fn read_size(&self, given: &mut Given) -> usize {
        self.read(given).map_or(0, usize::from)
    }
}

impl Parameter for Integer {
    fn name(&self) -> &'static str {
        self.name
    }
    fn description(&self) -> String {
        self.description.to_owned()
    }
    fn schema(&self) -> Schema {
        ObjectBuilder::new()
            .schema_type(Type::Integer)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int32)))
            .minimum(Some(self.min))
            .maximum(Some(self.max))
            .default(self.default.map(Value::from))
            .into()
    }
    fn example(&self) -> Option<Value> {
        Some(json!(self.example))
    }
    fn texts(&self, value: &Value) -> Option<Vec<String>> {
        // To JSON Schema 10.0 is a whole number too: it is written without its fraction.
        value.as_f64().map(|number| vec![number.to_string()])
    }
    fn expected(&self) -> String {
        format!("must be a whole number from {} to {}", self.min, self.max)
    }
}

/// One of a few words.
pub(crate) struct Choice<T: 'static> {
    pub(crate) name: &'static str,
    /// Name of the type in generated clients; choices of the same words share it.
    pub(crate) type_name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) values: &'static [(&'static str, T)],
    pub(crate) default: T,
}

impl<T: Copy + PartialEq + Sync> Choice<T> {
    /// The value of the word given, else the default.
    pub(crate) fn read(&self, given: &mut Given) -> T {
        let Some(word) = given.filled(self.name) else { return self.default };
        let found = self.values.iter().find(|(name, _)| *name == word);
        if found.is_none() {
            given.refuse_word(self.name, &self.expected(), &word, self.words());
        }
        found.map_or(self.default, |(_, value)| *value)
    }

    /// The word for a value.
    pub(crate) fn word(&self, value: T) -> &'static str {
        self.values.iter().find(|(_, known)| *known == value).map_or("", |(name, _)| name)
    }

    fn words(&self) -> impl Iterator<Item = &'static str> + Clone {
        self.values.iter().map(|(name, _)| *name)
    }
}

impl<T: Copy + PartialEq + Sync> Parameter for Choice<T> {
    fn name(&self) -> &'static str {
        self.name
    }
    fn description(&self) -> String {
        self.description.to_owned()
    }
    fn schema(&self) -> Schema {
        ObjectBuilder::new()
            .title(Some(self.type_name))
            .schema_type(Type::String)
            .enum_values(Some(self.words()))
            .default(Some(json!(self.word(self.default))))
            .into()
    }
    fn example(&self) -> Option<Value> {
        Some(json!(self.word(self.default)))
    }
    fn expected(&self) -> String {
        format!("must be one of {}", self.words().collect::<Vec<_>>().join(", "))
    }
}

/// A day, or the month or year that holds it: `2013-05-22`, `2013-05`, `2013`.
pub(crate) struct Day {
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) example: &'static str,
}

impl Day {
    /// The days that are meant: one, those of a month, or those of a year.
    pub(crate) fn read(&self, given: &mut Given) -> Option<DateRange> {
        let text = given.filled(self.name)?;
        let range = if text.contains('/') { None } else { text.parse().ok() };
        if range.is_none() {
            given.refuse(self.name, &self.expected());
        }
        range
    }
}

impl Parameter for Day {
    fn name(&self) -> &'static str {
        self.name
    }
    fn description(&self) -> String {
        self.description.to_owned()
    }
    fn schema(&self) -> Schema {
        ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")).into()
    }
    fn example(&self) -> Option<Value> {
        Some(json!(self.example))
    }
    fn expected(&self) -> String {
        "must be a day, month or year such as 2013-05-22, 2013-05 or 2013".to_owned()
    }
}

/// A moment: `2026-01-31T12:00:00Z`, or the beginning of a day in UTC.
pub(crate) struct Moment {
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) example: &'static str,
}

impl Moment {
    pub(crate) fn read(&self, given: &mut Given) -> Option<jiff::Timestamp> {
        let text = given.filled(self.name)?;
        let full = if text.len() == 10 { format!("{text}T00:00:00Z") } else { text };
        let moment = full.parse().ok();
        if moment.is_none() {
            given.refuse(self.name, &self.expected());
        }
        moment
    }
}

impl Parameter for Moment {
    fn name(&self) -> &'static str {
        self.name
    }
    fn description(&self) -> String {
        self.description.to_owned()
    }
    fn schema(&self) -> Schema {
        ObjectBuilder::new().schema_type(Type::String).into()
    }
    fn example(&self) -> Option<Value> {
        Some(json!(self.example))
    }
    fn expected(&self) -> String {
        "must be a time such as 2026-01-31T12:00:00Z, or a day such as 2026-01-31".to_owned()
    }
}

/// Several values: the parameter repeated, or an array in JSON.
pub(crate) struct List {
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    /// One value, or several with spaces between them where commas may stand there too.
    pub(crate) example: &'static str,
    /// Whether one value may hold several, with commas between them.
    pub(crate) commas: bool,
    /// What is taken where nothing is given.
    pub(crate) default: &'static [&'static str],
    /// Values at most.
    pub(crate) max: usize,
}

impl List {
    /// The values given in their order, each once; `None` where the parameter is absent.
    pub(crate) fn read(&self, given: &mut Given) -> Option<Vec<String>> {
        let mut values: Vec<String> = Vec::new();
        for value in given.all(self.name)? {
            let parts = if self.commas { value.split(',').map(str::to_owned).collect() } else { vec![value] };
            for part in parts {
                let part = part.trim();
                if part.is_empty() {
                    given.refuse(self.name, "must not hold an empty value; leave it out instead");
                    return None;
                }
                if !values.iter().any(|value| value == part) {
                    values.push(part.to_owned());
                }
            }
        }
        if values.len() > self.max {
            given.refuse(self.name, &format!("takes at most {} values", self.max));
        }
        Some(values)
    }
}

impl Parameter for List {
    fn name(&self) -> &'static str {
        self.name
    }
    fn description(&self) -> String {
        self.description.to_owned()
    }
    fn schema(&self) -> Schema {
        let item = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1));
        let default = (!self.default.is_empty()).then(|| json!(self.default));
        ArrayBuilder::new().items(item).max_items(Some(self.max)).default(default).into()
    }
    fn example(&self) -> Option<Value> {
        let values: Vec<_> = if self.commas { self.example.split(' ').collect() } else { vec![self.example] };
        Some(json!(values))
    }
    fn texts(&self, value: &Value) -> Option<Vec<String>> {
        texts_of_list(value)
    }
    fn expected(&self) -> String {
        LIST_EXPECTED.to_owned()
    }
}
