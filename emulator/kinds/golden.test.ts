/**
 * Input and output pairs in testdata/: `<kind>/<case>.input.yaml` holds an object (a second document is what stood there
 * before, further ones are the rest of the cluster), and beside it stand what the API server and kubectl make of it:
 * `.stored.yaml`, `.errors.txt`, `.table.txt`, `.describe.txt`. `GOLDEN=update` rewrites those that exist.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dump, loadAll } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { fieldErrorText, StatusError } from '../api/errors.ts'
import type { KubeObject } from '../api/types.ts'
import { describeContext, kindOf, NOW, strategyContext } from './testing/fake-objects.ts'

const ROOT = join(import.meta.dirname, 'testdata')

interface Input {
  readonly object: KubeObject
  readonly old: KubeObject | undefined
  readonly cluster: readonly KubeObject[]
}

function readInput(path: string): Input {
  const documents = loadAll(readFileSync(path, 'utf8')) as (KubeObject | null)[]
  const [object, old, ...cluster] = documents
  if (!object) throw new Error(`${path} is empty`)
  return { object, old: old ?? undefined, cluster: cluster.filter((each) => each !== null) }
}

/** Defaulting and strategy, as a write runs them. */
function stored({ object, old, cluster }: Input): KubeObject {
  const kind = kindOf(object)
  const context = strategyContext([...cluster, ...(old ? [old] : [])])
  const defaulted = kind.default?.(object) ?? object
  if (old) return kind.strategy?.prepareForUpdate?.(defaulted, old, context) ?? defaulted
  return kind.strategy?.prepareForCreate?.(defaulted, context) ?? defaulted
}

function errors(input: Input): string {
  try {
    const found = kindOf(input.object).validate?.(stored(input), input.old) ?? []
    return found.map((error) => `${fieldErrorText(error)}\n`).join('')
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
    return `${error.status.message}\n`
  }
}

function table({ object }: Input): string {
  const { columns } = kindOf(object)
  return columns.map(({ name, wide, cell }) => `${name}${wide ? '*' : ''}: ${cell(object, { now: NOW })}\n`).join('')
}

const describeText = ({ object, cluster }: Input): string =>
  (kindOf(object).describe?.(object, describeContext(cluster)) ?? []).map((line) => `${line}\n`).join('')

const OUTPUTS: { readonly [suffix: string]: (input: Input) => string } = {
  'stored.yaml': (input) => dump(stored(input), { sortKeys: true, lineWidth: -1 }),
  'errors.txt': errors,
  'table.txt': table,
  'describe.txt': describeText,
}

for (const kind of readdirSync(ROOT)) {
  describe(kind, () => {
    const inputs = readdirSync(join(ROOT, kind)).filter((file) => file.endsWith('.input.yaml'))
    for (const file of inputs) {
      const base = join(ROOT, kind, file.replace(/\.input\.yaml$/, ''))
      const found = Object.keys(OUTPUTS).filter((suffix) => existsSync(`${base}.${suffix}`))
      test.each(found)(`${file} gives %s`, (suffix) => {
        const actual = OUTPUTS[suffix]?.(readInput(`${base}.input.yaml`)) ?? ''
        if (process.env.GOLDEN === 'update') writeFileSync(`${base}.${suffix}`, actual)
        expect(actual).toBe(readFileSync(`${base}.${suffix}`, 'utf8'))
      })
      test(`${file} has an output`, () => expect(found.length).toBeGreaterThan(0))
    }
  })
}
