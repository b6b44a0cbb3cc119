-- `payload_key` identifies rows of files, which have no key of their own.
-- Rows of a running sync wait here until their window, list or batch is complete. One partition per run.
CREATE TABLE stage_order_line (
  run_id UInt64,
  stream LowCardinality(String),
  fence UInt32,
  page UInt32,
  record_key String,
  payload String,
  payload_key UInt128 MATERIALIZED xxh3_128(payload),
  line_number UInt64,
  order_id String,
  line_type LowCardinality(String),
  ordered_at DateTime64(3, 'UTC'),
  refund_of String,
  product_id String,
  product_name String,
  sku String,
  quantity Decimal(38, 9),
  unit_price Decimal(38, 9),
  discount Decimal(38, 9),
  tax Decimal(38, 9),
  shipping Decimal(38, 9),
  currency LowCardinality(String),
  customer_id String,
  client_id String,
  email String,
  phone String,
  country LowCardinality(String),
  utm_source LowCardinality(String),
  utm_medium LowCardinality(String),
  utm_campaign String,
  coupon String
)
ENGINE = MergeTree
PARTITION BY run_id
ORDER BY tuple()
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE stage_order (
  run_id UInt64,
  stream LowCardinality(String),
  fence UInt32,
  page UInt32,
  record_key String,
  payload String,
  payload_key UInt128 MATERIALIZED xxh3_128(payload),
  order_id String,
  ordered_at DateTime64(3, 'UTC'),
  updated_at Nullable(DateTime64(3, 'UTC')),
  status LowCardinality(String),
  is_test Bool,
  is_cancelled Bool,
  total Decimal(38, 9),
  revenue Nullable(Decimal(38, 9)),
  gross Nullable(Decimal(38, 9)),
  discount Decimal(38, 9),
  tax Decimal(38, 9),
  shipping Decimal(38, 9),
  currency LowCardinality(String),
  customer_id String,
  client_id String,
  email String,
  phone String,
  country LowCardinality(String),
  device LowCardinality(String),
  coupon String,
  utm_source LowCardinality(String),
  utm_medium LowCardinality(String),
  utm_campaign String,
  utm_content String,
  utm_term String,
  landing_page String,
  referrer String,
  item_product_id Array(String),
  item_product_name Array(String),
  item_quantity Array(Decimal(38, 9)),
  item_gross Array(Decimal(38, 9)),
  item_discount Array(Decimal(38, 9))
)
ENGINE = MergeTree
PARTITION BY run_id
ORDER BY tuple()
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE stage_refund (
  run_id UInt64,
  stream LowCardinality(String),
  fence UInt32,
  page UInt32,
  record_key String,
  payload String,
  payload_key UInt128 MATERIALIZED xxh3_128(payload),
  refund_id String,
  order_id String,
  refunded_at DateTime64(3, 'UTC'),
  amount Decimal(38, 9),
  currency LowCardinality(String),
  customer_id String,
  email String,
  phone String,
  country LowCardinality(String),
  item_product_id Array(String),
  item_amount Array(Decimal(38, 9))
)
ENGINE = MergeTree
PARTITION BY run_id
ORDER BY tuple()
SETTINGS non_replicated_deduplication_window = 1000;

CREATE TABLE stage_ad_spend_daily (
  run_id UInt64,
  stream LowCardinality(String),
  fence UInt32,
  page UInt32,
  record_key String,
  payload String,
  payload_key UInt128 MATERIALIZED xxh3_128(payload),
  date Date,
  account_id String,
  account_name String,
  campaign_id String,
  campaign_name String,
  ad_group_id String,
  ad_group_name String,
  ad_id String,
  ad_name String,
  source LowCardinality(String),
  medium LowCardinality(String),
  country LowCardinality(String),
  device LowCardinality(String),
  cost Decimal(38, 9),
  impressions UInt64,
  clicks UInt64,
  conversions Decimal(38, 9),
  conversion_value Decimal(38, 9),
  currency LowCardinality(String)
)
ENGINE = MergeTree
PARTITION BY run_id
ORDER BY tuple()
SETTINGS non_replicated_deduplication_window = 1000;

-- Keys of records that a page says are gone.
CREATE TABLE stage_deleted (
  run_id UInt64,
  stream LowCardinality(String),
  fence UInt32,
  page UInt32,
  record_key String
)
ENGINE = MergeTree
PARTITION BY run_id
ORDER BY tuple()
SETTINGS non_replicated_deduplication_window = 1000;
