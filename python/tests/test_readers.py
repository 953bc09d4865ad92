"""The published tables keep their promises in DuckDB, Polars, pyarrow and pandas."""

import filecmp
import hashlib
import math
import re
from collections import Counter, defaultdict

import pyarrow.parquet
import pytest

from conftest import SOURCE, run_sample
from contract import ADDED, INPUT, TABLES

SCORED = {"fi", "en", "sv"}
SIGNS = {"positive": "+", "negative": "-", "neutral": ""}

# Written apart from kymppi's own patterns: plain forms, as people wrote them in the sample.
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}")
PHONE = re.compile(r"\+?\d[\d ()-]{6,}\d")

each_table = pytest.mark.parametrize("table", TABLES)


def files_of(folder):
    """The Parquet files below a folder, by relative path, in order."""
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.parquet"))}


def by_response(mentions):
    groups = defaultdict(list)
    for mention in mentions:
        groups[mention["response_id"]].append(mention)
    return groups


def with_text(responses):
    return [row for row in responses if row["comment"] and row["comment"].strip()]


def words_of(text):
    return re.findall(r"\w{4,}", text.casefold())


def redacted(text):
    return PHONE.sub("[phone]", EMAIL.sub("[email]", text))


# ---- Files and record -----------------------------------------------------------------------------------------------


@each_table
def test_every_input_file_has_its_file_in_every_table(output, table):
    assert files_of(output / table).keys() == files_of(SOURCE).keys()


def test_success_stands_beside_the_tables(output):
    assert (output / "_SUCCESS").is_file()


def test_run_json_lists_every_published_file_with_its_true_size_and_hash(output, record):
    listed = {file["path"]: (file["bytes"], file["sha256"]) for file in record["files"]}
    published = [path for path in output.rglob("*") if path.is_file() and path.name not in {"run.json", "_SUCCESS"}]
    data = {path.relative_to(output).as_posix(): path.read_bytes() for path in published}
    assert listed == {name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in data.items()}


def test_run_json_counts_the_rows_that_a_reader_sees(reader, output, record):
    seen = {name: len(reader.open(path)) for name, path in files_of(output).items()}
    assert seen == {file["path"]: file["rows"] for file in record["files"] if file["path"].endswith(".parquet")}

    totals = {table: sum(seen[name] for name in seen if name.startswith(f"{table}/")) for table in TABLES}
    counts = record["counts"]
    assert totals == {"responses": counts["rows_out"], "mentions": counts["mentions"], "signals": counts["signals"]}
    assert counts["rows_in"] == counts["rows_out"] == record["input"]["rows"]


def test_run_json_counts_texts_missing_scores_and_redactions(responses, record):
    counts = record["counts"]
    assert counts["rows_with_text"] == len(with_text(responses))
    assert counts["score_missing"] == sum(row["score"] is None for row in responses)
    assert counts["redactions"] == sum(len(EMAIL.findall(row["comment"] or "") + PHONE.findall(row["comment"] or "")) for row in responses)


def test_bytes_do_not_depend_on_the_number_of_threads(tmp_path):
    one = run_sample(tmp_path / "one", "--threads", "1")
    two = run_sample(tmp_path / "two", "--threads", "2")
    names = {path.relative_to(one).as_posix() for path in one.rglob("*") if path.is_file()}
    assert names == {path.relative_to(two).as_posix() for path in two.rglob("*") if path.is_file()}
    same, different, unreadable = filecmp.cmpfiles(one, two, names - {"run.json"}, shallow=False)
    assert (different, unreadable) == ([], [])
    assert len(same) == len(names) - 1


# ---- Columns --------------------------------------------------------------------------------------------------------


@each_table
def test_every_file_has_exactly_the_columns_of_the_contract(reader, output, table):
    expected = [(name, reader.types[kind]) for name, kind in TABLES[table].items()]
    for name, path in files_of(output / table).items():
        assert list(reader.open(path).types.items()) == expected, name


