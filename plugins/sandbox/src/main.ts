/**
 * The sandbox as a process of its own.
 *
 * node src/main.ts [--port 4400] [--seed 1] [--from 2025-05-28] [--now 2026-11-28T12:00:00Z]
 *   [--people-per-day 40] [--ads-per-group 3]
 */
import { parseArgs } from 'node:util'
import { startSandbox, type SandboxOptions } from './index.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4400' },
    seed: { type: 'string' },
    from: { type: 'string' },
    now: { type: 'string' },
    'people-per-day': { type: 'string' },
    'ads-per-group': { type: 'string' },
  },
})

const number = (name: keyof SandboxOptions, value?: string): SandboxOptions =>
  value === undefined ? {} : { [name]: Number(value) }

const options: SandboxOptions = {
  ...number('port', values.port),
  ...number('seed', values.seed),
  ...number('peoplePerDay', values['people-per-day']),
  ...number('adsPerGroup', values['ads-per-group']),
  ...(values.from !== undefined && { from: values.from }),
  ...(values.now !== undefined && { now: values.now }),
  onError: (error) => process.stderr.write(`${String(error)}\n`),
}

const sandbox = await startSandbox(options)
process.stdout.write(
  `sandbox: ${sandbox.url}\nAF_OUTBOUND_ALLOW=127.0.0.1\nAF_VENDOR_BASE_URLS=${sandbox.vendorBaseUrls}\n`
)
const stop = () => {
  void sandbox.close().then(() => process.exit(0))
}
process.on('SIGTERM', stop).on('SIGINT', stop)
