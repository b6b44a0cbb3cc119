import { GaqlError } from './error.ts'
import { tokensOf, type Token } from './tokens.ts'

export interface Value {
  text: string
  isString: boolean
}

export interface Condition {
  field: string
  operator: string
  values: Value[]
}

/** https://developers.google.com/google-ads/api/docs/query/grammar */
export interface Query {
  select: string[]
  from: string
  where: Condition[]
  orderBy: { field: string; isDescending: boolean }[]
  limit: number | null
  parameters: Record<string, string>
}

const FIELD = /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$/
const COMPARISONS = ['=', '!=', '>', '>=', '<', '<=']
const LISTS = ['IN', 'NOT IN', 'CONTAINS ANY', 'CONTAINS ALL', 'CONTAINS NONE']
const SINGLES = ['LIKE', 'NOT LIKE', 'REGEXP_MATCH', 'NOT REGEXP_MATCH', 'DURING']
const NULLS = ['IS NULL', 'IS NOT NULL']

class Parser {
  readonly #tokens: Token[]
  #at = 0

  constructor(query: string) {
    this.#tokens = tokensOf(query)
  }

  parse(): Query {
    if (!this.#takeWord('SELECT')) {
      throw new GaqlError('EXPECTED_SELECT', 'Error in query: query must start with SELECT.')
    }
    const select = this.#list(() => this.#field())
    if (!this.#takeWord('FROM')) {
      throw new GaqlError('EXPECTED_FROM', 'Error in query: FROM clause is missing.')
    }
    const query: Query = {
      select,
      from: this.#field(),
      where: this.#takeWord('WHERE') ? this.#conditions() : [],
      orderBy: this.#takeWord('ORDER') ? this.#ordering() : [],
      limit: this.#takeWord('LIMIT') ? this.#count() : null,
      parameters: this.#takeWord('PARAMETERS')
        ? Object.fromEntries(this.#list(() => this.#parameter()))
        : {},
    }
    const rest = this.#peek()
    if (rest !== undefined) throw this.#unexpected(rest)
    return query
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at]
  }

  #take(): Token {
    const token = this.#peek()
    if (token === undefined) {
      throw new GaqlError('UNEXPECTED_END_OF_QUERY', 'Error in query: unexpected end of query.')
    }
    this.#at += 1
    return token
  }

  #unexpected({ text }: Token): GaqlError {
    return new GaqlError('UNEXPECTED_INPUT', `Error in query: unexpected input ${text}.`)
  }

  #takeWord(word: string): boolean {
    const isNext = this.#peek()?.kind === 'word' && this.#peek()?.text.toUpperCase() === word
    if (isNext) this.#at += 1
    return isNext
  }

  #takeSign(sign: string): boolean {
    const isNext = this.#peek()?.kind === 'sign' && this.#peek()?.text === sign
    if (isNext) this.#at += 1
    return isNext
  }

  #list<T>(item: () => T): T[] {
    const items = [item()]
    while (this.#takeSign(',')) items.push(item())
    return items
  }

  #field(): string {
    const token = this.#take()
    if (token.kind !== 'word') throw this.#unexpected(token)
    if (FIELD.test(token.text)) return token.text
    throw new GaqlError('BAD_FIELD_NAME', `Error in query: invalid field name '${token.text}'.`)
  }

  #conditions(): Condition[] {
    const conditions = [this.#condition()]
    while (this.#takeWord('AND')) conditions.push(this.#condition())
    return conditions
  }

  #operator(): string {
    const token = this.#take()
    if (token.kind === 'sign') return token.text
    const words = [token.text.toUpperCase()]
    while (['NOT', 'IS', 'CONTAINS', 'IS NOT'].includes(words.join(' '))) {
      words.push(this.#take().text.toUpperCase())
    }
    return words.join(' ')
  }

  #condition(): Condition {
    const field = this.#field()
    const operator = this.#operator()
    if (NULLS.includes(operator)) return { field, operator, values: [] }
    if (operator === 'BETWEEN') return { field, operator, values: this.#between() }
    if (LISTS.includes(operator)) return { field, operator, values: this.#values() }
    if ([...COMPARISONS, ...SINGLES].includes(operator)) {
      return { field, operator, values: [this.#value()] }
    }
    throw new GaqlError('BAD_OPERATOR', `Error in query: invalid operator '${operator}'.`)
  }

  #between(): Value[] {
    const low = this.#value()
    if (this.#takeWord('AND')) return [low, this.#value()]
    throw new GaqlError('EXPECTED_AND', 'Error in query: expected AND between BETWEEN values.')
  }

  #values(): Value[] {
    if (!this.#takeSign('(')) {
      throw new GaqlError('EXPECTED_LIST', 'Error in query: the operator expects a list.')
    }
    if (this.#takeSign(')')) {
      throw new GaqlError('PROHIBITED_EMPTY_LIST_IN_CONDITION', 'Condition with an empty list.')
    }
    const values = this.#list(() => this.#value())
    if (this.#takeSign(')')) return values
    throw this.#unexpected(this.#take())
  }

  #value(): Value {
    const token = this.#take()
    if (token.kind === 'sign') throw this.#unexpected(token)
    return { text: token.text, isString: token.kind === 'string' }
  }

  #ordering(): Query['orderBy'] {
    if (!this.#takeWord('BY')) {
      throw new GaqlError('EXPECTED_BY', 'Error in query: expected BY after ORDER.')
    }
    return this.#list(() => {
      const field = this.#field()
      const isDescending = this.#takeWord('DESC')
      if (!isDescending) this.#takeWord('ASC')
      return { field, isDescending }
    })
  }

  #count(): number {
    const { kind, text } = this.#take()
    if (kind !== 'number' || !/^-?\d+$/.test(text)) {
      throw new GaqlError('BAD_LIMIT_VALUE', `Error in query: invalid LIMIT '${text}'.`)
    }
    if (Number(text) >= 1) return Number(text)
    throw new GaqlError('LIMIT_VALUE_TOO_LOW', 'Error in query: LIMIT must be at least 1.')
  }

  #parameter(): [string, string] {
    const name = this.#field()
    if (!['include_drafts', 'omit_unselected_resource_names'].includes(name)) {
      throw new GaqlError('BAD_PARAMETER_NAME', `Error in query: unknown parameter '${name}'.`)
    }
    if (!this.#takeSign('=')) throw this.#unexpected(this.#take())
    const { text } = this.#take()
    if (['true', 'false'].includes(text.toLowerCase())) return [name, text.toLowerCase()]
    throw new GaqlError('BAD_PARAMETER_VALUE', `Error in query: invalid value '${text}'.`)
  }
}

/** @throws GaqlError as Google would refuse it */
export const parse = (query: string): Query => new Parser(query).parse()
