import type { Option } from '../../api/types.ts'

interface Item {
  value: string
  label: string
}

const itemOf = ({ value, label, badge }: Option): Item => {
  const words = [label, label.includes(value) ? undefined : value, badge]
  return { value, label: words.filter((word) => word !== undefined && word !== '').join(' · ') }
}

export interface Groups {
  group: string
  items: Item[]
}

/** Options by their groups, each value once; one that is chosen and not listed stays to be seen. */
export function groupsOf(options: readonly Option[], chosen: string): Groups[] {
  const listed = new Map(options.map((option) => [option.value, option]))
  if (chosen !== '' && !listed.has(chosen)) listed.set(chosen, { value: chosen, label: chosen })
  const groups = new Map<string, Item[]>()
  for (const option of listed.values()) {
    const { group = '' } = option
    groups.set(group, [...(groups.get(group) ?? []), itemOf(option)])
  }
  return [...groups].map(([group, items]) => ({ group, items }))
}
