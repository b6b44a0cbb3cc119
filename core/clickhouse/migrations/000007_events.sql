-- The current facts in one wide table, for people who write SQL. Read it with FINAL.
-- The logs are the truth; this mirror follows them after each commit.
CREATE TABLE events (
  project_id UInt64,
  event_date Date,
  event_datetime DateTime('UTC'),
  event_time DateTime64(3, 'UTC'),
  source_type LowCardinality(String),
  event_type LowCardinality(String),
  fact_id UInt128,
  session_id String,
  client_id String,
  client_key UInt64 MATERIALIZED cityHash64(client_id),
  customer_id String,
  order_id String,
  source LowCardinality(String),
  medium LowCardinality(String),
  channel LowCardinality(String),
  campaign_id String,
  campaign_name String,
  campaign_key String,
  ad_group_name String,
  ad_id String,
  ad_creative_name String,
  keyword String,
  landing_page String,
  country LowCardinality(String),
  device LowCardinality(String),
  impressions UInt64,
  clicks UInt64,
  transactions UInt32,
  currency LowCardinality(String),
  cost Decimal(38, 9),
  cost_original Decimal(38, 9),
  revenue Decimal(38, 9),
  revenue_original Decimal(38, 9),
  tax Decimal(38, 9),
  shipping Decimal(38, 9),
  discount Decimal(38, 9),
  cogs Decimal(38, 9),
  attributes Map(String, String),
  integration_id UInt64,
  run_id UInt64,
  observed_at DateTime64(3, 'UTC'),
  commit_id UInt64,
  is_deleted UInt8
)
ENGINE = ReplacingMergeTree(commit_id, is_deleted)
PARTITION BY toYYYYMM(event_date)
-- client_id may be corrected later, so it is no part of the key: a moved row would count twice.
ORDER BY (project_id, event_type, event_date, fact_id)
SETTINGS non_replicated_deduplication_window = 1000;
