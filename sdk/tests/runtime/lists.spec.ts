import { test } from '@japa/runner'
import {
  afterCursor,
  apiKey,
  byNextUrl,
  z,
  type Http,
  type Json,
  type Page,
} from '@analyticaflow/sdk'
import { fetchTransport, keyAuthorizer, makeHttp } from '@analyticaflow/sdk/runtime'
import { cases, type Asked } from './page_cases.ts'
import { errorOf, sourceOf, startVendor, talk, type Answers } from './vendor.ts'

const Row = z.object({ id: z.number() })
async function pagesOf(http: Http, { resume = null, ...options }: Asked) {
  const pages: Page<{ id: number }>[] = []
  for await (const page of http.pages('/list', { row: Row, resume, ...options })) pages.push(page)
  return pages
}

/** Every page's position leads to the pages after it, as it would after a crash. */
async function checkResume(http: Http, asked: Asked, expected: number[]) {
  const pages = await pagesOf(http, asked)
  const rows = (list: typeof pages) => list.flatMap((page) => page.rows.map(({ id }) => id))
  const resumed = await Promise.all(
    pages.slice(0, -1).map(({ next }) => {
      const resume = JSON.parse(JSON.stringify(next)) as Json
      return pagesOf(http, { ...asked, resume })
    })
  )
  return {
    pages,
    rows: rows(pages),
    isComplete: resumed.every((rest, index) => {
      const before = pages.slice(0, index + 1)
      return JSON.stringify([...rows(before), ...rows(rest)]) === JSON.stringify(expected)
    }),
  }
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)
test.group('pages', () => {
  for (const { title, answers, asked, count, pages, total } of cases) {
    test(`follow ${title}`, async ({ assert, cleanup }) => {
      const { http, stop } = await talk(answers)
      cleanup(stop)
      const result = await checkResume(http, asked, numbers(count))
      assert.deepEqual(result.rows, numbers(count))
      assert.lengthOf(result.pages, pages)
      assert.isTrue(result.isComplete)
      assert.equal(result.pages[0]?.total, total)
      assert.notInclude(JSON.stringify(result.pages), 's3cret')
    })
  }

  test('ask for all pages with the same parameters', async ({ assert, cleanup }) => {
    const answers: Answers = ({ query }) => ({
      json: { data: [], next: query.has('after') ? '' : 'x' },
    })
    const { http, got, stop } = await talk(answers)
    cleanup(stop)
    await pagesOf(http, {
      paginate: afterCursor({ items: 'data', next: 'next' }),
      query: { from: 'a' },
    })
    assert.deepEqual(
      got.map(({ query }) => query.toString()),
      ['from=a', 'from=a&after=x']
    )
  })

  test('keep neither the secret base of an address nor a key in its query', async ({
    assert,
    cleanup,
  }) => {
    const vendor = await startVendor(({ path, query, headers }) => {
      const next = `http://${headers.host ?? ''}${path}?p=2&key=k-s3cret`
      return { json: { rows: [], ...(!query.has('p') && { next }) } }
    })
    cleanup(vendor.stop)
    const auth = apiKey({ in: 'query', name: 'key' })
    const config = { api_key: 'k-s3cret' }
    const http = makeHttp({
      source: sourceOf({ baseUrl: `${vendor.url}/rest/b-s3cret` }, auth),
      config,
      transport: fetchTransport,
      authorizer: keyAuthorizer(auth as Parameters<typeof keyAuthorizer>[0], config),
      signal: new AbortController().signal,
      log: () => undefined,
    })
    const pages = await pagesOf(http, { paginate: byNextUrl({ items: 'rows', next: 'next' }) })
    assert.deepEqual(
      pages.map(({ next }) => next),
      ['/list?p=2', null]
    )
    assert.deepEqual(
      vendor.got.map(({ query }) => query.get('key')),
      ['k-s3cret', 'k-s3cret']
    )
  })

  test('refuse a next page on a host that is not declared', async ({ assert, cleanup }) => {
    const { http, stop } = await talk(() => ({
      json: { rows: [], next: 'https://evil.example/a' },
    }))
    cleanup(stop)
    const error = await errorOf(
      pagesOf(http, { paginate: byNextUrl({ items: 'rows', next: 'next' }) })
    )
    assert.equal(error.code, 'vendor_response')
  })

  test('refuse a list that is missing, a row that is wrong, a page that repeats', async ({
    assert,
    cleanup,
  }) => {
    const replies = [
      { json: { rows: null } },
      { json: { rows: [{ id: 1 }, { id: 's3cret' }] } },
      { json: { rows: [], next: 'x' } },
    ]
    const { http, stop } = await talk((_got, count) => replies[Math.min(count, 3) - 1] ?? {})
    cleanup(stop)
    const paginate = afterCursor({ items: 'rows', next: 'next' })
    assert.equal((await errorOf(pagesOf(http, { paginate }))).code, 'vendor_response')
    const wrong = await errorOf(pagesOf(http, { paginate }))
    assert.deepEqual([wrong.code, wrong.detail.field], ['row_invalid', 'id'])
    assert.notInclude(String(wrong.stack), 's3cret')
    assert.include((await errorOf(pagesOf(http, { paginate }))).userMessage, 'again and again')
  })
})
