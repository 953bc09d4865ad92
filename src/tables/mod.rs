//! Arrow batches to rows and back: the only place that spells the names and types of output columns.

mod cells;
mod input;
mod schema;
mod responses;
mod mentions;
mod small;
mod signals;
mod state;

pub use cells::{Place, TimePlace};
pub use input::{InputRows, InputScore, Roles};
pub use mentions::MentionRows;
pub use responses::ResponseRows;
pub use schema::{RowTable, added_columns, mentions_schema, responses_schema, signals_schema};
pub use signals::SignalRows;
pub use small::{SmallTable, small_tables};
pub use state::{state_from_batches, state_schema, state_to_batches};
