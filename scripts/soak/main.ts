/**
 * `npm run soak`: the long proofs, all or those named: `npm run soak -- kill-loop`.
 * A proof is a file proofs/*.ts whose default export is a `Proof`; nothing else registers it.
 */
import { globSync } from 'node:fs'
import { join } from 'node:path'
import type { Proof } from './proof.ts'

async function proofs(): Promise<Proof[]> {
  const files = globSync('proofs/*.ts', { cwd: import.meta.dirname }).sort()
  const modules = files.map((file) => import(join(import.meta.dirname, file)))
  return (await Promise.all(modules)).map(({ default: proof }: { default: Proof }) => proof)
}

async function prove(proof: Proof): Promise<boolean> {
  process.stdout.write(`\n── ${proof.name}: ${proof.claim}\n`)
  const start = performance.now()
  const seconds = () => `${((performance.now() - start) / 1000).toFixed(0)} s`
  try {
    const record = await proof.run()
    process.stdout.write(`passed after ${seconds()}: ${record}\n`)
    return true
  } catch (error) {
    process.stderr.write(`FAILED after ${seconds()}: ${String(error)}\n`)
    return false
  }
}

const names = process.argv.slice(2)
const all = await proofs()
const unknown = names.filter((name) => !all.some((proof) => proof.name === name))
if (unknown.length > 0) {
  const known = all.map(({ name }) => name).join(', ')
  process.stderr.write(`No such proof: ${unknown.join(', ')}. There are: ${known}\n`)
  process.exit(2)
}
for (const proof of all.filter(({ name }) => names.length === 0 || names.includes(name))) {
  if (!(await prove(proof))) process.exitCode = 1
}
