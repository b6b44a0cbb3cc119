import type { IncomingMessage, ServerResponse } from 'node:http'
import { Problem } from './problem.ts'

/** Answers URLs with broken percent-encoding, which the framework refuses before any middleware. */
export function answerBadUrl(_request: IncomingMessage, response: ServerResponse): void {
  const problem = new Problem('bad_request', { detail: 'The URL is not properly encoded' })
  response.writeHead(problem.status, { 'Content-Type': 'application/problem+json' })
  response.end(JSON.stringify(problem))
}
