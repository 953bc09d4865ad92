//! Lines of a given width: words wrapped, figures in a column, words with marks under them.

use unicode_width::UnicodeWidthStr;

/// How an explanation is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns of a line.
    pub width: usize,
    /// Whether figures and headings are coloured, as only a terminal shows.
    pub colour: bool,
}

impl Default for Style {
    fn default() -> Style {
        Style { width: 80, colour: false }
    }
}

/// How a word or figure is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Strong,
    Good,
    Bad,
}

impl Tone {
    /// That of a figure.
    pub(super) fn of(value: f64) -> Tone {
        match value {
            v if v > 0.0 => Tone::Good,
            v if v < 0.0 => Tone::Bad,
            _ => Tone::Plain,
        }
    }

    /// The number of an ANSI attribute.
    fn code(self) -> Option<u8> {
        match self {
            Tone::Plain => None,
            Tone::Strong => Some(1),
            Tone::Good => Some(32),
            Tone::Bad => Some(31),
        }
    }
}

/// A word of a text and what stands under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) word: String,
    pub(super) mark: String,
    pub(super) tone: Tone,
}

/// Columns before the text of a fact, and before a figure and its text.
const FACT: usize = 11;
const MARGIN: usize = 2;
const FIGURE: usize = 8;
/// Narrower pages are laid out as if they had so many columns.
const NARROWEST: usize = 40;

/// What has been laid out so far.
#[derive(Debug)]
pub(super) struct Page {
    style: Style,
    out: String,
}

impl Page {
    pub(super) fn new(style: Style) -> Page {
        Page { style: Style { width: style.width.max(NARROWEST), ..style }, out: String::new() }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    pub(super) fn blank(&mut self) {
        self.out.push('\n');
    }

    /// A text as it came, line by line.
    pub(super) fn text(&mut self, text: &str) {
        for line in text.lines() {
            self.hanging("", Tone::Plain, 0, line);
        }
    }

    pub(super) fn heading(&mut self, text: &str) {
        for line in wrapped(text, self.style.width) {
            let line = self.toned(&line, Tone::Strong);
            self.line(&line);
        }
    }

    /// A named fact: `language   fi`.
    pub(super) fn fact(&mut self, name: &str, text: &str) {
        self.hanging(name, Tone::Strong, FACT, text);
    }

    /// A figure and what it is.
    pub(super) fn figure(&mut self, figure: &str, tone: Tone, text: &str) {
        self.hanging(&format!("{:MARGIN$}{figure}", ""), tone, MARGIN + FIGURE, text);
    }

    /// A remark.
    pub(super) fn note(&mut self, text: &str) {
        let lines = wrapped(text, self.style.width - 2 * MARGIN);
        for (number, line) in lines.iter().enumerate() {
            let indent = if number == 0 { MARGIN } else { 2 * MARGIN };
            self.line(&format!("{:indent$}{line}", ""));
        }
    }

    /// A figure behind a factor, under another figure.
    pub(super) fn factor(&mut self, factor: &str, figure: &str, text: &str) {
        let head = format!("{:indent$}{factor:<7} {figure}", "", indent = MARGIN + FIGURE);
        self.hanging(&head, Tone::Plain, MARGIN + 3 * FIGURE, text);
    }

    /// Words with their marks under them.
    pub(super) fn cells(&mut self, cells: &[Cell]) {
        let room = self.style.width - MARGIN;
        let mut rest = cells;
        while !rest.is_empty() {
            let (mut used, mut count) = (0, 0);
            for cell in rest {
                let more = cell.word.width().max(cell.mark.width()) + usize::from(count > 0);
                if count > 0 && used + more > room {
                    break;
                }
                (used, count) = (used + more, count + 1);
            }
            let (line, behind) = rest.split_at(count);
            self.row(line, room);
            rest = behind;
        }
    }

    fn row(&mut self, cells: &[Cell], room: usize) {
        let (mut words, mut marks) = (" ".repeat(MARGIN), " ".repeat(MARGIN));
        let mut marked = false;
        for cell in cells {
            let word = shortened(&cell.word, room);
            let width = word.width().max(cell.mark.width());
            words.push_str(&word);
            words.push_str(&" ".repeat(width - word.width() + 1));
            marks.push_str(&self.toned(&cell.mark, cell.tone));
            marks.push_str(&" ".repeat(width - cell.mark.width() + 1));
            marked |= !cell.mark.is_empty();
        }
        self.line(&words);
        if marked {
            self.line(&marks);
        }
    }

    /// A head, and beside it text in a column that begins at `indent`.
    fn hanging(&mut self, head: &str, tone: Tone, indent: usize, text: &str) {
        let lines = wrapped(text, self.style.width.saturating_sub(indent));
        for (number, line) in lines.iter().enumerate() {
            let head = if number == 0 { head } else { "" };
            let gap = indent.saturating_sub(head.width());
            // A head that fills its column still stands apart.
            let gap = if head.is_empty() { gap } else { gap.max(1) };
            let line = format!("{}{}{line}", self.toned(head, tone), " ".repeat(gap));
            self.line(&line);
        }
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    fn toned(&self, text: &str, tone: Tone) -> String {
        match tone.code().filter(|_| self.style.colour && !text.trim().is_empty()) {
            Some(code) => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            None => text.to_owned(),
        }
    }
}

/// The lines of a text, none wider than `width`; at least one.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let mut word = word;
        loop {
            let line = lines.last_mut().map(|line| (line.width(), line));
            let Some((used, line)) = line else { break };
            if used == 0 && word.width() > width {
                // Longer than a line: cut, but never to nothing.
                let cut = fitting(word, width).max(word.chars().next().map_or(0, char::len_utf8));
                let (head, tail) = word.split_at(cut);
                line.push_str(head);
                word = tail;
                if word.is_empty() {
                    break;
                }
            } else if used == 0 || used + 1 + word.width() <= width {
                line.push_str(if used == 0 { "" } else { " " });
                line.push_str(word);
                break;
            }
            lines.push(String::new());
        }
    }
    lines
}

