import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { ESLint } from 'eslint'
import prettier from 'prettier'
import ts from 'typescript'

const sdk = join(import.meta.dirname, '..')

function start(folder: string, command: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder })
  return { status, output: String(stdout) + String(stderr) }
}

/** The command, as a shell starts it. */
const run = (folder: string, ...words: string[]) =>
  start(folder, ['--conditions=af-source', join(sdk, 'cli/main.ts'), ...words])

/** The package as it is published, installed into a folder. */
function installed(folder: string): string {
  const own = join(folder, 'node_modules/@analyticaflow/sdk')
  const compiler = join(sdk, '../node_modules/typescript/bin/tsc')
  const build = ['-p', join(sdk, 'tsconfig.build.json'), '--outDir', join(own, 'dist')]
  const { status, output } = start(sdk, [compiler, ...build])
  if (status !== 0) throw new Error(output)
  copyFileSync(join(sdk, 'package.json'), join(own, 'package.json'))
  return own
}

/** What the rules of this repository say of a text, as if it stood in the SDK. */
async function lint(text: string): Promise<string[]> {
  const filePath = join(sdk, 'cli/template.ts')
  const [result] = await new ESLint({ cwd: join(sdk, '..') }).lintText(text, { filePath })
  const messages = result?.messages.map(({ ruleId, message }) => `${ruleId ?? ''}: ${message}`)
  const options = await prettier.resolveConfig(filePath)
  const isFormatted = await prettier.check(text, { ...options, parser: 'typescript' })
  return [...(messages ?? []), ...(isFormatted ? [] : ['not formatted'])]
}

/** A folder from which packages are found as from any other. */
function temporary(): string {
  mkdirSync(join(sdk, 'tmp'), { recursive: true })
  return mkdtempSync(join(sdk, 'tmp/cli-'))
}

/** What the compiler says of files under the strict settings of the SDK. */
function complaints(files: string[]): string[] {
  const config = ts.readConfigFile(join(sdk, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, sdk)
  const program = ts.createProgram(files, options)
  return files
    .flatMap((file) => program.getSemanticDiagnostics(program.getSourceFile(file)))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

test.group('aflow-source', () => {
  test('creates a connector that compiles and keeps its contracts, and overwrites nothing', async ({
    assert,
    cleanup,
  }) => {
    const folder = temporary()
    cleanup(() => rmSync(folder, { recursive: true }))
    const created = run(folder, 'create', 'tide-shop')
    assert.equal(created.status, 0, created.output)
    const own = join(folder, 'tide-shop')
    const files = ['index.ts', 'contract.ts'].map((name) => join(own, name))
    assert.deepEqual(complaints(files), [])
    for (const file of files) assert.deepEqual(await lint(readFileSync(file, 'utf8')), [], file)

    const tested = run(own, 'test')
    assert.equal(tested.status, 0, tested.output)
    assert.include(tested.output, 'All contracts hold.')

    assert.equal(run(folder, 'create', 'tide-shop').status, 1)
    assert.equal(run(folder, 'create', '../Evil').status, 1)

    const source = readFileSync(join(own, 'index.ts'), 'utf8')
    const broken = source.replace('          resume,\n', '          resume: null,\n')
    assert.notEqual(broken, source)
    writeFileSync(join(own, 'index.ts'), broken)
    const failed = run(own, 'test')
    assert.equal(failed.status, 1)
    assert.match(failed.output, /✖ 4\..*\n {4}orders: /)
    assert.include(failed.output, '1 of 10 contracts are broken.')
  }).timeout(600_000)

  test('works as it is published', ({ assert, cleanup }) => {
    const folder = temporary()
    cleanup(() => rmSync(folder, { recursive: true }))
    const command = join(installed(folder), 'dist/cli/main.js')
    const created = start(folder, [command, 'create', 'tide-shop'])
    assert.equal(created.status, 0, created.output)
    const tested = start(join(folder, 'tide-shop'), [command, 'test'])
    assert.equal(tested.status, 0, tested.output)
    assert.include(tested.output, 'All contracts hold.')
    assert.include(start(folder, [command]).output, 'aflow-source record')
  }).timeout(600_000)

  test('the example of the author’s guide compiles and keeps its contracts', ({
    assert,
    cleanup,
  }) => {
    const folder = temporary()
    cleanup(() => rmSync(folder, { recursive: true }))
    const page = readFileSync(join(sdk, '../docs/write-a-connector.md'), 'utf8')
    const blocks = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code)
    assert.lengthOf(blocks, 2)
    const files = ['index.ts', 'contract.ts'].map((name) => join(folder, name))
    for (const [index, file] of files.entries()) writeFileSync(file, blocks[index] ?? '')
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
    assert.deepEqual(complaints(files), [])
    const tested = run(folder, 'test')
    assert.equal(tested.status, 0, tested.output)
    assert.include(tested.output, 'All contracts hold.')
  }).timeout(600_000)
})
