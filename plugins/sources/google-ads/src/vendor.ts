/**
 * The version of the API that all requests go to. Four majors come a year, each lives for about twelve months.
 * https://developers.google.com/google-ads/api/docs/sunset-dates
 */
export const API_VERSION = 'v26'
/** Planned by Google, and may move. */
export const API_SUNSET = '2027-11-01'

export const BASE_URL = `https://googleads.googleapis.com/${API_VERSION}`
export const SCOPES = ['https://www.googleapis.com/auth/adwords']

/** Daily figures reach back so far; https://developers.google.com/google-ads/api/docs/reporting/segmentation */
export const HISTORY_MONTHS = 37
/** So many days are within that many months, whichever they are. */
export const HISTORY_DAYS = 1120

/** An account is named without the dashes that Google Ads shows. */
export const stream = (customerId: string): string =>
  `/customers/${customerId}/googleAds:searchStream`
