import { defineConfig } from '@adonisjs/core/bodyparser'

/** Read by endpoints that declare a body, after the caller is known (app/shared/http/body.ts). */
export default defineConfig({
  // Reports take a JSON body on GET.
  allowedMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
  json: {
    limit: '1mb',
    types: ['application/json', 'application/*+json'],
    // What was sent is what is judged: a password keeps its spaces, an empty string is not null.
    convertEmptyStringsToNull: false,
    trimWhitespaces: false,
  },
  // Uploads are streamed by the endpoint that takes them.
  multipart: { autoProcess: false, limit: '2gb', fieldsLimit: '1mb' },
})
