import { setTimeout as sleep } from 'node:timers/promises'
import { test } from '@japa/runner'
import { useDatabases } from '#tests/databases'
import { makeProject } from '#tests/factories'
import { file, multipartBytes, storedFiles, streamUpload } from '../helpers/upload.ts'

const MIB = 1024 * 1024
const row = '1,2026-01-02T10:00:00Z,12.50\n'

/** A file of so many MiB that never is in memory. */
function* generated(mebibytes: number): Generator<Uint8Array> {
  yield Buffer.from('id,at,total\n')
  const chunk = Buffer.from(row.repeat(Math.ceil(MIB / row.length)))
  for (let index = 0; index < mebibytes; index++) yield chunk
}

async function* watched(
  source: Iterable<Uint8Array>,
  look: () => void
): AsyncGenerator<Uint8Array> {
  for (const chunk of source) {
    look()
    yield await Promise.resolve(chunk)
  }
}

const used = () => {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

async function until(done: () => Promise<boolean>): Promise<boolean> {
  for (let attempt = 0; attempt < 60; attempt++) {
    if (await done()) return true
    await sleep(50)
  }
  return false
}

test.group('uploads', (group) => {
  useDatabases(group)

  function limitTo(bytes: number, cleanup: (restore: () => void) => void): void {
    const before = process.env.AF_IMPORT_MAX_BYTES
    process.env.AF_IMPORT_MAX_BYTES = String(bytes)
    cleanup(() => {
      if (before === undefined) delete process.env.AF_IMPORT_MAX_BYTES
      else process.env.AF_IMPORT_MAX_BYTES = before
    })
  }

  test('200 MiB go through in constant memory', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const before = used()
    let most = 0
    const body = multipartBytes(watched(generated(200), () => (most = Math.max(most, used()))))
    const answer = await streamUpload(id, owner.token, body)
    assert.equal(answer?.status, 202)
    const { file_size: size } = answer?.body.data as { file_size: number }
    assert.isAbove(size, 200 * MIB)
    // Both ends of the connection are in this process.
    assert.isBelow((most - before) / MIB, 128)
  }).timeout(60_000)

  test('a file of exactly the limit is taken, one byte more is not', async ({
    assert,
    cleanup,
  }) => {
    const { id, owner } = await makeProject()
    const send = (text: string) =>
      streamUpload(id, owner.token, multipartBytes([Buffer.from(text)]))
    limitTo(file.length, cleanup)
    assert.equal((await send(file))?.status, 202)
    const kept = await storedFiles()
    const over = await send(`${file}\n`)
    assert.equal(over?.status, 413)
    assert.equal(over?.body.code, 'payload_too_large')
    assert.deepEqual(await storedFiles(), kept)
  })

  test('a client that sends far too much still hears the answer', async ({ assert, cleanup }) => {
    const { id, owner } = await makeProject()
    limitTo(MIB, cleanup)
    const before = await storedFiles()
    const answer = await streamUpload(id, owner.token, multipartBytes(generated(30)))
    assert.equal(answer?.status, 413)
    assert.deepEqual(await storedFiles(), before)
  })

  test('an upload that breaks off leaves nothing behind', async ({ assert }) => {
    const { id, owner } = await makeProject()
    const before = await storedFiles()
    const body = multipartBytes(generated(3), false)
    await streamUpload(id, owner.token, body, { hangUp: true })
    const clean = async () => (await storedFiles()).length === before.length
    assert.isTrue(await until(clean))
  })
})
