/**
 * Channels that cost money per click, view or sale. `roas`, `cpa` and `ncac` count what they
 * brought. The names are those that the channel rules give.
 */
export const paidChannels: readonly string[] = [
  'Paid Search',
  'Paid Social',
  'Paid Shopping',
  'Paid Video',
  'Paid Other',
  'Cross-network',
  'Display',
  'Affiliates',
  'Audio',
]
