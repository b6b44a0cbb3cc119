import type { Context, Option } from '@analyticaflow/sdk'
import { SourceError, type z } from '@analyticaflow/sdk'
import { Accessible, Account, ClientAccount } from './answers.ts'
import { rowsOf } from './ask.ts'
import { ACCOUNT, TREE } from './queries.ts'

type Asking = Pick<Context, 'http' | 'log'>
type Client = z.infer<typeof ClientAccount>

/** 1234567890 → 123-456-7890, as Google Ads shows it. */
const shown = (id: string): string => id.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1-$2-$3')

const nameOf = ({ descriptiveName, id }: { descriptiveName: string; id: string }): string =>
  descriptiveName === '' ? shown(id) : descriptiveName

/** Accounts that this sign-in reaches directly; below managers there are more. */
async function accessible({ http }: Asking): Promise<string[]> {
  const { resourceNames } = await http.get('/customers:listAccessibleCustomers', Accessible)
  return resourceNames.map((name) => name.replace('customers/', ''))
}

/** A closed account refuses every question; the others are shown all the same. */
async function unlessClosed<T>(ask: () => Promise<T[]>): Promise<T[]> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof SourceError && error.code === 'config_invalid') return []
    throw error
  }
}

const optionOf = (account: Client, group?: string): Option => ({
  value: account.id,
  label: `${nameOf(account)} (${shown(account.id)})`,
  ...(group !== undefined && { group }),
  badge: account.status === 'ENABLED' ? account.currencyCode : account.status.toLowerCase(),
})

const matches = (search: string) => {
  const wanted = search.trim().toLowerCase()
  return ({ label, value }: Option) =>
    label.toLowerCase().includes(wanted) || value.includes(wanted.replaceAll('-', ''))
}

/** Each directly reached account with its own row first, and those below it where it is a manager. */
async function trees(context: Asking): Promise<{ root: Client; below: Client[] }[]> {
  const found = []
  for (const id of await accessible(context)) {
    const [own] = await unlessClosed(() => rowsOf(context, id, ACCOUNT, Account, id))
    if (own === undefined) continue
    const root = { ...own, level: '0' }
    const below = own.manager
      ? await unlessClosed(() => rowsOf(context, id, TREE, ClientAccount, id))
      : []
    found.push({ root, below: below.filter(({ level }) => level !== '0') })
  }
  return found
}

/** Ad accounts to choose from, grouped by the manager account that leads to them. */
export async function accountOptions(context: Asking, search: string): Promise<Option[]> {
  const options = (await trees(context)).flatMap(({ root, below }) =>
    root.manager
      ? below
          .filter(({ manager }) => !manager)
          .map((account) => optionOf(account, `${nameOf(root)} (${shown(root.id)})`))
      : [optionOf(root)]
  )
  return options.filter(matches(search))
}

/** Manager accounts to choose from. */
export async function managerOptions(context: Asking, search: string): Promise<Option[]> {
  const roots = (await trees(context)).map(({ root }) => root).filter(({ manager }) => manager)
  return roots.map((root) => optionOf(root)).filter(matches(search))
}
