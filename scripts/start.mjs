// The entry must be readable for any Node: it says what is missing where Node 24 is not there.
const [major] = process.versions.node.split('.')
if (Number(major) >= 24) {
  await import('./start/main.ts')
} else {
  process.stderr.write(
    `Node 24 is needed, this is ${process.version}. It comes with npm ci (optional packages) and is used by npm start.\n`
  )
  process.exitCode = 1
}
