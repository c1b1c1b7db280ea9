/** CEL expressions by a library, within a budget, with regular expressions as Go reads them (upstream: apiserver/pkg/cel). */
import { Environment } from '@marcbachmann/cel-js'
import { translate } from './cel-source.ts'
import { compileRegex } from './regex.ts'

export interface Expression {
  /** Why it does not compile, in cel-go's form. */
  readonly error?: string
  /** `bool`, `string`, …; `dyn` where only running it tells. */
  readonly type: string
  run(variables: { readonly [name: string]: unknown }): Outcome
}

export type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: string; readonly overBudget: boolean }

/** Steps that one run of an expression may take. */
const MAX_STEPS = 200_000

const LIMITS = { maxAstNodes: 5000, maxDepth: 100, maxListElements: 256, maxMapEntries: 256, maxCallArguments: 32 }

function isUrl(text: string): boolean {
  return /^([a-zA-Z][a-zA-Z0-9+.-]*:\S+|\/\S*)$/.test(text)
}

const sorted = (list: readonly unknown[]): boolean =>
  list.every(
    (item, index) => index === 0 || Number(list[index - 1]) <= Number(item) || String(list[index - 1]) <= String(item),
  )

const environment = new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false, limits: LIMITS })
  .registerVariable('self', 'dyn')
  .registerVariable('oldSelf', 'dyn')
  .registerFunction('string.matchesRe2(string): bool', (text: string, pattern: string) => regexOf(pattern).test(text))
  .registerFunction('matchesRe2(string, string): bool', (text: string, pattern: string) => regexOf(pattern).test(text))
  .registerFunction('isURL(string): bool', isUrl)
  .registerFunction('list.isSorted(): bool', sorted)

class RegexError extends Error {}

function regexOf(pattern: string) {
  const regex = compileRegex(pattern)
  if ('error' in regex) throw new RegexError(regex.error)
  return regex
}

/** Compiles `source`; never throws. */
export function compileExpression(source: string): Expression {
  try {
    const parsed = environment.parse(translate(source))
    const checked = parsed.check()
    if (!checked.valid) return broken(source, checked.error)
    const steps = limitSteps(parsed.ast)
    return { type: checked.type ?? 'dyn', run: (variables) => outcome(() => parsed({ ...variables }), steps) }
  } catch (error) {
    return broken(source, error)
  }
}

class OverBudget extends Error {}

interface Steps {
  left: number
}

/** Every step of a run goes through the evaluator's `run`; there they are counted. */
function limitSteps(ast: object): Steps {
  const steps = { left: 0 }
  const evaluate: unknown = Reflect.get(ast, 'evaluate')
  if (typeof evaluate !== 'function') throw new Error('the CEL library has changed: a node has no evaluate')
  Reflect.set(ast, 'evaluate', (evaluator: object, node: object, context: unknown) => {
    const run = (inner: object, scope: unknown): unknown => {
      if (--steps.left < 0) throw new OverBudget()
      const step: unknown = Reflect.get(inner, 'evaluate')
      return typeof step === 'function' ? step.call(inner, evaluator, inner, scope) : undefined
    }
    Reflect.set(evaluator, 'run', run)
    try {
      return evaluate.call(node, evaluator, node, context)
    } finally {
      Reflect.deleteProperty(evaluator, 'run')
    }
  })
  return steps
}

function outcome(run: () => unknown, steps: Steps): Outcome {
  steps.left = MAX_STEPS
  try {
    return { ok: true, value: run() }
  } catch (error) {
    const overBudget = steps.left < 0
    return {
      ok: false,
      error: overBudget ? 'operation cancelled: actual cost limit exceeded' : summary(error),
      overBudget,
    }
  }
}

/** The library's message in cel-go's words. */
function summary(error: unknown): string {
  const text = String(
    (error instanceof Error && Reflect.get(error, 'summary')) || (error instanceof Error ? error.message : error),
  )
  return text
    .replace(/^No such key: /, 'no such key: ')
    .replace(/^Unknown variable: (.*)$/, "undeclared reference to '$1' (in container '')")
    .replace(/^Unexpected token: EOF$/, "Syntax error: mismatched input '<EOF>'")
    .replace(/^Unexpected token: (.*)$/, "Syntax error: unexpected '$1'")
    .replaceAll('matchesRe2', 'matches')
}

function broken(source: string, error: unknown): Expression {
  const range: unknown = error instanceof Error ? Reflect.get(error, 'range') : undefined
  const start = typeof range === 'object' && range !== null ? Number(Reflect.get(range, 'start')) || 0 : 0
  const before = source.slice(0, start).split('\n')
  const column = (before[before.length - 1] ?? '').length
  const line = source.split('\n')[before.length - 1] ?? ''
  const text = `ERROR: <input>:${before.length}:${column + 1}: ${summary(error)}\n | ${line}\n | ${'.'.repeat(column)}^`
  return { error: text, type: 'error', run: () => ({ ok: false, error: text, overBudget: false }) }
}
