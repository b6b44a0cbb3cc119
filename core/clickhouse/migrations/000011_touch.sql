-- One row per touch (session start or imported touchpoint) as it stands, in slices as order_facts is.
CREATE TABLE touch (
  project_id UInt64,
  date Date,
  generation UInt64,
  -- The touch's most personal identifier, see persons.
  alias_key UInt64,
  event_time DateTime64(3, 'UTC'),
  -- Decides between touches of one time.
  touch_key UInt64,
  kind LowCardinality(String),
  integration_id UInt64,
  is_direct Bool,
  channel LowCardinality(String),
  source LowCardinality(String),
  medium LowCardinality(String),
  campaign String,
  campaign_id String,
  ad String,
  keyword String,
  landing_page String,
  country LowCardinality(String),
  device LowCardinality(String)
)
ENGINE = MergeTree
ORDER BY (project_id, date, generation, alias_key, event_time)
SETTINGS non_replicated_deduplication_window = 1000;
