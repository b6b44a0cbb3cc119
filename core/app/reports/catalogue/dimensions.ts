import { NOT_SET } from '#attribution/public'
import { campaignKey, campaignLabel } from '#measurement/public'
import { foldCampaign, inSlices } from '#warehouse/public'
import type { Dimension, Title } from './types.ts'

const credited = (column: string) => ({ credits: column, credited_items: column })
const ofAll = (column: string) => ({ orders: column, items: column, ...credited(column) })
const everywhere = (column: string) => ({ kpi: column, ...ofAll(column) })

function ofOrdersAndSpend(key: string, title: Title, column = key): Dimension {
  return { key, aliases: [], title, type: 'text', columns: everywhere(column) }
}

/** What a touch is called that says nothing of it; rows without a touch have no name at all. */
export const nameless = (value: string) => `ifNull(nullIf(${value}, ''), '${NOT_SET}')`

/** The column of a row of credits that has what its touch says. */
export const ofTouch = (column: string) => `its_${column}`

function ofTouches(key: string, title: Title, spend: 'has spend' | 'no spend'): Dimension {
  return {
    key,
    aliases: [],
    title,
    type: 'text',
    columns: { ...(spend === 'has spend' && { kpi: key }), ...credited(ofTouch(key)) },
    touch: [key],
  }
}

function ofSpend(key: string, title: Title): Dimension {
  return { key, aliases: [], title, type: 'text', columns: { kpi: key }, spendOnly: true }
}

/**
 * Somebody who never had a counted order is neither; a refund is of the type of its order. Rows of a
 * refund do not know whether their order was the first, so the orders are asked.
 */
const firstOrders = `SELECT order_key FROM order_facts WHERE ${inSlices('orders')} AND is_new`
const customerType = (person: string, kind: string) => `multiIf(
      ${person} = 0 OR toUInt16(first_order_date) = 0, '',
      is_new OR (${kind} = 'refund' AND order_key IN (${firstOrders})), 'new',
      'returning')`
const typeOfCustomer = customerType('customer_key', 'kind')
const typeOfPerson = customerType('person_key', 'goal')

const foldName = (name: string) => `if(${name} = '${NOT_SET}', ${name}, ${foldCampaign(name)})`
const ofCampaign = ['source', 'campaign', 'campaign_id']

const campaign: Dimension = {
  key: 'campaign_name',
  aliases: ['campaign'],
  title: { en: 'Campaign', ru: 'Кампания' },
  type: 'text',
  columns: {
    kpi: `(${ofCampaign.join(', ')})`,
    ...credited(`(${ofCampaign.map(ofTouch).join(', ')})`),
  },
  touch: ofCampaign,
  fold: foldName,
  keyOf: (row) => campaignKey({ source: `${row}.1`, campaign: `${row}.2`, campaignId: `${row}.3` }),
  label: {
    row: (row) => `if(${row}.2 = '', ${row}.3, ${row}.2)`,
    pick: (column, key) => campaignLabel(key, `min(${column})`),
  },
}

/**
 * The name on the line that sold most: corrections carry notes such as "damaged" instead.
 *
 * TRICKY: whole amounts and, where they are equal, a hash; comparing tuples takes thrice as long.
 */
const nameBySales = `(toInt64(item_value) * 1048576 + cityHash64(product_name) % 1048576, product_name)`

/** Everything that reports can be grouped by and filtered by. */
export const dimensions: readonly Dimension[] = [
  {
    key: 'date',
    aliases: [],
    title: { en: 'Date', ru: 'Дата' },
    type: 'date',
    columns: everywhere('date'),
  },
  ofTouches('channel', { en: 'Channel', ru: 'Канал' }, 'has spend'),
  ofTouches('source', { en: 'Source', ru: 'Источник' }, 'has spend'),
  ofTouches('medium', { en: 'Medium', ru: 'Тип трафика' }, 'has spend'),
  campaign,
  ofSpend('ad_group', { en: 'Ad group', ru: 'Группа объявлений' }),
  ofTouches('ad', { en: 'Ad', ru: 'Объявление' }, 'has spend'),
  ofTouches('keyword', { en: 'Keyword', ru: 'Ключевое слово' }, 'no spend'),
  ofTouches('landing_page', { en: 'Landing page', ru: 'Посадочная страница' }, 'no spend'),
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
    columns: { items: 'product_id', credited_items: 'product_id' },
    label: {
      column: 'product_name',
      row: { items: nameBySales, credited_items: nameBySales },
      pick: (column) => `nullIf(argMaxIf(${column}.2, ${column}.1, ${column}.2 != ''), '')`,
    },
  },
  {
    key: 'product_name',
    aliases: [],
    title: { en: 'Product name', ru: 'Название товара' },
    type: 'text',
    columns: { items: 'product_name', credited_items: 'product_name' },
  },
  {
    key: 'coupon',
    aliases: [],
    title: { en: 'Coupon', ru: 'Промокод' },
    type: 'text',
    columns: ofAll('coupon'),
  },
  {
    key: 'customer_type',
    aliases: [],
    title: { en: 'New or returning', ru: 'Новые и вернувшиеся' },
    type: 'text',
    columns: { orders: typeOfCustomer, items: typeOfCustomer, ...credited(typeOfPerson) },
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
