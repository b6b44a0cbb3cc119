/** Runs what needs Node 24. Readable for any Node, so that it can say what is missing. */
export async function onNode24(load) {
  const [major] = process.versions.node.split('.')
  if (Number(major) >= 24) {
    await load()
    return
  }
  process.stderr.write(
    `Node 24 is needed, this is ${process.version}. It comes with npm ci (optional packages) and is used by npm's scripts, such as npm start.\n`
  )
  process.exitCode = 1
}
