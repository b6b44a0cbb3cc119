import { test } from '@japa/runner'
import { parseStatement, rewriteKill } from '../clickhouse/statement.ts'

const parse = (sql: string) => parseStatement(Buffer.from(sql))

test.group('Statements: one at a time', () => {
  test('a second statement is refused: {$i}')
    .with([
      'SELECT 1; SELECT 2',
      'SELECT 1;;',
      "SELECT 'a'; DROP TABLE t",
      "SELECT 'it''s'; SELECT 2",
      String.raw`SELECT 'back\\'; SELECT 2`,
      'SELECT 1 -- a comment\n; SELECT 2',
      'SELECT 1 /* ; */; SELECT 2',
      'SELECT $a$ ; $a$; SELECT 2',
      'DROP TABLE a; DROP TABLE b',
      'INSERT INTO t SELECT 1; SELECT 2',
    ])
    .run(({ assert }, sql) => {
      assert.throws(() => parse(sql), /Multi-statements are not allowed/)
    })

  test('a semicolon that ends or stands inside something is none: {$i}')
    .with([
      'SELECT 1;',
      'SELECT 1 ; -- done; really',
      'SELECT \'a;b\', "c;d", `e;f`',
      String.raw`SELECT 'it\'s; fine'`,
      "SELECT 'it''s; fine'",
      'SELECT 1 /* a; b */ + 2',
      'SELECT 1 # ; comment\n',
      'SELECT $tag$ a; $$ b; $tag$, $$ ; $$',
      'SELECT `a``;b` FROM (SELECT 1 AS `a``;b`)',
    ])
    .run(({ assert }, sql) => {
      assert.equal(parse(sql).kind, 'select')
    })

  test('data behind an INSERT is never read as SQL', ({ assert }) => {
    const csv = parse("INSERT INTO t FORMAT CSV\n1,'x; DROP TABLE t\n")
    assert.equal(csv.kind, 'insert')
    assert.equal(csv.kind === 'insert' && csv.data.toString(), "1,'x; DROP TABLE t\n")
    const values = parse("INSERT INTO t (a, b) VALUES (1, 'x'); DROP TABLE t")
    assert.equal(values.kind === 'insert' && values.data.toString(), " (1, 'x'); DROP TABLE t")
  })

  test('files of the server are out of reach', ({ assert }) => {
    assert.throws(() => parse("SELECT 1 INTO OUTFILE '/tmp/x'"), /INTO OUTFILE/)
    assert.throws(() => parse("SHOW TABLES INTO /* */ OUTFILE '/tmp/x'"), /INTO OUTFILE/)
    assert.throws(() => parse("INSERT INTO t FROM INFILE '/etc/passwd' FORMAT CSV"), /FROM INFILE/)
  })

  test('an empty text is an error, not a query', ({ assert }) => {
    assert.throws(() => parse(' -- nothing\n;'), /empty query/)
  })
})

test.group('Statements: formats', () => {
  test('the format is the outermost, last one', ({ assert }) => {
    const plain = parse(
      "SELECT format('{}', 1) AS format FORMAT JSONEachRow SETTINGS max_threads = 1"
    )
    assert.equal(plain.kind === 'select' && plain.format, 'JSONEachRow')
    const inner = parse("SELECT * FROM (SELECT 'FORMAT CSV' AS format)")
    assert.equal(inner.kind === 'select' && inner.format, undefined)
    assert.equal(
      plain.kind === 'select' && plain.tail,
      'FORMAT JSONEachRow SETTINGS max_threads = 1'
    )
  })

  test('text that is not ASCII survives', ({ assert }) => {
    const parsed = parse('INSERT INTO `таблица` (`имя`) FORMAT TSV\nпривет')
    assert.equal(parsed.kind === 'insert' && parsed.head, 'INSERT INTO `таблица` (`имя`) ')
    assert.equal(parsed.kind === 'insert' && parsed.data.toString(), 'привет')
  })
})

test('KILL finds a query by the id that its client gave', ({ assert }) => {
  assert.equal(
    rewriteKill("KILL QUERY WHERE query_id = 'query_id' SYNC"),
    "KILL QUERY WHERE Settings['log_comment'] = 'query_id' ASYNC"
  )
})
