import { join } from 'node:path'
import type { Group } from '@japa/runner/core'
import { loadSources } from '../../registry/registry.ts'

export const fixture = (name: string): string => join(import.meta.dirname, '../fixtures', name)

/** Installs fixture sources, besides those that are installed anyway, for the tests of a group. */
export function useSources(group: Group, ...names: string[]): void {
  const before = process.env.AF_PLUGINS
  group.setup(async () => {
    process.env.AF_PLUGINS = names.map(fixture).join(',')
    await loadSources()
  })
  group.teardown(async () => {
    if (before === undefined) delete process.env.AF_PLUGINS
    else process.env.AF_PLUGINS = before
    await loadSources()
  })
}
