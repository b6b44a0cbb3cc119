import { defineConfig, drivers } from '@adonisjs/core/hash'
import app from '@adonisjs/core/services/app'

/** OWASP's scrypt parameters; about 0.3 s. Tests sign up many users and check no timing. */
const cost = app.inTest ? 2 ** 10 : 2 ** 15

const hashConfig = defineConfig({
  default: 'scrypt',
  list: {
    scrypt: drivers.scrypt({ cost, blockSize: 8, parallelization: 3, maxMemory: 64 * 1024 * 1024 }),
  },
})

export default hashConfig

declare module '@adonisjs/core/types' {
  export interface HashersList extends InferHashers<typeof hashConfig> {}
}
