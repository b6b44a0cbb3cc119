-- What reports under a model ask of an order besides its sales.
ALTER TABLE journeys
  ADD COLUMN IF NOT EXISTS tax Decimal(38, 9) AFTER cogs,
  ADD COLUMN IF NOT EXISTS shipping Decimal(38, 9) AFTER tax,
  -- Of a refund: of the order that it takes back. 0: it names none.
  ADD COLUMN IF NOT EXISTS order_key UInt64 AFTER shipping,
  ADD COLUMN IF NOT EXISTS order_date Date DEFAULT date AFTER order_key,
  -- The time that touches are counted back from; of a refund that of its order.
  ADD COLUMN IF NOT EXISTS anchor DateTime64(3, 'UTC') DEFAULT event_time AFTER order_date,
  -- Of the person; 1970-01-01: never one.
  ADD COLUMN IF NOT EXISTS first_order_date Date AFTER anchor;
