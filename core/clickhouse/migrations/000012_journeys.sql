-- One row per conversion with the touches of its person in the 90 days before, in slices as order_facts is.
-- A refund stands on its own day with the touches of its order, so that it takes back what was credited.
CREATE TABLE journeys (
  project_id UInt64,
  date Date,
  generation UInt64,
  -- 'order', 'refund', 'deal', 'deal_won', 'lead', or 'event:' and the event's name.
  goal LowCardinality(String),
  conversion_key UInt64,
  conversion_id String,
  event_time DateTime64(3, 'UTC'),
  -- 0: nobody is known for it.
  person_key UInt64,
  is_new Bool,
  integration_id UInt64,
  source_type LowCardinality(String),
  country LowCardinality(String),
  device LowCardinality(String),
  coupon String,
  gross Decimal(38, 9),
  discount Decimal(38, 9),
  -- Of an order: all that was refunded of it, whenever. Of a refund: its own amount.
  refunded Decimal(38, 9),
  cogs Decimal(38, 9),
  -- In order of event_time, then touch_key.
  touch_time Array(DateTime64(3, 'UTC')),
  touch_key Array(UInt64),
  touch_is_direct Array(Bool),
  touch_channel Array(LowCardinality(String)),
  touch_source Array(LowCardinality(String)),
  touch_medium Array(LowCardinality(String)),
  touch_campaign Array(String),
  touch_campaign_id Array(String),
  touch_ad Array(String),
  touch_keyword Array(String),
  touch_landing_page Array(String),
  touch_country Array(LowCardinality(String)),
  touch_device Array(LowCardinality(String))
)
ENGINE = MergeTree
ORDER BY (project_id, date, generation, goal, conversion_key)
SETTINGS non_replicated_deduplication_window = 1000;
