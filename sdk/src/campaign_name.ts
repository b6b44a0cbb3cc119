/** A letter with its marks, or a digit: what survives in a cleaned name. */
const WORDS = /(?:\p{L}\p{M}*|\p{N})+/gu

/**
 * The form in which campaign names of platforms and `utm_campaign` values meet: lower case, every
 * run of anything but letters and digits one `_`, none at the ends. Letters of all scripts stay;
 * compatibility forms (full-width, ligatures) are unified.
 *
 * @example cleanCampaignName(' (Sale) My_Campaign_2025 | RU ') // 'sale_my_campaign_2025_ru'
 */
export function cleanCampaignName(name: string): string {
  const folded = name.normalize('NFKC').toLowerCase().normalize('NFKC')
  return (folded.match(WORDS) ?? []).join('_')
}