@each_table
def test_a_partitioned_table_opens_as_a_whole_with_its_partition_key(reader, output, record, table):
    whole = reader.open(output / table)
    expected = [(name, reader.types[kind]) for name, kind in TABLES[table].items()]
    assert list(whole.types.items())[:-1] == expected
    assert list(whole.types)[-1] == "month"

    rows = {file["path"].split("/")[1]: file["rows"] for file in record["files"] if file["path"].startswith(f"{table}/")}
    months = Counter(f"month={month}" for month in whole.columns["month"])
    assert months == Counter(rows)


@each_table
def test_added_columns_are_nullable_and_of_four_types(output, table):
    for path in files_of(output / table).values():
        schema = pyarrow.parquet.read_schema(path)
        for name in TABLES[table].keys() - (INPUT.keys() if table == "responses" else set()):
            field = schema.field(name)
            assert field.nullable, name
            assert str(field.type) in {"string", "int32", "double", "bool"}, name


@each_table
def test_an_input_without_rows_gives_empty_tables_with_all_columns(reader, empty_output, table):
    empty = reader.open(empty_output / table / "nothing.parquet")
    assert list(empty.types.items()) == [(name, reader.types[kind]) for name, kind in TABLES[table].items()]
    assert len(empty) == 0


def test_input_columns_come_first_and_unchanged(reader, output):
    for name, path in files_of(output / "responses").items():
        # The other side of the comparison is always read by pyarrow: a reader is not checked against itself.
        source = pyarrow.parquet.ParquetFile(SOURCE / name).read().to_pydict()
        published = reader.open(path).columns
        assert list(published)[: len(source)] == list(source)
        for column, values in source.items():
            assert published[column] == values, f"{name}: {column}"


# ---- Numbers --------------------------------------------------------------------------------------------------------


@each_table
def test_no_number_is_nan_or_infinite(reader, output, table):
    columns = reader.open(output / table).columns
    for column in columns:
        assert all(math.isfinite(value) for value in columns[column] if isinstance(value, float)), column


@each_table
def test_no_zero_has_a_minus_sign(reader, output, table):
    # Readers show it ("-0.0") and tools that compare bytes or text take it for another number.
    columns = reader.open(output / table).columns
    for column in columns:
        negative = sum(isinstance(value, float) and value == 0 and math.copysign(1, value) < 0 for value in columns[column])
        assert negative == 0, f"{column}: {negative} rows"


def test_sentiment_is_the_sum_of_valence_in_row_order(responses, mentions):
    groups = by_response(mentions)
    for row in responses:
        total = 0.0
        # Not sum(): Python 3.12 made it more exact than a plain loop, and more exact is not equal.
        for mention in groups[row["response_id"]]:
            total += mention["valence"]
        assert (row["sentiment"] or 0.0) == total, row["response_id"]


def test_numbers_stay_in_their_ranges(responses, mentions):
    ranges = {"language_confidence": (0, 1), "sentiment": (-1, 1), "positive": (0, 1), "negative": (0, 1)}
    for row in responses:
        for column, (low, high) in ranges.items():
            assert row[column] is None or low <= row[column] <= high, (row["response_id"], column)
    for mention in mentions:
        assert 0 <= mention["weight"] <= 1 and 1 <= mention["tier"] <= 5, mention


def test_neutral_mentions_add_nothing(mentions):
    for mention in mentions:
        neutral = mention["polarity"] == "neutral"
        assert (mention["weight"] == 0) == neutral and (mention["valence"] == 0) == neutral, mention


def test_bands_follow_the_score(responses):
    bands = {score: "high" if score >= 9 else "middle" if score >= 7 else "low" for score in range(11)}
    for row in responses:
        assert row["score_band"] == bands.get(row["score"]), row["response_id"]


# ---- Mentions and responses -----------------------------------------------------------------------------------------


def test_every_mention_joins_one_response_of_the_same_file(responses, mentions):
    keys = Counter((row["month"], row["response_id"]) for row in responses)
    assert set(keys.values()) == {1}
    for mention in mentions:
        assert (mention["month"], mention["response_id"]) in keys, mention
        assert mention["question"] == "comment"


