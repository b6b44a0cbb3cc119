import { DAY, type World, type WorldTouch } from './journeys.ts'

export const NOON = Date.UTC(2024, 0, 10, 12)

/** Touches of one person by channel, a day between each two. */
export const path = (person: bigint, channels: readonly string[], until = NOON): WorldTouch[] =>
  channels.map((channel, index) => ({
    key: person * 100n + BigInt(index),
    person,
    time: until - (channels.length - index) * DAY,
    channel,
    isDirect: channel === 'Direct',
  }))

export const order = (key: bigint, person: bigint, gross: string, time = NOON) => ({
  key,
  person,
  gross,
  time,
})

/** The worked example of the definitions. */
export const worked: World = {
  touches: [...path(1n, ['C1', 'C2', 'C3']), ...path(2n, ['C1']), ...path(3n, ['C2', 'C3'])],
  conversions: [order(11n, 1n, '100')],
}

export const january = { date_from: '2024-01-01', date_to: '2024-01-31' }
