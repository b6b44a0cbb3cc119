import type { CustomEvent, Deal, Lead, Order, Refund, Touchpoint } from '@analyticaflow/sdk'
import type { RefreshSettings } from '#warehouse/public'
import { deliver } from '#warehouse/tests/helpers/publishing'

const source = (integrationId: string, sourceType: string) => ({
  integrationId,
  sourceType,
  namespace: integrationId,
  rank: 1,
})

/** Two shops, visits from elsewhere, and a CRM. */
export const storySettings: RefreshSettings = {
  timezone: 'UTC',
  currency: 'EUR',
  sources: [source('1', 'shop'), source('2', 'visits'), source('3', 'crm'), source('4', 'shop_b')],
}

export const eur = (amount: string) => ({ amount, currency: 'EUR' })

export interface Deliveries {
  touchpoints?: readonly Touchpoint[]
  orders?: readonly Order[]
  otherOrders?: readonly Order[]
  refunds?: readonly Refund[]
  deals?: readonly Deal[]
  leads?: readonly Lead[]
  events?: readonly CustomEvent[]
}

const key = ({ externalId }: { externalId: string }) => externalId

/** Delivers rows as sources would, one commit for each kind. */
export async function deliverStory(projectId: string, story: Deliveries): Promise<void> {
  const { touchpoints, orders, otherOrders, refunds, deals, leads, events } = story
  const from = (integrationId: string) => ({ projectId, integrationId, key })
  if (touchpoints)
    await deliver({ ...from('2'), kind: 'touchpoint', rows: touchpoints }, storySettings)
  if (orders) await deliver({ ...from('1'), kind: 'order', rows: orders }, storySettings)
  if (otherOrders) await deliver({ ...from('4'), kind: 'order', rows: otherOrders }, storySettings)
  if (refunds) await deliver({ ...from('1'), kind: 'refund', rows: refunds }, storySettings)
  if (deals) await deliver({ ...from('3'), kind: 'deal', rows: deals }, storySettings)
  if (leads) await deliver({ ...from('3'), kind: 'lead', rows: leads }, storySettings)
  if (events) await deliver({ ...from('2'), kind: 'custom_event', rows: events }, storySettings)
}