def test_mentions_give_the_themes_of_their_response(responses, mentions):
    groups = by_response(mentions)
    for row in responses:
        found = [mention for mention in groups[row["response_id"]] if mention["theme"] is not None]
        # dict.fromkeys: distinct, in order of first mention.
        shown = list(dict.fromkeys(mention["theme"] + SIGNS[mention["polarity"]] for mention in found))
        themes = {mention["theme"] for mention in found}
        assert row["themes"] == ("; ".join(shown) or None), row["response_id"]
        assert row["theme_count"] == len(themes), row["response_id"]
        assert (row["theme_main"] in themes) if themes else row["theme_main"] is None, row["response_id"]


def test_evidence_is_the_clause_cut_out_of_the_original_comment(responses, mentions):
    comments = {row["response_id"]: row["comment"] for row in responses}
    for mention in mentions:
        comment = comments[mention["response_id"]]
        assert 0 <= mention["start"] < mention["end"] <= len(comment), mention
        # `start` and `end` count in the original, so a clause with personal data differs by its mark, by nothing else.
        assert mention["evidence"] == redacted(comment[mention["start"] : mention["end"]]), mention


def test_only_values_of_the_contract_appear(responses, mentions):
    def values(rows, column):
        return {row[column] for row in rows} - {None}

    assert values(responses, "sentiment_label") <= {"positive", "negative", "neutral", "mixed"}
    assert values(responses, "score_band") == {"high", "middle", "low"}
    assert values(mentions, "polarity") <= set(SIGNS)
    # `und` is no answer while the pipeline has a default language.
    assert SCORED <= values(responses, "language")
    assert all(re.fullmatch("[a-z]{2}", language) for language in values(responses, "language"))


# ---- Texts ----------------------------------------------------------------------------------------------------------


def test_rows_without_text_have_no_language_sentiment_or_label(responses):
    texts = {row["response_id"] for row in with_text(responses)}
    silent = [row for row in responses if row["response_id"] not in texts]
    assert any(row["comment"] is None for row in silent) and any(row["comment"] is not None for row in silent)
    for row in silent:
        for column in ADDED.keys() - {"token_count", "theme_count", "score_band"}:
            assert row[column] is None, (row["response_id"], column)
        assert (row["token_count"], row["theme_count"]) == (0, 0)


def test_rows_with_text_have_a_language_and_a_sentiment_only_if_it_is_scored(responses):
    for row in with_text(responses):
        scored = row["language"] in SCORED
        for column in ["sentiment", "sentiment_label", "positive", "negative"]:
            assert (row[column] is not None) == scored, (row["response_id"], column)
        assert row["language"] is not None and row["text_redacted"] is not None, row["response_id"]


def test_texts_without_letters_are_neutral_in_the_default_language(responses):
    wordless = [row for row in with_text(responses) if not any(map(str.isalpha, row["comment"]))]
    assert any(row["comment"].strip() == "-" for row in wordless)
    for row in wordless:
        assert (row["language"], row["stems"]) == ("fi", ""), row["response_id"]
        # An emoji may have feeling; a dash has none.
        if row["comment"].strip() == "-":
            assert (row["sentiment"], row["sentiment_label"]) == (0, "neutral"), row["response_id"]


def test_the_redacted_text_differs_from_the_comment_by_marks_alone(responses):
    for row in with_text(responses):
        assert row["text_redacted"] == redacted(row["comment"]), row["response_id"]


def test_no_address_or_number_survives_in_a_derived_column(responses, mentions):
    groups = by_response(mentions)
    found = Counter()
    for row in with_text(responses):
        derived = [row["text_redacted"], row["stems"]]
        for mention in groups[row["response_id"]]:
            derived += [mention["evidence"], mention["entries"]]
        for kind, pattern in {"email": EMAIL, "phone": PHONE}.items():
            assert not any(pattern.search(text) for text in derived), row["response_id"]
            for secret in pattern.findall(row["comment"]):
                found[kind] += 1
                # Its words may not survive either, not even stemmed, unless the rest of the comment has them too.
                rest = words_of(redacted(row["comment"]))
                for word in words_of(secret):
                    stem = word[: max(4, len(word) - 3)]
                    left = [other for other in words_of(" ".join(derived)) if other.startswith(stem)]
                    assert not left or any(other.startswith(stem) for other in rest), (row["response_id"], word, left)
    assert found["email"] >= 5 and found["phone"] >= 1, "the sample holds personal data to look for"
