import { fileFields } from '@analyticaflow/sdk'
import logger from '@adonisjs/core/services/logger'
import { discoverSources, type SourcePackage } from './discover.ts'
import { loadSource, type DisabledSource, type Source } from './load.ts'

/** The installed sources, those that work and those that do not. */
export class Registry {
  readonly sources: readonly Source[]
  readonly disabled: readonly DisabledSource[]
  readonly #byName = new Map<string, Source>()

  private constructor(sources: Source[], disabled: DisabledSource[]) {
    this.sources = sources
    this.disabled = disabled
    for (const source of sources) {
      this.#byName.set(source.sourceType, source)
      this.#byName.set(source.id, source)
    }
  }

  static async load(packages: readonly SourcePackage[]): Promise<Registry> {
    const sources: Source[] = []
    const disabled: DisabledSource[] = []
    for (const found of packages) {
      const loaded = await loadSource(found)
      if ('disabled' in loaded) {
        disabled.push(loaded.disabled)
        continue
      }
      const { source } = loaded
      const twin = sources.find(({ id, sourceType }) => [id, sourceType].includes(source.id))
      if (twin === undefined) sources.push(source)
      else {
        const message = `There is another source with the id “${twin.id}”`
        disabled.push({ package: found.name, title: source.title, message })
      }
    }
    return new Registry(
      sources.toSorted((a, b) => a.id.localeCompare(b.id)),
      disabled
    )
  }

  /** By id, or by the word that reports use for it. */
  find(type: string): Source | undefined {
    return this.#byName.get(type)
  }
}

let registry: Registry | undefined

/** Finds and imports the sources. At the start of every process, and again in tests of its own. */
export async function loadSources(): Promise<Registry> {
  registry = await Registry.load(discoverSources())
  for (const { package: name, message } of registry.disabled) {
    logger.warn({ package: name }, `source disabled: ${message}`)
  }
  return registry
}

export function sources(): Registry {
  if (registry === undefined) throw new Error('The sources are not loaded yet (start/routes.ts)')
  return registry
}

export const allSources = (): readonly Source[] => sources().sources

/** The source of an integration; `undefined` where it is not installed or disabled. */
export const sourceOf = (type: string): Source | undefined => sources().find(type)

/** The config field that takes an uploaded file; such sources are fed by imports. */
export const fileField = (source: Source): string | undefined => fileFields(source.config)[0]
