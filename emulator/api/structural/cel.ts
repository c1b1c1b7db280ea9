/** CEL expressions by a library, within a budget, with regular expressions as Go reads them (upstream: apiserver/pkg/cel). */
import type { Environment } from '@marcbachmann/cel-js'
import { environmentOf } from '../cel/environment.ts'
import { compileMessage, runMessage } from '../cel/messages.ts'
import { translate } from './cel-source.ts'

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

const rules = environmentOf('self', 'oldSelf')

/** Compiles `source`, whose variables are those of `environment`; never throws. */
export function compileExpression(source: string, environment: Environment = rules): Expression {
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
      error: overBudget ? 'operation cancelled: actual cost limit exceeded' : runMessage(error),
      overBudget,
    }
  }
}

function broken(source: string, error: unknown): Expression {
  const text = compileMessage(source, error)
  return { error: text, type: 'error', run: () => ({ ok: false, error: text, overBudget: false }) }
}
