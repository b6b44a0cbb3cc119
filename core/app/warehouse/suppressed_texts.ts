import { listed } from './erased_columns.ts'
import { entryOf, type Place } from './suppression.ts'

/** Words of a line of a file, or of a record as JSON: some identifiers have colons, others stand before one. */
export const words = (text: string) =>
  `arrayConcat(extractAll(${text}, '[^\\\\s,;|"{}\\\\[\\\\]<>]+'), extractAll(${text}, '[^\\\\s,;|"{}\\\\[\\\\]<>:=]+'))`
export const phoneWords = (text: string) => `extractAll(${text}, '[+(]?[0-9][0-9 ().-]{5,}[0-9]')`

const anywhere = ['email', 'client_id'] as const
const withinPlace = ['customer_id', 'contact_id', 'order_id', 'deal_id', 'lead_id'] as const

const place: Place = { namespace: 'place', integration: `''`, stream: `''` }
const entry = (column: string, value: string) => entryOf[column]?.(value, place) ?? `''`
const lookUp = (column: string, value: string) => listed(entry(column, value), `''`)

const ofWord = [
  ...anywhere.map((column) => lookUp(column, 'word')),
  `arrayFirst(found -> found != '', arrayFlatten(arrayMap(place -> [
    ${withinPlace.map((column) => lookUp(column, 'word')).join(', ')}], {namespaces_once:Array(String)})))`,
]

const first = (tokens: string) => `arrayFirst(token -> token != '', ${tokens})`

/**
 * The token of the erasure whose identifiers a text names as a word; '' for almost all. For rows that could
 * not be read: nobody knows what is what in them.
 */
export const tokenInText = (text: string): string =>
  first(`arrayConcat(
    arrayMap(word -> ${first(`[${ofWord.join(', ')}]`)}, ${words(text)}),
    arrayMap(word -> ${lookUp('phone', 'word')}, ${phoneWords(text)}))`)
