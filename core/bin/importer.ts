/** Root of the application: `core/` in development, `core/build/` after a build. */
export const APP_ROOT = new URL('../', import.meta.url)

/** Resolves what adonisrc.ts names: relative paths from the application, the rest as Node does. */
export function importer(filePath: string): Promise<unknown> {
  const relative = filePath.startsWith('./') || filePath.startsWith('../')
  return import(relative ? new URL(filePath, APP_ROOT).href : filePath)
}
