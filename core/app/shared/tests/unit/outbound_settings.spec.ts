import { test } from '@japa/runner'
import { isPublicAddress, parseAllowList } from '../../outbound/allow_list.ts'
import { parseVendorBaseUrls, redirectToDouble } from '../../outbound/vendor_base_urls.ts'

test.group('addresses', () => {
  test('{$self} is not public')
    .with([
      '127.0.0.1',
      '127.8.8.8',
      '0.0.0.0',
      '10.0.0.1',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '192.0.2.1',
      '198.18.0.1',
      '224.0.0.1',
      '240.0.0.1',
      '255.255.255.255',
      '::',
      '::1',
      'fe80::1',
      'fec0::1',
      'fc00::1',
      'fd00:ec2::254',
      '::ffff:127.0.0.1',
      '::ffff:a9fe:a9fe',
      '::127.0.0.1',
      '64:ff9b::7f00:1',
      '64:ff9b:1::7f00:1',
      '2002:7f00:1::',
      '2001::1',
      '2001:db8::1',
      'ff02::1',
      'localhost',
      '',
    ])
    .run(({ assert }, address) => assert.isFalse(isPublicAddress(address)))

  test('{$self} is public')
    .with(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])
    .run(({ assert }, address) => assert.isTrue(isPublicAddress(address)))
})

test.group('AF_OUTBOUND_ALLOW', () => {
  test('allows hosts, everything below a domain, addresses and networks', ({ assert }) => {
    const list = parseAllowList('shop.test, *.inner.test,10.1.0.0/16,127.0.0.1,fd00::/8,')
    assert.isTrue(list.allowsHost('SHOP.test'))
    assert.isTrue(list.allowsHost('a.b.inner.test'))
    assert.isTrue(list.allowsHost('10.1.255.1'))
    assert.isTrue(list.allowsHost('[fd12::1]'))
    assert.isTrue(list.allowsAddress('::ffff:127.0.0.1'))
    for (const host of ['inner.test', 'evilinner.test', 'x.shop.test', '10.2.0.1', '127.0.0.2']) {
      assert.isFalse(list.allowsHost(host), host)
    }
  })

  test('allows nothing by default', ({ assert }) => {
    assert.isFalse(parseAllowList('').allowsHost('127.0.0.1'))
    assert.isFalse(parseAllowList('').allowsAddress('127.0.0.1'))
  })

  test('refuses “{$self}”')
    .with(['http://shop.test', 'shop.test:80', '10.0.0.0/33', '*', 'a b', '*.', 'shop.test/path'])
    .run(({ assert }, entry) => assert.throws(() => parseAllowList(entry), /neither a host/))
})

test.group('AF_VENDOR_BASE_URLS', () => {
  const allowed = parseAllowList('127.0.0.1')
  const read = (text: string) => parseVendorBaseUrls(text, allowed)
  const to = (text: string, url: string) => redirectToDouble(new URL(url), read(text)).href

  test('a host of a vendor is its double, path and query stay', ({ assert }) => {
    const text = 'api.vendor.test=http://127.0.0.1:4001, *.shops.test=http://127.0.0.1:4002/{host}/'
    assert.equal(
      to(text, 'https://api.vendor.test/v1/a%20b?c=%2F'),
      'http://127.0.0.1:4001/v1/a%20b?c=%2F'
    )
    assert.equal(
      to(text, 'https://one.shops.test/admin?x=1'),
      'http://127.0.0.1:4002/one.shops.test/admin?x=1'
    )
    assert.equal(to(text, 'https://other.test/v1'), 'https://other.test/v1')
    assert.equal(
      to(text, 'https://api.vendor.test.evil.test/'),
      'https://api.vendor.test.evil.test/'
    )
  })

  test('refuses “{$self}”')
    .with([
      'api.vendor.test',
      'api.vendor.test=',
      'api.vendor.test=127.0.0.1:4001',
      'api.vendor.test=ftp://127.0.0.1/',
      'api.vendor.test=http://user:secret@127.0.0.1/',
      'api.vendor.test=http://127.0.0.1/?a=b',
      'api.vendor.test=http://{host}/',
      'https://api.vendor.test=http://127.0.0.1:4001',
    ])
    .run(({ assert }, text) => assert.throws(() => read(text), RangeError))

  test('a double has to be allowed as well', ({ assert }) => {
    const refused = () => read('api.vendor.test=http://10.0.0.1:4001')
    assert.throws(refused, '10.0.0.1 is not in AF_OUTBOUND_ALLOW')
  })
})
