import { test } from '@japa/runner'
import { z } from 'zod'
import { SchemaBook } from '#shared/http/json_schema'

const Child = z.object({ name: z.string() }).meta({ id: 'Child' })
const Parent = z.object({ id: z.string(), children: z.array(Child) }).meta({ id: 'Parent' })

test.group('schemas of the OpenAPI document', () => {
  test('named ones are components that point at each other', ({ assert }) => {
    const book = new SchemaBook()
    assert.deepEqual(book.output(z.object({ data: Parent })).properties, {
      data: { $ref: '#/components/schemas/Parent' },
    })
    assert.sameMembers(Object.keys(book.components), ['Parent', 'Child'])
    assert.containSubset(book.components.Parent, {
      // A field that is called id is no name of a schema.
      properties: {
        id: { type: 'string' },
        children: { items: { $ref: '#/components/schemas/Child' } },
      },
    })
    assert.notProperty(book.components.Parent, 'id')
  })

  test('a default makes a field optional to send and certain to receive', ({ assert }) => {
    const schema = z.object({ limit: z.int().default(50) }).meta({ id: 'Limits' })
    const book = new SchemaBook()
    assert.deepEqual(book.output(schema), { $ref: '#/components/schemas/Limits' })
    assert.deepEqual(book.input(schema), { $ref: '#/components/schemas/LimitsInput' })
    assert.deepEqual(book.components.Limits?.required, ['limit'])
    assert.isUndefined(book.components.LimitsInput?.required)
  })

  test('a query has its parameters one by one, even if its schema has a name', ({ assert }) => {
    const query = z.object({ child: Child, limit: z.int().optional() }).meta({ id: 'Query' })
    const book = new SchemaBook()
    assert.deepEqual(Object.keys(book.input(query, { inline: true }).properties ?? {}), [
      'child',
      'limit',
    ])
    assert.deepEqual(Object.keys(book.components), ['ChildInput'])
  })

  test('two different shapes cannot have one name', ({ assert }) => {
    const book = new SchemaBook()
    book.output(z.array(Child))
    book.output(Child)
    const other = z.object({ age: z.int() }).meta({ id: 'Grandchild' })
    const same = z.object({ name: z.string() }).meta({ id: 'Grandchild' })
    book.output(other)
    assert.throws(() => book.output(same), 'Two different schemas are named "Grandchild"')
  })
})