/// How many bytes of a word fit into some columns.
fn fitting(word: &str, width: usize) -> usize {
    let mut used = 0;
    let wide = |c: &char| unicode_width::UnicodeWidthChar::width(*c).unwrap_or_default();
    let fits = |c: &char| {
        used += wide(c);
        used <= width
    };
    word.chars().take_while(fits).map(char::len_utf8).sum()
}

/// A word that fills no more than a line.
fn shortened(word: &str, width: usize) -> String {
    if word.width() <= width {
        return word.to_owned();
    }
    let (head, _) = word.split_at(fitting(word, width.saturating_sub(1)));
    format!("{head}…")
}

/// A valence.
pub(super) fn two(value: f64) -> String {
    // -0 is shown as 0.
    format!("{:+.2}", value + 0.0)
}

/// A score, or a part of one.
pub(super) fn three(value: f64) -> String {
    format!("{:+.3}", value + 0.0)
}

/// What a value was multiplied by.
pub(super) fn factor(before: f64, after: f64) -> String {
    if before == 0.0 { "set to".to_owned() } else { format!("x{:.2}", after / before + 0.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn long_words_are_cut_and_short_ones_kept() {
        assert_eq!(wrapped("a bc defgh", 4), ["a bc", "defg", "h"]);
        assert_eq!(wrapped("", 4), [""]);
        assert_eq!(shortened("abcdef", 4), "abc…");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_page(
            text in "([a-zäö]{1,90}|👍|[.,!]| ){0,30}",
            width in 40_usize..100,
        ) {
            let mut page = Page::new(Style { width, colour: false });
            let words = text.split_whitespace();
            let cell = |word: &str| Cell { word: word.into(), mark: "+1".into(), tone: Tone::Good };
            let cells: Vec<Cell> = words.map(cell).collect();
            page.text(&text);
            page.figure("+0.123", Tone::Good, &text);
            page.cells(&cells);
            for line in page.finish().lines() {
                prop_assert!(line.width() <= width, "{} > {width}: {line}", line.width());
            }
        }
    }
}
