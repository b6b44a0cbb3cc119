-- One row per person with all their touches and conversions, in order. Rows are never changed: what a
-- commit makes another one is taken back by the same row with the sign −1, so sums of signs over the
-- published commits say which rows count.
CREATE TABLE paths (
  project_id UInt64,
  -- Of the touches.
  last_date Date,
  first_date Date,
  person_key UInt64,
  commit_id UInt64,
  sign Int8,
  -- In order of event_time, then touch_key.
  touch_date Array(Date),
  touch_time Array(DateTime64(3, 'UTC')),
  touch_key Array(UInt64),
  touch_channel Array(LowCardinality(String)),
  touch_source Array(LowCardinality(String)),
  touch_medium Array(LowCardinality(String)),
  touch_campaign Array(String),
  touch_campaign_id Array(String),
  touch_ad Array(String),
  touch_keyword Array(String),
  touch_landing_page Array(String),
  touch_country Array(LowCardinality(String)),
  touch_device Array(LowCardinality(String)),
  -- Conversions of the person, as journeys has them; in order of time.
  goal Array(LowCardinality(String)),
  goal_date Array(Date),
  goal_time Array(DateTime64(3, 'UTC'))
)
ENGINE = MergeTree
ORDER BY (project_id, last_date, person_key, commit_id)
SETTINGS non_replicated_deduplication_window = 1000;

-- Persons whose path may be another one after the commit in work.
CREATE TABLE path_work (
  project_id UInt64,
  commit_id UInt64,
  person_key UInt64
)
ENGINE = MergeTree
PARTITION BY commit_id
ORDER BY (project_id, person_key)
SETTINGS non_replicated_deduplication_window = 1000;
