#!/usr/bin/env node
import { create } from './create.ts'
import { recordPackage } from './record.ts'
import { testPackage } from './test.ts'

const USAGE = `aflow-source create <id>   writes a connector that works into a folder of its name
aflow-source test [folder]  tries the connector of a folder against its contract
aflow-source record [folder] --settings FILE [--out FILE] [--hide FIELD] [--at ADDRESS=ADDRESS]
                            records the vendor's answers for its contract, without secrets
`

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function main([command, ...words]: string[]): Promise<boolean> {
  const [argument] = words
  if (command === 'create') {
    say(`Written: ${create(argument, process.cwd())}. Next: npx aflow-source test in there.`)
    return true
  }
  if (command === 'test') return testPackage(argument ?? process.cwd(), say)
  if (command === 'record') {
    await recordPackage(words, say)
    return true
  }
  process.stderr.write(USAGE)
  return false
}

try {
  process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'It failed'}\n`)
  process.exitCode = 1
}
