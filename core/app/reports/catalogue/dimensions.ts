import { campaignKey, campaignLabel } from '#measurement/public'
import { foldCampaign, inSlices } from '#warehouse/public'
import type { Dimension, Title } from './types.ts'

const everywhere = (column: string) => ({ kpi: column, orders: column, items: column })

function ofOrdersAndSpend(key: string, title: Title, column = key): Dimension {
  return { key, aliases: [], title, type: 'text', columns: everywhere(column) }
}

function ofSpend(key: string, title: Title): Dimension {
  return { key, aliases: [], title, type: 'text', columns: { kpi: key }, spendOnly: true }
}

/**
 * Somebody who never had a counted order is neither; a refund is of the type of its order. Rows of a
 * refund do not know whether their order was the first, so the orders are asked.
 */
const firstOrders = `SELECT order_key FROM order_facts WHERE ${inSlices('orders')} AND is_new`
const customerType = `multiIf(
      customer_key = 0 OR toUInt16(first_order_date) = 0, '',
      is_new OR (kind = 'refund' AND order_key IN (${firstOrders})), 'new',
      'returning')`

/** An order knows no id of its campaign. */
const campaign: Dimension = {
  key: 'campaign_name',
  aliases: ['campaign'],
  title: { en: 'Campaign', ru: 'Кампания' },
  type: 'text',
  columns: {
    kpi: '(source, campaign, campaign_id)',
    orders: `(source, campaign, '')`,
    items: `(source, campaign, '')`,
  },
  fold: foldCampaign,
  keyOf: (row) => campaignKey({ source: `${row}.1`, campaign: `${row}.2`, campaignId: `${row}.3` }),
  label: {
    row: (row) => `if(${row}.2 = '', ${row}.3, ${row}.2)`,
    pick: (column, key) => campaignLabel(key, `min(${column})`),
  },
}

/** Everything that reports can be grouped by and filtered by. */
export const dimensions: readonly Dimension[] = [
  {
    key: 'date',
    aliases: [],
    title: { en: 'Date', ru: 'Дата' },
    type: 'date',
    columns: everywhere('date'),
  },
  ofOrdersAndSpend('channel', { en: 'Channel', ru: 'Канал' }),
  ofOrdersAndSpend('source', { en: 'Source', ru: 'Источник' }),
  ofOrdersAndSpend('medium', { en: 'Medium', ru: 'Тип трафика' }),
  campaign,
  ofSpend('ad_group', { en: 'Ad group', ru: 'Группа объявлений' }),
  ofSpend('ad', { en: 'Ad', ru: 'Объявление' }),
  ofOrdersAndSpend('country', { en: 'Country', ru: 'Страна' }),
  ofOrdersAndSpend('device', { en: 'Device', ru: 'Устройство' }),
  ofOrdersAndSpend('source_type', { en: 'Source type', ru: 'Тип источника данных' }),
  ofOrdersAndSpend(
    'integration_id',
    { en: 'Integration', ru: 'Интеграция' },
    'toString(integration_id)'
  ),
  {
    key: 'product',
    aliases: ['product_id'],
    title: { en: 'Product', ru: 'Товар' },
    type: 'text',
    columns: { items: 'product_id' },
    label: {
      column: 'product_name',
      // The name on the line that sold most: corrections carry notes such as "damaged" instead.
      // TRICKY: whole amounts and, where they are equal, a hash; comparing tuples takes thrice as long.
      row: {
        items: `(toInt64(item_value) * 1048576 + cityHash64(product_name) % 1048576, product_name)`,
      },
      pick: (column) => `nullIf(argMaxIf(${column}.2, ${column}.1, ${column}.2 != ''), '')`,
    },
  },
  {
    key: 'product_name',
    aliases: [],
    title: { en: 'Product name', ru: 'Название товара' },
    type: 'text',
    columns: { items: 'product_name' },
  },
  {
    key: 'coupon',
    aliases: [],
    title: { en: 'Coupon', ru: 'Промокод' },
    type: 'text',
    columns: { orders: 'coupon', items: 'coupon' },
  },
  {
    key: 'customer_type',
    aliases: [],
    title: { en: 'New or returning', ru: 'Новые и вернувшиеся' },
    type: 'text',
    columns: { orders: customerType, items: customerType },
  },
]

const byName = new Map(
  dimensions.flatMap((dimension) =>
    [dimension.key, ...dimension.aliases].map((name) => [name, dimension] as const)
  )
)

/** A dimension by its key or an alias of it. */
export function findDimension(name: string): Dimension | undefined {
  return byName.get(name)
}

export const dimensionNames: readonly string[] = [...byName.keys()]

/** Whether what a report uses takes the parameters of `campaignResolution`. */
export const needsCampaigns = (used: readonly { dimension: Dimension }[]): boolean =>
  used.some(({ dimension }) => dimension === campaign)
