"""The run that the tests look at, and the readers that look."""

import json
import os
import subprocess
from pathlib import Path

import pyarrow.parquet
import pytest

from readers import READERS

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "sample_data" / "feedback"


def run_sample(output, *options):
    """Runs the sample pipeline into `output` with the binary named by KYMPPI, or else with cargo."""
    binary = os.environ.get("KYMPPI")
    # An absolute path, as kymppi is started from the root, where the sample's relative paths lead somewhere.
    command = [str(Path(binary).resolve())] if binary else ["cargo", "run", "--release", "--quiet", "--"]
    command += ["run", "pipelines/sample.toml", "--set", f"output.path={output}", "--quiet", *options]
    result = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert result.stdout == "", "--quiet prints no summary"
    return output


@pytest.fixture(scope="session")
def output(tmp_path_factory):
    """The published sample."""
    return run_sample(tmp_path_factory.mktemp("sample") / "out")


@pytest.fixture(scope="session")
def empty_output(tmp_path_factory):
    """The output for one input file with the sample's columns and no row."""
    folder = tmp_path_factory.mktemp("empty")
    schema = pyarrow.parquet.read_schema(next(SOURCE.rglob("*.parquet")))
    pyarrow.parquet.write_table(schema.empty_table(), folder / "nothing.parquet")
    return run_sample(folder / "out", "--set", f"input.path={folder / 'nothing.parquet'}")


@pytest.fixture(scope="session")
def record(output):
    """run.json of the published sample."""
    return json.loads((output / "run.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session", params=READERS.values(), ids=READERS.keys())
def reader(request):
    return request.param


@pytest.fixture(scope="session")
def responses(reader, output):
    """All rows of `responses`, with the partition key `month`."""
    rows = reader.open(output / "responses").rows()
    assert rows, "a test on no rows shows nothing"
    return rows


@pytest.fixture(scope="session")
def mentions(reader, output):
    """All rows of `mentions`, with the partition key `month`."""
    rows = reader.open(output / "mentions").rows()
    assert rows, "a test on no rows shows nothing"
    return rows
