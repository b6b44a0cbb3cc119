/**
 * The simulated shop's campaigns: what they cost, whom they reach at which stage of a purchase, and
 * what they really change. `lift` is what a visit by them adds to the inclination to buy,
 * `substitution` how probably the same person would have come anyway, by search or directly. A
 * campaign with much substitution is credited with many orders and causes few.
 */
export interface Ad {
  id: number
  name: string
  type: string
  /** Share of its campaign's clicks, relative to the other ads'. */
  weight: number
  isRemoved: boolean
}

export interface AdGroup {
  id: number
  name: string
  type: string
  ads: Ad[]
}

/** How readily each stage meets a driver: before the first visit, after one, as a former customer. */
export interface Reach {
  first: number
  later: number
  known: number
}

export interface Campaign {
  id: number
  name: string
  channelType: string
  status: 'ENABLED' | 'PAUSED' | 'REMOVED'
  /** Whether its ads are things of their own; Performance Max assembles them by itself. */
  hasAds: boolean
  /** Days after the world's first on which it runs; else months of every year, 1 to 12. */
  runs: { from?: number; until?: number; months?: number[] }
  cpcMicros: number
  clickRate: number
  /** Clicks a day of people who never buy. */
  idleClicks: number
  reach: Reach
  lift: number
  substitution: number
  /** What landing pages carry; without an id where somebody has set it up carelessly. */
  tag: { medium: string; campaign: string; hasId: boolean }
  groups: AdGroup[]
}

type Line = Omit<Campaign, 'groups'> & { groupNames: string[]; adType: string; groupType: string }

const reach = (first: number, later: number, known: number): Reach => ({ first, later, known })
const cpc = (campaign: string, hasId = true) => ({ medium: 'cpc', campaign, hasId })
const SEARCH = { adType: 'RESPONSIVE_SEARCH_AD', groupType: 'SEARCH_STANDARD', hasAds: true }
const DISPLAY = { adType: 'RESPONSIVE_DISPLAY_AD', groupType: 'DISPLAY_STANDARD', hasAds: true }
const ENABLED = { status: 'ENABLED', runs: {} } as const

