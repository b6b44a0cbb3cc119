import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from '@japa/runner'
import { discoverSources } from '../../registry/discover.ts'
import { Registry } from '../../registry/registry.ts'
import { fixture } from '../helpers/fixtures.ts'

const load = (...names: string[]) =>
  Registry.load(discoverSources(names.map((name) => fixture(name)).join(',')))

test.group('registry of sources', () => {
  test('finds marked packages among the installed ones', ({ assert }) => {
    const found = discoverSources('')
    assert.isAbove(found.length, 0)
    assert.isTrue(found.every(({ manifest }) => manifest.analyticaflow?.source === true))
  })

  test('loads a source by its folder and knows it by both of its names', async ({ assert }) => {
    const registry = await load('northwind')
    assert.equal(registry.find('northwind-shop')?.title, 'Northwind Shop')
    assert.equal(registry.find('northwind_shop'), registry.find('northwind-shop'))
    assert.isUndefined(registry.find('northwind'))
  })

  test('a source that throws disables itself and nothing else', async ({ assert }) => {
    const registry = await load('throwing', 'northwind')
    const broken = registry.disabled.find((source) => source.package === 'af-fixture-throwing')
    assert.include(broken?.message, 'A setting of the vendor is missing')
    assert.isDefined(registry.find('northwind-shop'))
  })

  test('a module that is missing is told without the folders of the machine', async ({
    assert,
  }) => {
    const folder = mkdtempSync(join(tmpdir(), 'af-source-'))
    writeFileSync(join(folder, 'package.json'), '{"name":"half","exports":"./gone.mjs"}')
    const registry = await Registry.load(discoverSources(folder))
    const half = registry.disabled.find((source) => source.package === 'half')
    assert.include(half?.message, 'missing or broken')
    assert.notInclude(half?.message, tmpdir())
  })

  test('a source for another SDK is disabled with both versions', async ({ assert }) => {
    const registry = await load('future')
    assert.isUndefined(registry.find('future'))
    const [disabled] = registry.disabled.filter((source) => source.package === 'af-fixture-future')
    assert.equal(disabled?.title, 'From the future')
    assert.match(disabled?.message ?? '', /\^99\.0\.0.*but this is \d/)
  })

  test('what AF_PLUGINS names and nobody finds is told', async ({ assert }) => {
    const registry = await Registry.load(discoverSources('@nobody/nothing, ./no/such/folder'))
    const names = registry.disabled.map((source) => source.package)
    assert.includeMembers(names, ['@nobody/nothing', './no/such/folder'])
  })

  test('a package without a source, and a second one of an id, are disabled', async ({
    assert,
  }) => {
    const folder = mkdtempSync(join(tmpdir(), 'af-source-'))
    writeFileSync(join(folder, 'package.json'), '{"name":"plain","main":"index.mjs"}')
    writeFileSync(join(folder, 'index.mjs'), 'export default { id: 1 }')
    const packages = discoverSources([folder, fixture('northwind')].join(','))
    const twin = packages.find(({ name }) => name === 'af-fixture-northwind')
    if (!twin) throw new Error('The fixture is gone')
    const registry = await Registry.load([...packages, { ...twin, name: 'twin' }])
    const messages = Object.fromEntries(registry.disabled.map((it) => [it.package, it.message]))
    assert.include(messages.plain, 'is not a source')
    assert.include(messages.twin, 'another source with the id “northwind-shop”')
  })
})
