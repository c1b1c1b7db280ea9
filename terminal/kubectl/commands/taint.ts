import type { Kube, KubeObject } from '../../../emulator/index.ts'
import { Discovery, resourcePath } from '../api/discovery.ts'
import { defineSubcommand } from '../cli/subcommand.ts'
import { usageError } from '../cli/usage-error.ts'
import { KubectlError, throwAll } from '../errors.ts'
import { PRINT_FLAGS } from '../print/output.ts'
import { fetchInfos } from '../resources/fetch.ts'
import { labelValueProblems, qualifiedNameProblems } from '../resources/labels.ts'
import {
  DRY_RUN_FLAG,
  dryRunOf,
  fieldManagerFlag,
  resultPrinter,
  VALIDATE_FLAG,
  writeQuery,
} from '../resources/mutation.ts'
import { ALL_FLAG, SELECTOR_FLAGS, select } from '../resources/selection.ts'

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']
interface Change {
  readonly set: readonly Kube.Taint[]
  readonly removed: readonly { readonly key: string; readonly effect: string }[]
}

export const taint = defineSubcommand({
  name: 'taint',
  group: 'Cluster Management Commands:',
  summary: 'Update the taints on one or more nodes',
  examples: [
    '# Keep pods without a matching toleration away',
    'kubectl taint nodes node01 dedicated=infra:NoSchedule',
    '',
    '# Take it back',
    'kubectl taint nodes node01 dedicated:NoSchedule-',
  ],
  usage: 'NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N',
  completes: { types: ['node'] },
  flags: {
    ...SELECTOR_FLAGS,
    ...ALL_FLAG,
    ...PRINT_FLAGS,
    ...DRY_RUN_FLAG,
    ...VALIDATE_FLAG,
    ...fieldManagerFlag('kubectl-taint'),
    overwrite: { kind: 'bool', default: false, summary: 'Allow taints that are set to change.' },
  },
  run: async (invocation) => {
    const { args, api, flags } = invocation
    const first = args.findIndex((arg, i) => i > 0 && (arg.includes('=') || arg.includes(':') || arg.endsWith('-')))
    if (first < 0)
      throw new KubectlError(
        args.length === 0
          ? 'one or more resources must be specified as <resource> <name>'
          : 'at least one taint update is required',
      )
    const [type = ''] = (args[0] ?? '').split('/')
    if (!['node', 'nodes', 'no'].includes(type))
      throw new KubectlError(`invalid resource type ${type}, only node types are supported`)
    const change = parseTaints(args.slice(first), (message) => usageError(invocation, message))
    const { infos, errors } = fetchInfos(
      api,
      await select(invocation, { args: args.slice(0, first), discovery: new Discovery(api, 2) }),
    )
    // As in upstream, a dry run is not mentioned (taint.go, ToPrinter).
    const print = await resultPrinter(invocation, { silentDryRun: true })
    for (const info of infos) {
      const old = (info.object as Kube.Node).spec?.taints ?? []
      const { taints, verb } = updated(old, change, info.name, flags.bool('overwrite'))
      const result =
        dryRunOf(invocation) === 'client'
          ? info.object
          : (api.send('PATCH', resourcePath(info.type, undefined, info.name), {
              body: { spec: { taints: taints.length > 0 ? taints : null } },
              contentType: 'application/merge-patch+json',
              query: writeQuery(invocation),
            }) as KubeObject)
      print(info.type, result, verb)
    }
    throwAll(errors)
    return 0
  },
})

function parseTaints(words: readonly string[], wrong: (message: string) => Error): Change {
  const set: Kube.Taint[] = []
  const removed: { key: string; effect: string }[] = []
  for (const word of words) {
    if (word.endsWith('-')) {
      removed.push(parseTaint(word.slice(0, -1), wrong))
      continue
    }
    const taint = parseTaint(word, wrong)
    if (taint.effect === '') throw wrong(`invalid taint spec: ${word}`)
    if (set.some((other) => other.key === taint.key && other.effect === taint.effect))
      throw wrong(
        `duplicated taints with the same key and effect: {${taint.key} ${taint.value ?? ''} ${taint.effect} <nil>}`,
      )
    set.push(taint)
  }
  const both = set.filter(({ key, effect }) => removed.some((r) => r.key === key && r.effect === effect))
  if (both.length > 0)
    throw new KubectlError(
      `can not both modify and remove the following taint(s) in the same command: ${both.map((t) => `${t.key}=${t.effect}`).join(', ')}`,
    )
  return { set, removed }
}

/** `key=value:effect` (upstream: kubectl/pkg/cmd/taint/utils.go, parseTaint). Throws what `wrong` makes. */
function parseTaint(spec: string, wrong: (message: string) => Error): Kube.Taint {
  const [pair = '', effect, ...more] = spec.split(':')
  if (more.length > 0) throw wrong(`invalid taint spec: ${spec}`)
  // Without an effect, all of it is the key.
  const [key = '', value, ...rest] = effect === undefined ? [pair] : pair.split('=')
  if (effect !== undefined && !EFFECTS.includes(effect))
    throw wrong(`invalid taint effect: ${effect}, unsupported taint effect`)
  if (rest.length > 0) throw wrong(`invalid taint spec: ${spec}`)
  const problems = [...(value === undefined ? [] : labelValueProblems(value)), ...qualifiedNameProblems(key)]
  if (problems.length > 0) throw wrong(`invalid taint spec: ${spec}, ${problems.join('; ')}`)
  return { key, effect: effect ?? '', ...(value && { value }) }
}

/** Throws KubectlError. */
function updated(
  old: readonly Kube.Taint[],
  { set, removed }: Change,
  node: string,
  overwrite: boolean,
): { taints: readonly Kube.Taint[]; verb: string } {
  const same = (a: { key: string; effect: string }, b: { key: string; effect: string }) =>
    a.key === b.key && (a.effect === b.effect || b.effect === '')
  for (const gone of removed)
    if (!old.some((t) => same(t, gone)))
      throw new KubectlError(`taint ${JSON.stringify(gone.effect ? `${gone.key}:${gone.effect}` : gone.key)} not found`)
  const clash = set.find((t) => old.some((o) => same(o, t)))
  if (clash && !overwrite)
    throw new KubectlError(
      `node ${node} already has ${clash.key} taint(s) with same effect(s) and --overwrite is false`,
    )
  const kept = old.filter((t) => !removed.some((r) => same(t, r)) && !set.some((s) => same(t, s)))
  return { taints: [...set, ...kept], verb: clash ? 'modified' : set.length === 0 ? 'untainted' : 'tainted' }
}
