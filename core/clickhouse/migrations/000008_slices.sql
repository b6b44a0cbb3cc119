-- Which days of a derived table a commit rebuilt: of each day, the newest published commit's rows count.
CREATE TABLE slices (
  project_id UInt64,
  layer LowCardinality(String),
  date Date,
  commit_id UInt64
)
ENGINE = MergeTree
ORDER BY (project_id, layer, date, commit_id)
SETTINGS non_replicated_deduplication_window = 1000;
