#!/usr/bin/env node
import { create } from './create.ts'
import { testPackage } from './test.ts'

const USAGE = `aflow-source create <id>   writes a connector that works into a folder of its name
aflow-source test [folder]  tries the connector of a folder against its contract
`

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function main([command, argument]: string[]): Promise<boolean> {
  if (command === 'create') {
    say(`Written: ${create(argument, process.cwd())}. Next: npx aflow-source test in there.`)
    return true
  }
  if (command === 'test') return testPackage(argument ?? process.cwd(), say)
  process.stderr.write(USAGE)
  return false
}

try {
  process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'It failed'}\n`)
  process.exitCode = 1
}
