-- One row per order and per refund as they stand, in slices: (project, day) under the generation
-- that built it. Of each day the newest published generation counts, see slices.
CREATE TABLE order_facts (
  project_id UInt64,
  date Date,
  generation UInt64,
  order_id String,
  fact_key UInt64,
  order_key UInt64,
  kind LowCardinality(String),
  integration_id UInt64,
  source_type LowCardinality(String),
  event_time DateTime64(3, 'UTC'),
  order_date Date,
  state LowCardinality(String),
  is_counted Bool,
  is_converted Bool,
  customer_key UInt64,
  customer_id String,
  client_id String,
  country LowCardinality(String),
  device LowCardinality(String),
  channel LowCardinality(String),
  source LowCardinality(String),
  medium LowCardinality(String),
  campaign String,
  landing_page String,
  coupon String,
  currency LowCardinality(String),
  total Decimal(38, 9),
  gross Decimal(38, 9),
  discount Decimal(38, 9),
  refunded Decimal(38, 9),
  tax Decimal(38, 9),
  shipping Decimal(38, 9),
  cogs Decimal(38, 9),
  item_product_id Array(String),
  item_product_name Array(String),
  item_quantity Array(Decimal(38, 9)),
  item_gross Array(Decimal(38, 9)),
  item_discount Array(Decimal(38, 9)),
  is_new Bool,
  first_order_date Date
)
ENGINE = MergeTree
ORDER BY (project_id, date, generation, kind, fact_key)
SETTINGS non_replicated_deduplication_window = 1000;

-- Recomputed orders of the commit in work, before they are merged with the untouched ones of their days.
CREATE TABLE order_work (
  project_id UInt64,
  commit_id UInt64,
  date Date,
  order_id String,
  fact_key UInt64,
  order_key UInt64,
  kind LowCardinality(String),
  integration_id UInt64,
  source_type LowCardinality(String),
  event_time DateTime64(3, 'UTC'),
  order_date Date,
  state LowCardinality(String),
  is_counted Bool,
  is_converted Bool,
  customer_key UInt64,
  customer_id String,
  client_id String,
  country LowCardinality(String),
  device LowCardinality(String),
  channel LowCardinality(String),
  source LowCardinality(String),
  medium LowCardinality(String),
  campaign String,
  landing_page String,
  coupon String,
  currency LowCardinality(String),
  total Decimal(38, 9),
  gross Decimal(38, 9),
  discount Decimal(38, 9),
  refunded Decimal(38, 9),
  tax Decimal(38, 9),
  shipping Decimal(38, 9),
  cogs Decimal(38, 9)
)
ENGINE = MergeTree
PARTITION BY commit_id
ORDER BY (project_id, date, fact_key)
SETTINGS non_replicated_deduplication_window = 1000;
