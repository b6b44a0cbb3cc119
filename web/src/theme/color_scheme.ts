import { localStorageColorSchemeManager } from '@mantine/core'

/** The key is known to public/color_scheme.js too. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'af.color_scheme' })
