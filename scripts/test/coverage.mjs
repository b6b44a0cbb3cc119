/**
 * Fails unless enough lines of core, of the sdk and of the plugins are covered by all processes that
 * the tests started. Details are in coverage/index.html.
 *
 * TRICKY: the same file runs in two shapes. Core's loader compiles it and leaves a source map; Node
 * itself (sdk, plugins, the embedded engine) only blanks the types out. V8 counts by position, so
 * the two shapes are converted to lines apart from each other, and only the lines are merged.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Report } from 'c8'
import libCoverage from 'istanbul-lib-coverage'
import libReport from 'istanbul-lib-report'
import reports from 'istanbul-reports'

const root = resolve(import.meta.dirname, '../..')
const MINIMUM = 85
const PARTS = ['core', 'sdk', 'plugins']
const RAW = join(root, 'coverage/raw')

/** What tests leave out, nothing else: tests themselves, and what is generated. */
const EXCLUDED = ['**/tests/**', '**/build/**', '**/dist/**', '**/*.d.ts', '**/bench/**']

const isOurs = (url) => PARTS.some((part) => url.startsWith(`file://${root}/${part}/`))

/** Sorts what the processes left into folders by the shape of the code that they ran. */
function sortByShape() {
  mkdirSync(RAW, { recursive: true })
  for (const file of readdirSync(RAW)) {
    const path = join(RAW, file)
    const raw = JSON.parse(readFileSync(path, 'utf8'))
    const isCompiled = Object.keys(raw['source-map-cache'] ?? {}).some(isOurs)
    const folder = join(root, 'coverage', isCompiled ? 'compiled' : 'stripped')
    mkdirSync(folder, { recursive: true })
    renameSync(path, join(folder, file))
  }
  return ['compiled', 'stripped'].map((shape) => join(root, 'coverage', shape))
}

async function linesOf(tempDirectory) {
  mkdirSync(tempDirectory, { recursive: true })
  const report = new Report({
    tempDirectory,
    include: PARTS.map((part) => `${part}/**/*.ts`),
    exclude: EXCLUDED,
    extension: ['.ts'],
    // Files that no test loads count as uncovered.
    all: true,
    src: PARTS.map((part) => join(root, part)),
    excludeNodeModules: true,
    reporter: [],
    reportsDirectory: join(root, 'coverage'),
    watermarks: {},
    resolve: '',
    omitRelative: true,
  })
  return report.getCoverageMapFromAllCoverageFiles()
}

function partOf(coverage, part) {
  const own = libCoverage.createCoverageMap({})
  const files = coverage.files().filter((file) => file.startsWith(join(root, part, '/')))
  for (const file of files) own.addFileCoverage(coverage.fileCoverageFor(file))
  return own
}

const coverage = libCoverage.createCoverageMap({})
for (const folder of sortByShape()) coverage.merge(await linesOf(folder))

const context = libReport.createContext({ dir: join(root, 'coverage'), coverageMap: coverage })
reports.create('html').execute(context)
reports.create('text', { file: 'coverage.txt', maxCols: 120 }).execute(context)

for (const part of PARTS) {
  const { pct } = partOf(coverage, part).getCoverageSummary().lines
  process.stdout.write(`${part}: ${pct} % of lines\n`)
  if (pct >= MINIMUM) continue
  process.stderr.write(`${part} needs ${MINIMUM} %; see coverage/coverage.txt\n`)
  process.exitCode = 1
}
