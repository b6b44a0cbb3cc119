import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from '@japa/runner'
import ts from 'typescript'

/**
 * What an author gets wrong must not compile. Each case spoils the example source in one place; the
 * compiler has to object, and to name the reason.
 */
const folder = join(import.meta.dirname, 'fixtures/right')
const example = join(folder, 'northwind.ts')
const config = ts.readConfigFile(join(import.meta.dirname, '../tsconfig.json'), ts.sys.readFile)
const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, dirname(folder))

interface Mistake {
  title: string
  from: string
  to: string
  expected: RegExp
}

const mistakes: Mistake[] = [
  {
    title: 'a key that the row does not have',
    from: "key: ['id']",
    to: "key: ['lead_id']",
    expected: /"lead_id"/,
  },
  {
    title: 'a day outside the key',
    from: "key: ['ad_id', 'date']",
    to: "key: ['ad_id']",
    expected: /date/,
  },
  {
    title: 'a day that the row does not have',
    from: "key: ['ad_id', 'date'],",
    to: "key: ['ad_id', 'date'], date: 'day',",
    expected: /"day"/,
  },
  {
    title: 'a field that the row does not have',
    from: 'campaignId: r.campaign_id,\n        adId',
    to: 'campaignId: r.campaign,\n        adId',
    expected: /'campaign'/,
  },
  {
    title: 'a kind that does not exist',
    from: "emits: 'lead'",
    to: "emits: 'leads'",
    expected: /"leads"/,
  },
  {
    title: 'a row of another kind',
    from: "emits: 'lead'",
    to: "emits: 'refund'",
    expected: /amount/,
  },
  {
    title: 'a kind without a tag among several',
    from: "emits: 'lead'",
    to: "emits: ['lead', 'customer']",
    expected: /not assignable/,
  },
  {
    title: 'money as a number',
    from: 'amount: r.spend',
    to: 'amount: Number(r.spend)',
    expected: /'number'.*'string'/,
  },
  {
    title: 'money without a currency',
    from: 'cost: { amount: r.spend, currency: r.currency }',
    to: 'cost: { amount: r.spend }',
    expected: /currency/,
  },
  {
    title: "an entity's slice in a report",
    from: '{ from, to }, resume',
    to: '{ since }, resume',
    expected: /'since'/,
  },
  {
    title: 'a config field that does not exist',
    from: '(c) => c.lookbackDays',
    to: '(c) => c.lookback',
    expected: /'lookback'/,
  },
  {
    title: 'an update time that the row does not have',
    from: "updatedAt: 'updated_at'",
    to: "updatedAt: 'changed_at'",
    expected: /"changed_at"/,
  },
  {
    title: 'an entity that neither tracks updates nor passes in full',
    from: "updatedAt: 'updated_at',\n      overlapMinutes: 10,",
    to: '',
    expected: /fullPassEveryHours|overlapMinutes/,
  },
  {
    title: 'a webhook for a stream that does not exist',
    from: "stream: 'leads'",
    to: "stream: 'lead'",
    expected: /"lead"/,
  },
  {
    title: 'an error code that does not exist',
    from: "'auth_scope'",
    to: "'forbidden'",
    expected: /"forbidden"/,
  },
  {
    title: 'a stored row that is not what the schema says',
    from: 'row: Lead, query',
    to: 'row: Insight, query',
    expected: /not assignable/,
  },
  {
    title: 'a hint that does not exist',
    from: 'secret: true',
    to: 'private: true',
    expected: /'private'/,
  },
]

/** Prettier may break what the case searches for over lines, hence any white space matches any. */
function spoil(source: string, { from, to }: Mistake): string {
  const words = from.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const pattern = new RegExp(words.join('\\s+'))
  if (!pattern.test(source)) throw new Error(`The example does not hold ${from}`)
  return source.replace(pattern, () => to)
}

function readmeExample(): string {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
  return /```ts\n(.*?)```/s.exec(readme)?.[1] ?? ''
}

function compile(files: Map<string, string>): ts.Program {
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.fileExists = (name) => files.has(name) || fileExists(name)
  host.readFile = (name) => files.get(name) ?? readFile(name)
  host.getSourceFile = (name, version) => {
    const text = files.get(name)
    return text === undefined
      ? getSourceFile(name, version)
      : ts.createSourceFile(name, text, version)
  }
  return ts.createProgram([...files.keys()], options, host)
}

test.group('types', () => {
  const source = readFileSync(example, 'utf8')
  const nameOf = (index: number) => join(folder, `mistake_${index}.ts`)
  const files = new Map(mistakes.map((mistake, index) => [nameOf(index), spoil(source, mistake)]))
  const readme = join(folder, 'readme.ts')
  files.set(example, source).set(readme, readmeExample())
  const program = compile(files)

  function messages(name: string): string[] {
    const diagnostics = program.getSemanticDiagnostics(program.getSourceFile(name))
    return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
  }

  test('the example compiles', ({ assert }) => {
    assert.deepEqual(messages(example), [])
  })

  test('so does that of the README', ({ assert }) => {
    assert.include(files.get(readme), 'defineSource')
    assert.deepEqual(messages(readme), [])
  })

  for (const [index, { title, expected }] of mistakes.entries()) {
    test(`${title} does not compile`, ({ assert }) => {
      assert.match(messages(nameOf(index)).join('\n'), expected)
    })
  }
})
