/** Two people's order lines; Mira's are written in several ways. */
export const file = [
  'order_id,ordered_at,quantity,unit_price,customer_id,email,phone,client_id,country,utm_source,utm_medium,utm_campaign,refund_of,note',
  'MQ-1001,2026-01-02,2,10.10,cust-mira,Mira.Quell@Example.org,+44 20 7946 0911,GA1.2.555.777,GB,google,cpc,spring,,ring Mira.Quell@Example.org first',
  'MQ-1001,2026-01-02,1,3.33,cust-mira,,,,GB,google,cpc,spring,,',
  'MQ-1002,2026-01-02,1,7.00,,mira.quell@example.org,,,FR,newsletter,email,jan,,',
  'C-MQ-1077,2026-01-05,1,3.33,cust-mira,,,,GB,,,,MQ-1001,',
  'OT-1,2026-01-02,1,50.00,cust-other,other@example.org,,GA1.2.1.1,GB,google,cpc,spring,,',
  'OT-2,2026-01-03,1,20.00,cust-other,,,,GB,,,,,',
]

/** Their visits; two of Mira's were at one moment. */
export const visits = [
  'occurred_at,client_id,customer_id,source,medium,campaign,click_id,referrer,landing_page,order_id',
  '2026-01-01T09:00:00Z,GA1.2.555.777,,,,,,https://www.google.com/,https://shop.example/a?utm_source=bing&utm_medium=cpc&utm_campaign=brand&email=mira.quell@example.org,',
  '2026-01-01T09:00:00Z,GA1.2.555.777,,,,,gclid=mira-click-4711,,https://shop.example/b,',
  '2026-01-01T12:00:00Z,GA1.2.1.1,,facebook,paid,retarget,,,https://shop.example/a,',
]