const LINES: Line[] = [
  {
    id: 20_100_000_011,
    name: 'Brand DE',
    channelType: 'SEARCH',
    ...SEARCH,
    ...ENABLED,
    cpcMicros: 240_000,
    clickRate: 0.21,
    idleClicks: 12,
    reach: reach(0.06, 0.26, 0.24),
    lift: 0.13,
    substitution: 0.96,
    tag: cpc('brand_de'),
    groupNames: ['Brand exact', 'Brand + product'],
  },
  {
    id: 20_100_000_028,
    name: 'Search | Coffee beans | DACH',
    channelType: 'SEARCH',
    ...SEARCH,
    ...ENABLED,
    cpcMicros: 710_000,
    clickRate: 0.062,
    idleClicks: 34,
    reach: reach(0.16, 0.08, 0.02),
    lift: 0.1,
    substitution: 0.18,
    tag: cpc('search_coffee_beans_dach'),
    groupNames: ['Beans', 'Espresso', 'Single origin'],
  },
  {
    id: 20_100_000_035,
    name: 'Search | Grinders & machines',
    channelType: 'SEARCH',
    ...SEARCH,
    ...ENABLED,
    cpcMicros: 930_000,
    clickRate: 0.048,
    idleClicks: 18,
    reach: reach(0.09, 0.05, 0.01),
    lift: 0.09,
    substitution: 0.15,
    tag: cpc('search_grinders_machines'),
    groupNames: ['Grinders', 'Machines'],
  },
  {
    id: 20_100_000_042,
    name: 'PMax | Bestsellers',
    channelType: 'PERFORMANCE_MAX',
    adType: '',
    groupType: '',
    hasAds: false,
    ...ENABLED,
    cpcMicros: 520_000,
    clickRate: 0.014,
    idleClicks: 40,
    reach: reach(0.14, 0.12, 0.06),
    lift: 0.1,
    substitution: 0.48,
    tag: cpc('pmax_bestsellers'),
    groupNames: ['Assets'],
  },
  {
    id: 20_100_000_059,
    name: 'Display | Prospecting',
    channelType: 'DISPLAY',
    ...DISPLAY,
    ...ENABLED,
    cpcMicros: 180_000,
    clickRate: 0.0042,
    idleClicks: 46,
    reach: reach(0.12, 0.03, 0),
    lift: 0.045,
    substitution: 0.04,
    tag: { medium: 'display', campaign: 'display_prospecting', hasId: true },
    groupNames: ['In-market', 'Similar'],
  },
  {
    id: 20_100_000_066,
    name: 'Display | Retargeting',
    channelType: 'DISPLAY',
    ...DISPLAY,
    ...ENABLED,
    cpcMicros: 310_000,
    clickRate: 0.0078,
    idleClicks: 6,
    reach: reach(0, 0.2, 0.05),
    lift: 0.11,
    substitution: 0.82,
    tag: { medium: 'display', campaign: 'display_retargeting', hasId: true },
    groupNames: ['Cart', 'Visitors'],
  },
  {
    id: 20_100_000_073,
    name: 'YouTube | Brew guides',
    channelType: 'VIDEO',
    ...DISPLAY,
    adType: 'VIDEO_RESPONSIVE_AD',
    groupType: 'VIDEO_RESPONSIVE',
    ...ENABLED,
    cpcMicros: 260_000,
    clickRate: 0.0031,
    idleClicks: 20,
    reach: reach(0.07, 0.02, 0),
    lift: 0.06,
    substitution: 0.02,
    // Tagged by hand and never told to anybody: its visits do not find its spend.
    tag: { medium: 'video', campaign: 'yt-brewguides', hasId: false },
    groupNames: ['Guides'],
  },
  {
    id: 20_100_000_080,
    name: '(Sale) Black Friday | Search',
    channelType: 'SEARCH',
    ...SEARCH,
    status: 'PAUSED',
    runs: { months: [11] },
    cpcMicros: 860_000,
    clickRate: 0.07,
    idleClicks: 26,
    reach: reach(0.12, 0.1, 0.08),
    lift: 0.14,
    substitution: 0.4,
    tag: cpc('sale_black_friday_search', false),
    groupNames: ['Sale'],
  },
  {
    id: 20_100_000_097,
    name: 'Search | Gift sets',
    channelType: 'SEARCH',
    ...SEARCH,
    status: 'REMOVED',
    runs: { until: 150 },
    cpcMicros: 790_000,
    clickRate: 0.039,
    idleClicks: 14,
    reach: reach(0.06, 0.03, 0.01),
    lift: 0.05,
    substitution: 0.2,
    tag: cpc('search_gift_sets'),
    groupNames: ['Gifts'],
  },
]

const GROUP_IDS = 145_000_000_000

function adsOf(line: Line, groupId: number, count: number): Ad[] {
  return Array.from({ length: count }, (_, index) => ({
    id: 690_000_000_000 + (groupId - GROUP_IDS) * 10_000 + index + 1,
    name: `${line.name} ${String.fromCharCode(65 + (index % 26))}${Math.floor(index / 26) || ''}`,
    type: line.adType,
    weight: 1 / (index + 1),
    isRemoved: index === 2,
  }))
}

/** The campaigns with their groups and ads. Performance Max has one nameless unit in place of ads. */
export function campaignsOf(adsPerGroup: number): Campaign[] {
  return LINES.map((line) => {
    const { groupNames, adType: _, groupType, ...campaign } = line
    const groups = groupNames.map((name, index) => {
      const id = GROUP_IDS + (line.id % 1_000_000) * 100 + index
      return { id, name, type: groupType, ads: adsOf(line, id, line.hasAds ? adsPerGroup : 1) }
    })
    return { ...campaign, groups }
  })
}

/** Whether a campaign is on the air on a day. */
export function isRunning({ runs }: Campaign, day: number, firstDay: number): boolean {
  if (runs.months !== undefined) {
    return runs.months.includes(new Date(day * 86_400_000).getUTCMonth() + 1)
  }
  const age = day - firstDay
  return age >= (runs.from ?? 0) && age < (runs.until ?? Infinity)
}
