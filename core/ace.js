// Runs TypeScript as it is; the build writes its own ace.js without the loader.
import '@poppinss/ts-exec'

await import('./bin/console.js')
