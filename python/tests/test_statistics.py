"""The small tables say what the row tables say: DuckDB counts `mentions` again and must get the very same numbers."""

import math

import duckdb
import pytest

SMALL = [
    "kpis", "contrasts", "drivers", "asymmetry", "gap_ledger", "last_step_to_10", "trends", "emerging", "decomposition",
    "changes", "guard", "coverage", "keep_fix", "stage_summary", "dimension_summary", "targets", "taxonomy",
]
GROUPS = {"10": (10, 10), "6": (6, 6), "9-10": (9, 10), "0-6": (0, 6)}


@pytest.fixture(scope="session")
def lake(output):
    """The published sample as views of a DuckDB connection; `said` has one row a response, theme and polarity."""
    connection = duckdb.connect()
    for table in ("responses", "mentions"):
        connection.execute(
            f"create view {table} as select * from read_parquet('{output}/{table}/**/*.parquet', hive_partitioning=true)"
        )
    for table in SMALL:
        connection.execute(f"create view {table} as select * from read_parquet('{output}/{table}.parquet')")
    connection.execute(
        """create table said as
           select distinct r.response_id, r.score, r.channel, r.touchpoint, r.region, r.created_at, m.theme, m.polarity
           from mentions m join responses r using (response_id)
           where m.theme is not null and m.polarity <> 'neutral'"""
    )
    return connection


def rows(connection, query, *values):
    """Rows as dictionaries."""
    result = connection.execute(query, values)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row)) for row in result.fetchall()]


def test_every_small_table_is_there_as_parquet_and_csv(output, lake):
    for table in SMALL:
        names = [row[0] for row in lake.execute(f"describe {table}").fetchall()]
        csv = duckdb.sql(f"select * from read_csv('{output}/{table}.csv', header=true, all_varchar=true)")
        assert csv.columns == names, table
        assert len(csv.fetchall()) == lake.execute(f"select count(*) from {table}").fetchone()[0], table
        if table != "taxonomy":
            assert names[-2:] == ["suppressed", "low_base"], table


def test_small_tables_of_an_empty_input_have_the_same_columns(empty_output, lake):
    for table in SMALL:
        there = duckdb.sql(f"describe select * from read_parquet('{empty_output}/{table}.parquet')").fetchall()
        here = lake.execute(f"describe select * from {table}").fetchall()
        assert [column[:2] for column in there] == [column[:2] for column in here], table


def test_no_number_of_a_small_table_is_nan_or_infinite(lake):
    for table in SMALL:
        for row in rows(lake, f"select * from {table}"):
            for name, value in row.items():
                assert not isinstance(value, float) or math.isfinite(value), (table, name, row)


def test_key_figures_follow_from_the_responses(lake):
    overall = {row["kpi"]: row for row in rows(lake, "select * from kpis where scope = 'overall'")}
    truth = rows(
        lake,
        """select count(*) n_rows, count(score) n_scored, count(*) - count(score) n_missing, avg(score) as mean,
                  100.0 * (count(*) filter (score >= 9) - count(*) filter (score <= 6)) / count(score) as nps,
                  count(distinct customer_id) + count(*) - count(customer_id) as n_customers, stddev_samp(score) as sd
           from responses""",
    )[0]
    assert overall["mean"]["point"] == pytest.approx(truth["mean"], rel=1e-12)
    assert overall["mean"]["sd"] == pytest.approx(truth["sd"], rel=1e-9)
    assert overall["nps"]["point"] == pytest.approx(truth["nps"], rel=1e-12)
    for row in overall.values():
        for name in ("n_rows", "n_scored", "n_missing", "n_customers"):
            assert row[name] == truth[name], name
        assert row["ci_lo"] <= row["point"] <= row["ci_hi"]
    histogram = dict(lake.execute("select score, count(*) from responses where score is not null group by 1").fetchall())
    assert [overall["nps"][f"hist{score}"] for score in range(11)] == [histogram.get(score, 0) for score in range(11)]


@pytest.mark.parametrize("dim", [None, "channel", "touchpoint", "region"])
def test_contrasts_are_counted_in_the_mentions(lake, dim):
    scope = "scope = 'segment' and dim = ?" if dim else "scope = 'overall'"
    found = rows(lake, f"select * from contrasts where {scope}", *([dim] if dim else []))
    assert found
    checked = 0
    for row in found:
        if row["suppressed"]:
            assert row["x_a"] is None and row["rate_a"] is None and row["diff"] is None and row["p"] is None
            continue
    # All counts of a group in one query: one a row would take minutes.
    by_value = f", coalesce({dim}, '')" if dim else ""
    for group, count, base in (("band_a", "x_a", "n_a"), ("band_b", "x_b", "n_b")):
        for name, (first, last) in GROUPS.items():
            counted = {
                row[:-1]: row[-1]
                for row in lake.execute(
                    f"select theme, polarity{by_value}, count(*) from said where score between ? and ? group by all",
                    [first, last],
                ).fetchall()
            }
            texts = {
                row[:-1]: row[-1]
                for row in lake.execute(
                    f"""select {by_value.removeprefix(", ") or "1"}, count(*) from responses
                        where language is not null and score between ? and ? group by 1""",
                    [first, last],
                ).fetchall()
            }
            for row in found:
                if row[group] != name or row["suppressed"]:
                    continue
                value = (row["value"],) if dim else ()
                assert row[base] == texts.get(value or (1,), 0), row
                assert row[count] == counted.get((row["theme"], row["polarity"]) + value, 0), row
                checked += 1
    assert checked > 100


