/**
 * SQL for `cleanCampaignName` of the SDK: the form in which names of platforms and `utm_campaign`
 * values meet. Every step keeps a LowCardinality column one, so each spelling is cleaned once.
 */
export function foldCampaign(text: string): string {
  const folded = `normalizeUTF8NFKC(lowerUTF8(normalizeUTF8NFKC(${text})))`
  // A mark belongs to the letter before it; without one it separates, as punctuation does.
  const withoutStrayMarks = `replaceRegexpAll(${folded}, '(^|[^\\\\p{L}\\\\p{M}])\\\\p{M}+', '\\\\1 ')`
  return `trimBoth(replaceRegexpAll(${withoutStrayMarks}, '[^\\\\p{L}\\\\p{N}\\\\p{M}]+', '_'), '_')`
}
