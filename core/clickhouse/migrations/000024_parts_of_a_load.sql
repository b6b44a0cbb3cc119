-- What a load stages is read once or twice and dropped: merging a few of its parts is work for nothing.
ALTER TABLE stage_ad MODIFY SETTING min_parts_to_merge_at_once = 16;

ALTER TABLE stage_ad_group MODIFY SETTING min_parts_to_merge_at_once = 16;

ALTER TABLE stage_ad_spend_daily MODIFY SETTING min_parts_to_merge_at_once = 16;

ALTER TABLE stage_campaign MODIFY SETTING min_parts_to_merge_at_once = 16;

ALTER TABLE stage_custom_event MODIFY SETTING min_parts_to_merge_at_once = 16;

ALTER TABLE stage_customer MODIFY SETTING min_parts_to_merge_at_once = 16;

ALTER TABLE stage_deal MODIFY SETTING min_parts_to_merge_at_once = 16;

ALTER TABLE stage_deleted MODIFY SETTING min_parts_to_merge_at_once = 16;

ALTER TABLE stage_lead MODIFY SETTING min_parts_to_merge_at_once = 16;

ALTER TABLE stage_order MODIFY SETTING min_parts_to_merge_at_once = 16;

ALTER TABLE stage_order_line MODIFY SETTING min_parts_to_merge_at_once = 16;

ALTER TABLE stage_product MODIFY SETTING min_parts_to_merge_at_once = 16;

ALTER TABLE stage_refund MODIFY SETTING min_parts_to_merge_at_once = 16;

ALTER TABLE stage_session MODIFY SETTING min_parts_to_merge_at_once = 16;

ALTER TABLE stage_touchpoint MODIFY SETTING min_parts_to_merge_at_once = 16;

-- A part of some 300,000 rows is written in less time as one file than as one per column, and read as fast.
ALTER TABLE ad_group_log MODIFY SETTING min_bytes_for_wide_part = 67108864;

ALTER TABLE ad_log MODIFY SETTING min_bytes_for_wide_part = 67108864;

ALTER TABLE ad_spend_daily_log MODIFY SETTING min_bytes_for_wide_part = 67108864;

ALTER TABLE campaign_log MODIFY SETTING min_bytes_for_wide_part = 67108864;

ALTER TABLE custom_event_log MODIFY SETTING min_bytes_for_wide_part = 67108864;

ALTER TABLE customer_log MODIFY SETTING min_bytes_for_wide_part = 67108864;

ALTER TABLE deal_log MODIFY SETTING min_bytes_for_wide_part = 67108864;

ALTER TABLE lead_log MODIFY SETTING min_bytes_for_wide_part = 67108864;

ALTER TABLE order_line_log MODIFY SETTING min_bytes_for_wide_part = 67108864;

ALTER TABLE order_log MODIFY SETTING min_bytes_for_wide_part = 67108864;

ALTER TABLE product_log MODIFY SETTING min_bytes_for_wide_part = 67108864;

ALTER TABLE refund_log MODIFY SETTING min_bytes_for_wide_part = 67108864;

ALTER TABLE session_log MODIFY SETTING min_bytes_for_wide_part = 67108864;

ALTER TABLE touchpoint_log MODIFY SETTING min_bytes_for_wide_part = 67108864;

ALTER TABLE order_facts MODIFY SETTING min_bytes_for_wide_part = 67108864;
