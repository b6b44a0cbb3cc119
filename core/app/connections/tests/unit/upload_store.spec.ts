import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { uploads, UploadTooLarge } from '../../upload_store.ts'
import { storedFiles } from '../helpers/upload.ts'

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text))
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const chunk of bytes) parts.push(chunk)
  return Buffer.concat(parts).toString()
}

test.group('upload store', (group) => {
  group.each.setup(() => {
    const before = process.env.AF_DATA_DIR
    const directory = mkdtempSync(join(tmpdir(), 'af-uploads-'))
    process.env.AF_DATA_DIR = directory
    return () => {
      process.env.AF_DATA_DIR = before
      rmSync(directory, { recursive: true })
    }
  })

  test('gives back what was written, whole or from a byte on', async ({ assert }) => {
    const { key, size } = await uploads.write(3, chunks('one', ' two', ' three'))
    assert.equal(size, 13)
    assert.match(key, /^3\//)
    assert.equal(await textOf(uploads.open(key)), 'one two three')
    assert.equal(await textOf(uploads.open(key, { from: 4 })), 'two three')
  })

  test('leaves nothing of a stream that breaks or is too long', async ({ assert }) => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield* chunks('half')
      throw new Error('The line broke')
    }
    await assert.rejects(() => uploads.write(3, broken()), 'The line broke')
    await assert.rejects(() => uploads.write(3, chunks('12345', '67890'), 9), UploadTooLarge)
    assert.deepEqual(await storedFiles(), [])
    assert.equal((await uploads.write(3, chunks('12345', '6789'), 9)).size, 9)
  })

  test('removes files, also those that are gone, and whole projects', async ({ assert }) => {
    const { key } = await uploads.write(3, chunks('a'))
    await uploads.remove(key)
    await uploads.remove(key)
    const kept = await uploads.write(4, chunks('b'))
    await uploads.write(3, chunks('c'))
    await uploads.removeProject(3)
    assert.deepEqual(await storedFiles(), [kept.key.replace('4/', '')])
  })

  test('the next upload clears what a killed process left, but not what is coming in', async ({
    assert,
  }) => {
    const incoming = join(process.env.AF_DATA_DIR ?? '', 'uploads/.incoming')
    await mkdir(incoming, { recursive: true })
    await writeFile(join(incoming, 'abandoned'), 'half')
    await writeFile(join(incoming, 'coming-in'), 'half')
    const past = new Date(Date.now() - 2 * 60 * 60 * 1000)
    await utimes(join(incoming, 'abandoned'), past, past)
    const { key } = await uploads.write(3, chunks('a'))
    assert.sameMembers(await storedFiles(), ['coming-in', key.replace('3/', '')])
  })

  test('keys lead to no other file', async ({ assert }) => {
    await assert.rejects(
      () => uploads.remove('../secrets/app_key'),
      'Not a key of the upload store'
    )
    assert.throws(() => uploads.open('3/../../secrets/app_key'), 'Not a key of the upload store')
  })
})
