//! The lists embedded in the binary; nothing else in the crate embeds data.

/// Relative path and text of every embedded list.
pub(super) const FILES: &[(&str, &str)] = &[
    ("emoji.tsv", include_str!("../../lexicons/emoji.tsv")),
    ("themes.tsv", include_str!("../../lexicons/themes.tsv")),
    ("signals.tsv", include_str!("../../lexicons/signals.tsv")),
    ("fi/sentiment.tsv", include_str!("../../lexicons/fi/sentiment.tsv")),
    ("fi/themes.tsv", include_str!("../../lexicons/fi/themes.tsv")),
    ("fi/signals.tsv", include_str!("../../lexicons/fi/signals.tsv")),
    ("fi/modifiers.tsv", include_str!("../../lexicons/fi/modifiers.tsv")),
    ("fi/words.tsv", include_str!("../../lexicons/fi/words.tsv")),
    ("fi/forms.tsv", include_str!("../../lexicons/fi/forms.tsv")),
    ("en/sentiment.tsv", include_str!("../../lexicons/en/sentiment.tsv")),
    ("en/themes.tsv", include_str!("../../lexicons/en/themes.tsv")),
    ("en/signals.tsv", include_str!("../../lexicons/en/signals.tsv")),
    ("en/modifiers.tsv", include_str!("../../lexicons/en/modifiers.tsv")),
    ("en/words.tsv", include_str!("../../lexicons/en/words.tsv")),
    ("en/forms.tsv", include_str!("../../lexicons/en/forms.tsv")),
    ("sv/sentiment.tsv", include_str!("../../lexicons/sv/sentiment.tsv")),
    ("sv/themes.tsv", include_str!("../../lexicons/sv/themes.tsv")),
    ("sv/signals.tsv", include_str!("../../lexicons/sv/signals.tsv")),
    ("sv/modifiers.tsv", include_str!("../../lexicons/sv/modifiers.tsv")),
    ("sv/words.tsv", include_str!("../../lexicons/sv/words.tsv")),
    ("sv/forms.tsv", include_str!("../../lexicons/sv/forms.tsv")),
];
