import { chance, mix, pick, unit } from './random.ts'
import type { Device, Person } from './types.ts'

const COUNTRIES: [code: string, weight: number][] = [
  ['DE', 62],
  ['AT', 11],
  ['CH', 8],
  ['GB', 8],
  ['FR', 6],
  ['US', 5],
]

const SHARES = COUNTRIES.map(([, weight]) => weight)
const PERSON = 11

function deviceOf(state: number, index: number): Device {
  const id = `${mix(state, 31 + index)}.${1_600_000_000 + (mix(state, 41 + index) % 100_000_000)}`
  const isMobile = unit(state, 51 + index) < (index === 0 ? 0.64 : 0.35)
  return { clientId: `GA1.1.${id}`, kind: isMobile ? 'mobile' : 'desktop' }
}

/** Who arrives as the nth of a day. */
export function personOf(seed: number, day: number, index: number): Person {
  const state = chance(seed, PERSON, day, index)
  const country = COUNTRIES[pick(state, 1, SHARES)]?.[0] ?? 'DE'
  const deviceCount = unit(state, 2) < 0.28 ? 2 : 1
  const id = 7_000_000_000_000 + day * 10_000 + index
  const number = `${day}${String(index).padStart(3, '0')}`
  return {
    key: [day, index],
    id,
    email: `customer.${number}@mail.example`,
    name: { first: 'Customer', last: number },
    country,
    devices: Array.from({ length: deviceCount }, (_, at) => deviceOf(state, at)),
  }
}

/** The chances of one person, for everything that the person decides. */
export const chancesOf = (seed: number, { key: [day, index] }: Person): number =>
  chance(seed, PERSON, day, index)
