import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { z } from 'zod'

const manifest = z.object({ version: z.string() })

/** The release that is running. */
export const version = manifest.parse(
  JSON.parse(readFileSync(join(app.makePath(), 'package.json'), 'utf8'))
).version
