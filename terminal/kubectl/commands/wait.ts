import type { JsonValue, KubeObject } from '../../../emulator/index.ts'
import { waitUntil } from '../api/follow.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { isNotFound, KubectlError, throwAll } from '../errors.ts'
import { relaxedPath, valuesAt } from '../jsonpath/print.ts'
import { goValue } from '../print/go-format.ts'
import { asJson, PRINT_FLAGS } from '../print/output.ts'
import { fetchInfos, fetchObject, type Info } from '../resources/fetch.ts'
import { resultPrinter } from '../resources/mutation.ts'
import {
  ALL_FLAG,
  ALL_NAMESPACES_FLAG,
  FIELD_SELECTOR_FLAG,
  FILE_FLAGS,
  isLocal,
  SELECTOR_FLAGS,
  select,
} from '../resources/selection.ts'

export const wait = defineSubcommand({
  name: 'wait',
  group: 'Advanced Commands:',
  summary: 'Experimental: Wait for a specific condition on one or many resources',
  examples: [
    '# Until a pod is ready',
    'kubectl wait --for=condition=Ready pod/web',
    '',
    '# Until a field has a value',
    "kubectl wait --for=jsonpath='{.status.phase}'=Running pod/web",
    '',
    '# Until it is gone',
    'kubectl wait --for=delete pod/web --timeout=60s',
  ],
  usage:
    "([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]]",
  flags: {
    filename: {
      ...FILE_FLAGS.filename,
      kind: 'stringSlice',
      default: [],
      summary: 'File, directory or - with the objects.',
    },
    recursive: {
      kind: 'bool',
      shorthand: 'R',
      default: true,
      summary: 'Go into the directories below the one named by -f.',
    },
    ...PRINT_FLAGS,
    ...SELECTOR_FLAGS,
    ...FIELD_SELECTOR_FLAG,
    ...ALL_FLAG,
    ...ALL_NAMESPACES_FLAG,
    local: { kind: 'bool', default: false, summary: 'Do not ask the server; there is then nothing to wait for.' },
    for: {
      kind: 'stringSlice',
      default: [],
      summary: "What to wait for: create, delete, condition=NAME[=VALUE], jsonpath='{EXPRESSION}'[=VALUE].",
    },
    timeout: {
      kind: 'duration',
      default: 30_000,
      summary: 'How long to wait; zero looks once, negative means a week.',
    },
  },
  run: async (invocation) => {
    const { flags, context, api } = invocation
    const given = flags.list('for').length > 0 ? flags.list('for') : ['']
    // Creation comes first, whatever the order (upstream: since 1.36).
    const goals = given.map(parseGoal).toSorted((a, b) => Number(b.kind === 'create') - Number(a.kind === 'create'))
    const deleted = goals.some(({ kind }) => kind === 'delete')
    const timeout = flags.number('timeout') < 0 ? 7 * 86_400_000 : flags.number('timeout')
    const selection = await select(invocation)
    // Upstream runs into a nil pointer here: objects of files have no client that could watch them.
    if (isLocal(invocation)) throw new KubectlError(PANIC, { bare: true, code: 2 })
    const exist = () => fetchInfos(api, selection).errors.length === 0
    if (goals[0]?.kind === 'create' && !(await waitUntil(context, exist, timeout)))
      throw new KubectlError('timed out waiting for the condition')
    const { infos, errors } = fetchInfos(api, selection)
    if (deleted && infos.length === 0) throwAll(errors.filter((e) => !isNotFound(e)))
    else throwAll(errors)
    if (infos.length === 0 && !deleted) throw new KubectlError('no matching resources found')
    const print = await resultPrinter(invocation)
    const failures: Error[] = []
    const late = timeout === 0 ? 'condition not met for' : 'timed out waiting for the condition on'
    for (const info of infos) {
      if (await allMet(invocation, info, goals, timeout)) print(info.type, current(invocation, info), 'condition met')
      else failures.push(new KubectlError(`${late} ${info.type.plural}/${info.name}`))
    }
    throwAll(failures)
    return 0
  },
})

/** One goal after the other, all in the same time. */
async function allMet(invocation: Invocation, info: Info, goals: readonly Goal[], timeout: number): Promise<boolean> {
  const { context } = invocation
  const deadline = context.time.now() + timeout
  for (const goal of goals)
    if (!(await waitUntil(context, () => isMet(invocation, info, goal), deadline - context.time.now()))) return false
  return true
}

const PANIC = 'panic: runtime error: invalid memory address or nil pointer dereference'

/** The object as it is now, or as it was last. */
function current({ api }: Invocation, info: Info): KubeObject {
  try {
    return fetchObject(api, info).object
  } catch (error) {
    if (!isNotFound(error)) throw error
    return info.object
  }
}

type Goal =
  | { readonly kind: 'create' }
  | { readonly kind: 'delete' }
  | { readonly kind: 'condition'; readonly name: string; readonly value: string }
  | { readonly kind: 'jsonpath'; readonly path: string; readonly value: string | undefined }

/** Throws KubectlError. */
function parseGoal(text: string): Goal {
  if (text === '') throw new KubectlError('unrecognized condition: ""')
  const lower = text.toLowerCase()
  if (lower === 'delete') return { kind: 'delete' }
  if (lower === 'create') return { kind: 'create' }
  if (text.startsWith('condition=')) {
    const [name = '', value = 'true'] = text.slice('condition='.length).split('=')
    return { kind: 'condition', name, value }
  }
  if (text.startsWith('jsonpath=')) {
    const body = text.slice('jsonpath='.length).replace(/^['"]|['"]$/g, '')
    const match = /^(.*\})\s*(?:==?(.*))?$/.exec(body) ?? /^([^=]+)(?:==?(.*))?$/.exec(body)
    if (body === '') throw new KubectlError('jsonpath expression cannot be empty')
    const path = relaxedPath(match?.[1]?.replace(/['"]$/, '') ?? body)
    if (match?.[2] === '')
      throw new KubectlError(
        "jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
      )
    return { kind: 'jsonpath', path, value: match?.[2]?.replace(/^['"]|['"]$/g, '') }
  }
  throw new KubectlError(`unrecognized condition: ${JSON.stringify(text)}`)
}

function isMet({ api }: Invocation, info: Info, goal: Goal): boolean {
  let object: KubeObject
  try {
    ;({ object } = fetchObject(api, info))
  } catch (error) {
    if (!isNotFound(error)) throw error
    if (goal.kind === 'delete') return true
    throw error
  }
  if (goal.kind === 'delete') return object.metadata?.uid !== info.object.metadata?.uid
  if (goal.kind === 'create') return true
  if (goal.kind === 'condition') return hasCondition(object, goal.name, goal.value)
  const values: readonly JsonValue[] = valuesAt(goal.path, asJson(object))
  if (goal.value !== undefined && values.some((value) => typeof value === 'object' && value !== null))
    throw new KubectlError('jsonpath leads to a nested object or list which is not supported')
  return goal.value === undefined ? values.length > 0 : values.some((value) => goValue(value) === goal.value)
}

function hasCondition(object: KubeObject, name: string, value: string): boolean {
  const { status } = object as { status?: { conditions?: readonly { type: string; status: string }[] } }
  return (status?.conditions ?? []).some(
    (c) => c.type.toLowerCase() === name.toLowerCase() && c.status.toLowerCase() === value.toLowerCase(),
  )
}
