import { SourceError, type Json, type Page } from '@analyticaflow/sdk'

/** Pages of any stream. */
export type Pages = AsyncIterable<Page<unknown>>

export const isCode = (error: unknown, code: string): boolean =>
  error instanceof SourceError && error.code === code

export async function* swallowing(pages: Pages, code: string): Pages {
  try {
    yield* pages
  } catch (error) {
    if (!isCode(error, code)) throw error
  }
}

export async function* renaming(pages: Pages): Pages {
  try {
    yield* pages
  } catch (cause) {
    if (!isCode(cause, 'auth_expired')) throw cause
    throw new SourceError('vendor_response', 'It does not answer.', { cause })
  }
}

export async function* repeating(pages: Pages): Pages {
  for await (const page of pages) yield { ...page, rows: [...page.rows, ...page.rows.slice(0, 1)] }
}

export async function* dropping(pages: Pages): Pages {
  for await (const page of pages) {
    yield { ...page, rows: page.rows.filter((row) => (row as { id: unknown }).id !== 'L3') }
  }
}

/** The position of a page comes with the page before it. */
export async function* ahead(pages: Pages): Pages {
  let held: Page<unknown> | undefined
  for await (const page of pages) {
    if (held !== undefined) yield { ...held, next: page.next }
    held = page
  }
  if (held !== undefined) yield held
}

/** Positions that JSON makes something else of, though nobody needs what is lost. */
export async function* unstorable(pages: Pages): Pages {
  for await (const page of pages) {
    const next = { cursor: page.next, at: new Date(0) } as unknown as Json
    yield page.next === null ? page : { ...page, next }
  }
}

export async function* stubborn(read: () => Pages, attempts: number): Pages {
  for (let attempt = 1; ; attempt += 1) {
    try {
      yield* read()
      return
    } catch (error) {
      if (!isCode(error, 'vendor_unavailable') || attempt >= attempts) throw error
    }
  }
}
