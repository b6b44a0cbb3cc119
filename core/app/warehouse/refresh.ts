import { channelParams, type ChannelRule } from './channel_rules.ts'
import type { Params } from './client.ts'
import type { KnownLogs } from './known_logs.ts'
import { versionParams, type Version } from './versions.ts'

/** Where an integration's orders come from, and which one wins where two know the same order. */
export interface OrderSource {
  integrationId: string
  sourceType: string
  /** Order ids are unique within it: files of a project share one, each shop has its own. */
  namespace: string
  /** The higher one wins. */
  rank: number
}

/** Two identifiers or documents, by their keys. */
export type KeyPair = readonly [string, string]

/** What people have set about who is who. */
export interface IdentitySettings {
  /** An identifier that is tied to more others than this joins nobody. */
  maxLinks: number
  /** Pairs that are not one person, whatever documents say. */
  splits: readonly KeyPair[]
  /** Pairs that were split, or are not any more, since persons were computed last. */
  changedSplits: readonly KeyPair[]
  /** All persons are to be computed anew. */
  everything: boolean
}

export const noIdentitySettings: IdentitySettings = {
  maxLinks: 100,
  splits: [],
  changedSplits: [],
  everything: false,
}

/** What a refresh needs to know of the project. */
export interface RefreshSettings {
  timezone: string
  currency: string
  sources: readonly OrderSource[]
  /** The project's own channel rules, which come before the preset. */
  channelRules?: readonly ChannelRule[]
  /** Absent: nobody has set anything. */
  identity?: IdentitySettings
  /** Absent: any log may hold anything, and the commit may have changed it. */
  logs?: KnownLogs
  /** All that is known counts as changed, as after `dirtyEverything`. */
  everything?: boolean
  /** Rows that one statement may hold in memory, where another number than the usual is wanted. */
  rowsAtOnce?: number
}

export function refreshParams(version: Version, settings: RefreshSettings): Params {
  return {
    ...versionParams(version),
    timezone: settings.timezone,
    currency: settings.currency,
    source_ids: settings.sources.map(({ integrationId }) => BigInt(integrationId)),
    source_types: settings.sources.map(({ sourceType }) => sourceType),
    namespaces: settings.sources.map(({ namespace }) => namespace),
    ranks: settings.sources.map(({ rank }) => rank),
    ...channelParams(settings.channelRules),
  }
}
