import { resolve } from 'node:path'
import { test } from '@japa/runner'
import { ESLint } from 'eslint'
import { parser } from 'typescript-eslint'
import { boundaries } from '../checks/boundaries.js'

const root = resolve(import.meta.dirname, '../..')
const linter = new ESLint({
  cwd: root,
  overrideConfigFile: true,
  baseConfig: { files: ['**/*.{ts,tsx}'], languageOptions: { parser }, ...boundaries },
})

/** The rules that an import breaks. */
async function broken(file: string, source: string): Promise<(string | null)[]> {
  const filePath = resolve(root, file)
  const [result] = await linter.lintText(`import '${source}'\n`, { filePath })
  return result?.messages.map(({ ruleId }) => ruleId) ?? ['nothing was linted']
}

test.group('imports', () => {
  test('{0} may have {1}')
    .with([
      ['core/app/projects/create.ts', '#accounts/public'],
      ['core/app/projects/create.ts', '#shared/http/problem'],
      ['core/app/projects/create.ts', './members.ts'],
      ['core/app/ingestion/run.ts', '#warehouse/public'],
      ['core/app/ingestion/run.ts', '@analyticaflow/sdk'],
      ['core/start/routes.ts', '#projects/routes'],
      ['core/app/ingestion/tests/unit/run.spec.ts', '#warehouse/client'],
      ['plugins/sources/csv/src/index.ts', '@analyticaflow/sdk'],
      ['plugins/sources/csv/src/index.ts', './config.ts'],
      ['web/src/app/main.tsx', './router.tsx'],
      ['plugins/sandbox/src/google-ads/index.ts', '../world/calendar.ts'],
      ['plugins/sources/csv/tests/spec.spec.ts', '@analyticaflow/sandbox'],
      ['core/app/ingestion/tests/functional/sync.spec.ts', '@analyticaflow/sandbox'],
    ])
    .run(async ({ assert }, [file = '', source = '']) => {
      assert.deepEqual(await broken(file, source), [])
    })

  test('{0} may not have {1}')
    .with([
      // Past the door of another domain.
      ['core/app/projects/create.ts', '#accounts/passwords'],
      ['core/app/projects/create.ts', '../accounts/passwords.ts'],
      ['core/start/routes.ts', '#projects/members'],
      // Against the arrows.
      ['core/app/accounts/sign_in.ts', '#projects/public'],
      ['core/app/warehouse/diff.ts', '#ingestion/public'],
      ['core/app/shared/ids.ts', '#accounts/public'],
      ['core/embedded/databases.ts', '#warehouse/public'],
      // A domain that nobody has placed yet.
      ['core/app/unheard_of/public.ts', '#accounts/public'],
      // Core knows no source by name, sources know the SDK only, the SDK and the web app nobody.
      ['core/app/connections/run.ts', '@analyticaflow/source-csv'],
      ['plugins/sources/csv/src/index.ts', '../../../../core/app/shared/ids.ts'],
      ['sdk/src/index.ts', '../../core/app/shared/ids.ts'],
      ['web/src/app/main.tsx', '../../../core/app/shared/ids.ts'],
      ['web/src/app/main.tsx', '@analyticaflow/sdk'],
      // The doubles of vendors and what they test know nothing of each other.
      ['plugins/sandbox/src/index.ts', '@analyticaflow/sdk'],
      ['plugins/sandbox/src/google-ads/index.ts', '@analyticaflow/source-google-ads/config'],
      ['plugins/sandbox/src/index.ts', '../../../core/app/shared/ids.ts'],
      ['plugins/sandbox/tests/world.spec.ts', '@analyticaflow/sdk'],
      ['plugins/sandbox/tests/world.spec.ts', '../../../core/app/shared/ids.ts'],
      ['plugins/sources/csv/src/index.ts', '@analyticaflow/sandbox'],
      ['core/app/connections/run.ts', '@analyticaflow/sandbox'],
    ])
    .run(async ({ assert }, [file = '', source = '']) => {
      assert.deepEqual(await broken(file, source), ['boundaries/dependencies'])
    })
})
