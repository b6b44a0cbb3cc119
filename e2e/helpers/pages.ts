import type { Page } from 'playwright-core'

export const person = {
  name: 'Vera Holm',
  email: 'vera@example.com',
  password: 'a long enough password',
}

export async function signIn(page: Page, password = person.password): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** What a KPI tile says, without its explanation. */
export const tile = (page: Page, metric: string) => page.locator(`[data-metric="${metric}"]`)

/** A row of the breakdown by what it is called. */
export const tableRow = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) })

/** Intl writes other spaces than keyboards do. */
export const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ')

/** The figures of a row, without how the models disagree. */
export async function cells(page: Page, name: string): Promise<string[]> {
  const texts = await tableRow(page, name).first().getByRole('cell').allInnerTexts()
  return texts
    .map((text) => text.split(/\s*\n\s*/).join(' '))
    .filter((text) => text !== '' && !/%\s*–/.test(text))
}

export interface FileOf {
  name: string
  text: string
}

export async function chooseFile(page: Page, { name, text }: FileOf): Promise<void> {
  await page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
}
