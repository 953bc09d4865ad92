//! `[input.columns]`: which column of the input plays which part.

use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;

/// The columns by the part they play; only `text` is required.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Columns {
    /// The response's own id; absent: `<file>#<row>`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// One or several open questions.
    #[serde(deserialize_with = "text_columns")]
    pub text: Vec<TextColumn>,
    /// The score that the customer gave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<String>,
    /// The customer's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// When the response was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// The language of the questionnaire, a hint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Columns to split the results by.
    pub segments: Vec<String>,
}

/// One open question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextColumn {
    /// The column's name.
    pub column: String,
    /// What the question asks for, where it asks for one side only.
    pub expects: Option<Expects>,
}

/// What an open question asks for: "What could we do better?" what is bad, "What did you like?" what is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Expects {
    /// What is good: a topic named is praised, "nothing" is a complaint.
    Positive,
    /// What is bad: a topic named is a wish, "nothing" is praise.
    Negative,
}

impl Serialize for TextColumn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(expects) = self.expects else {
            return serializer.serialize_str(&self.column);
        };
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("column", &self.column)?;
        map.serialize_entry("expects", &expects)?;
        map.end()
    }
}

// By hand: an untagged enum would hide which key is wrong behind "data did not match any variant".
impl<'de> Deserialize<'de> for TextColumn {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<TextColumn, D::Error> {
        struct Question;
        impl<'de> Visitor<'de> for Question {
            type Value = TextColumn;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a column name or { column = \"name\", expects = \"negative\" }")
            }
            fn visit_str<E: de::Error>(self, name: &str) -> Result<TextColumn, E> {
                Ok(TextColumn { column: name.to_owned(), expects: None })
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<TextColumn, A::Error> {
                let (mut column, mut expects) = (None, None);
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "column" => column = Some(map.next_value::<String>()?),
                        "expects" => expects = Some(map.next_value::<Expects>()?),
                        other => {
                            return Err(de::Error::unknown_field(other, &["column", "expects"]));
                        }
                    }
                }
                let column = column.ok_or_else(|| de::Error::missing_field("column"))?;
                Ok(TextColumn { column, expects })
            }
        }
        deserializer.deserialize_any(Question)
    }
}

fn text_columns<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<TextColumn>, D::Error> {
    struct Questions;
    impl<'de> Visitor<'de> for Questions {
        type Value = Vec<TextColumn>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list of columns, e.g. text = [\"comment\"]")
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<TextColumn>, A::Error> {
            let mut questions = Vec::new();
            while let Some(question) = seq.next_element()? {
                questions.push(question);
            }
            Ok(questions)
        }
    }
    deserializer.deserialize_any(Questions)
}