def test_every_theme_and_polarity_has_a_contrast(lake):
    themes = {row[0] for row in lake.execute("select theme from taxonomy").fetchall()}
    for (a, b), group in {("10", "6"): 0, ("9-10", "0-6"): 1}.items():
        found = lake.execute(
            "select theme, polarity from contrasts where scope = 'overall' and band_a = ? and band_b = ?", [a, b]
        ).fetchall()
        assert len(found) == len(set(found)) == 2 * len(themes)
        assert {theme for theme, _ in found} == themes


def test_the_support_of_drivers_is_counted_in_the_mentions(lake):
    counted = {
        (theme, polarity): count
        for theme, polarity, count in lake.execute(
            "select theme, polarity, count(*) from said where score is not null group by all"
        ).fetchall()
    }
    found = rows(lake, "select * from drivers where scope = 'overall' and target = 'mean'")
    assert found
    for row in found:
        assert row["support"] == counted.get((row["theme"], row["polarity"]), 0), row
    fitted = [row for row in found if row["effect"] is not None]
    assert sum(row["importance_share"] for row in fitted) == pytest.approx(1.0)


def test_the_lines_of_a_gap_sum_to_the_difference_of_means(lake):
    for a, b in (("10", "6"), ("9-10", "0-6")):
        lines = rows(lake, "select * from gap_ledger where band_a = ? and band_b = ?", a, b)
        total = [line for line in lines if line["component"] == "total"]
        assert len(total) == 1
        parts = math.fsum(line["contribution"] for line in lines if line["component"] != "total")
        assert parts == pytest.approx(total[0]["contribution"], rel=1e-9)
        means = lake.execute(
            """select avg(score) filter (score between ? and ?) - avg(score) filter (score between ? and ?)
               from responses where language is not null""",
            [*GROUPS[a], *GROUPS[b]],
        ).fetchone()[0]
        assert total[0]["contribution"] == pytest.approx(means, rel=1e-12)


def test_trends_are_counted_in_the_mentions(lake):
    month = "strftime(created_at at time zone 'Europe/Helsinki', '%Y-%m')"
    counted = {
        (theme + ("+" if polarity == "positive" else "-"), period): count
        for theme, polarity, period, count in lake.execute(
            f"select theme, polarity, {month}, count(*) from said group by all"
        ).fetchall()
    }
    texts = dict(lake.execute(f"select {month}, count(*) from responses where language is not null group by 1").fetchall())
    found = rows(lake, "select * from trends where series = 'theme' and not suppressed")
    assert found
    for row in found:
        assert row["x"] == counted.get((row["name"], row["period"]), 0), row
        assert row["n"] == texts[row["period"]], row


def test_small_groups_are_not_shown(lake):
    for row in rows(lake, "select * from kpis where scope = 'segment_period'"):
        if row["suppressed"]:
            assert row["status"] == "suppressed"
            assert row["n"] is None and row["point"] is None and row["n_rows"] is None and row["hist0"] is None
        else:
            assert row["n"] >= 10


def test_coverage_is_counted_in_the_responses(lake):
    counted = {
        (band, language): count
        for band, language, count in lake.execute(
            "select score_band, language, count(*) from responses where language is not null group by all"
        ).fetchall()
    }
    found = rows(lake, "select * from coverage where kind = 'texts'")
    assert {(row["band"], row["language"]) for row in found} == set(counted)
    for row in found:
        texts = counted[row["band"], row["language"]]
        assert row["suppressed"] == (texts < 10), row
        assert row["n"] == (None if texts < 10 else texts), row
        assert not row["suppressed"] or row["uncovered"] is None, row


def test_no_part_of_a_change_is_of_few_responses(lake):
    found = rows(lake, "select * from decomposition where method = 'kitagawa'")
    small = {
        f"{row['dim']}={row['value']}"
        for row in rows(lake, "select * from kpis where scope = 'segment_period' and suppressed")
        if row["period"] in (found[0]["period_a"], found[0]["period_b"])
    }
    assert small and not small & {row["name"] for row in found}
    for dim in ("channel", "touchpoint", "region"):
        lines = [row for row in found if row["name"].split("=")[0] == dim]
        total = [row["contribution"] for row in lines if row["component"] == "total"]
        parts = math.fsum(row["contribution"] for row in lines if row["component"] != "total")
        assert parts == pytest.approx(total[0], abs=1e-12), dim


def test_the_story_of_the_sample_is_found(lake):
    """sample_data/README.md: staff make the 10s, billing makes the 6s, deliveries were late from March to August."""
    keep = [row[0] for row in lake.execute("select theme from keep_fix where kind = 'keep' order by rank").fetchall()]
    fix = [row[0] for row in lake.execute("select theme from keep_fix where kind = 'fix' order by rank").fetchall()]
    assert "staff_attitude" in keep[:3] and "expertise" in keep
    assert "billing_contract" in fix[:4] and "delivery_time" in fix
    late = dict(
        lake.execute("select period, point from trends where series = 'theme' and name = 'delivery_time-'").fetchall()
    )
    bad = [late[f"2026-{month:02}"] for month in range(3, 9)]
    good = [late[period] for period in ("2025-11", "2025-12", "2026-01", "2026-02", "2026-09", "2026-10")]
    assert sum(bad) / len(bad) > 2.5 * sum(good) / len(good)
