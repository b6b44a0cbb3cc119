import { defineConfig, drivers } from '@adonisjs/core/encryption'
import { appKey, previousAppKey } from '#start/env'

/** The framework's own (signed cookies). Integration credentials have a key of their own. */
const encryptionConfig = defineConfig({
  default: 'gcm',
  list: {
    gcm: drivers.aes256gcm({
      id: 'app',
      keys: previousAppKey === undefined ? [appKey] : [appKey, previousAppKey],
    }),
  },
})

export default encryptionConfig

declare module '@adonisjs/core/types' {
  export interface EncryptorsList extends InferEncryptors<typeof encryptionConfig> {}
}
