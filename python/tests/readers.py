"""Four readers behind one interface: open a Parquet file or a hive-partitioned folder, say what is in it."""

from dataclasses import dataclass

import duckdb
import pandas
import polars
import pyarrow.dataset


@dataclass
class Table:
    """What a reader saw: types in its own words, values as Python objects, null as None."""

    types: dict[str, str]
    columns: dict[str, list]

    def __len__(self):
        return len(next(iter(self.columns.values())))

    def rows(self):
        """Rows as dictionaries, in file order."""
        return [dict(zip(self.columns, row)) for row in zip(*self.columns.values())]


class DuckDB:
    types = {"Utf8": "VARCHAR", "Int32": "INTEGER", "Float64": "DOUBLE", "Boolean": "BOOLEAN", "Timestamp": "TIMESTAMP WITH TIME ZONE"}

    def open(self, path):
        with duckdb.connect() as connection:
            # Otherwise instants are shown in the zone of the machine.
            connection.execute("SET TimeZone = 'UTC'")
            hive = path.is_dir()
            files = f"{path}/**/*.parquet" if hive else str(path)
            relation = connection.read_parquet(files, hive_partitioning=hive)
            types = dict(zip(relation.columns, map(str, relation.types)))
            return Table(types, relation.to_arrow_table().to_pydict())


class Polars:
    types = {"Utf8": "String", "Int32": "Int32", "Float64": "Float64", "Boolean": "Boolean", "Timestamp": "Datetime(time_unit='us', time_zone='UTC')"}

    def open(self, path):
        frame = polars.read_parquet(path)
        return Table({name: str(kind) for name, kind in frame.schema.items()}, frame.to_dict(as_series=False))


class PyArrow:
    types = {"Utf8": "string", "Int32": "int32", "Float64": "double", "Boolean": "bool", "Timestamp": "timestamp[us, tz=UTC]"}

    def open(self, path):
        table = pyarrow.dataset.dataset(path, partitioning="hive" if path.is_dir() else None).to_table()
        return Table({field.name: str(field.type) for field in table.schema}, table.to_pydict())


class Pandas:
    types = {name: f"{kind}[pyarrow]" for name, kind in PyArrow.types.items()}

    def open(self, path):
        # Without this back end pandas turns integers with nulls into floats with NaN, whatever the file says.
        frame = pandas.read_parquet(path, dtype_backend="pyarrow")
        values = {name: column.array.__arrow_array__().to_pylist() for name, column in frame.items()}
        return Table({name: str(kind) for name, kind in frame.dtypes.items()}, values)


READERS = {"duckdb": DuckDB(), "polars": Polars(), "pyarrow": PyArrow(), "pandas": Pandas()}
