import { hashedEmail, hashedPhone } from './kinds.ts'
import { personKeys } from './person_scope.ts'
import { phoneWords, words } from './suppressed_texts.ts'

const isMine = (key: string) => `${key} IN (${personKeys})`

/** A word may be an id of any vendor of the project. */
const ofVendor = [
  `cityHash64('customer', place, word)`,
  `cityHash64('contact', place, word)`,
  `cityHash64(place, 'order', word)`,
  `cityHash64(place, 'refund', word)`,
  `cityHash64('deal', place, word)`,
  `cityHash64('lead', place, word)`,
]

const isMyWord = `(${isMine(`cityHash64('client', word)`)} OR ${isMine(`cityHash64('email', ${hashedEmail('word')})`)}
    OR arrayExists(place -> ${ofVendor.map(isMine).join(' OR ')}, {namespaces_once:Array(String)}))`
const isMyPhone = isMine(`cityHash64('phone', ${hashedPhone('word')})`)

/** Words of a text that are one of the person's identifiers, or the number of a document of theirs. */
export const namedWordsOf = (text: string): string =>
  `arrayDistinct(arrayConcat(arrayFilter(word -> ${isMyWord}, ${words(text)}), arrayFilter(word -> ${isMyPhone}, ${phoneWords(text)})))`

const namesPerson = (text: string) => `notEmpty(${namedWordsOf(text)})`

/** Rejected rows that name the person: nobody knows what is what in them. */
export const rejectedOfPerson = `SELECT * FROM rejected_rows
  WHERE project_id = {project_id:UInt64} AND ${namesPerson(`concat(raw, ' ', message)`)}`

const request = 'project_id = {project_id:UInt64} AND request_id = {request_id:UInt64}'
const place = 'run_id, stream, fence, page, line'

export const eraseRejected = {
  note: `INSERT INTO person_rows (project_id, request_id, table_name, ${place})
    SELECT {project_id:UInt64}, {request_id:UInt64}, 'rejected_rows', ${place} FROM (${rejectedOfPerson})`,
  /** Of the columns that change none is a key. */
  rewrite: `ALTER TABLE rejected_rows UPDATE raw = 'erased', message = 'A row of somebody who was erased'
    WHERE project_id = {project_id:UInt64} AND (${place}) IN (
      SELECT ${place} FROM person_rows WHERE ${request} AND table_name = 'rejected_rows')`,
}
