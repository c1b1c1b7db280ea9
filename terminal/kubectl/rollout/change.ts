/** restart, undo, pause and resume: each one patch on a workload. */
import type { JsonValue } from '../../../emulator/index.ts'
import { kindName, resourcePath } from '../api/discovery.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { KubectlError, throwAll } from '../errors.ts'
import type { Info } from '../resources/fetch.ts'
import { CHANGE_CAUSE, DRY_RUN_FLAG, dryRunOf, dryRunSuffix } from '../resources/mutation.ts'
import { asDeployment, named, REVISION, ROLLOUT_FLAGS, replicaSetsOf, workloads } from './workload.ts'

const TYPES = { types: ['deployments.apps', 'daemonsets.apps', 'statefulsets.apps'] } as const
const USAGE = '(TYPE NAME | TYPE/NAME) [flags]'

function send({ api }: Invocation, info: Info, body: JsonValue, contentType: string, manager: string): void {
  api.send('PATCH', resourcePath(info.type, info.namespace, info.name), {
    body,
    contentType,
    query: { fieldManager: manager },
  })
}
const STRATEGIC = 'application/strategic-merge-patch+json'

/** Runs on each workload; failures are collected. */
async function forEach(invocation: Invocation, work: (info: Info) => string): Promise<number> {
  const failures: Error[] = []
  for (const info of await workloads(invocation)) {
    try {
      invocation.context.out(`${kindName(info.type)}/${info.name} ${work(info)}\n`)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      failures.push(error)
    }
  }
  throwAll(failures)
  return 0
}

const paused = (info: Info) => (info.object as { spec?: { paused?: boolean } }).spec?.paused === true

const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt'
const RESTARTABLE = new Set(['Deployment', 'DaemonSet', 'StatefulSet'])

function restartedAt({ object }: Info): string | undefined {
  const { spec } = object as { spec?: { template?: { metadata?: { annotations?: { [name: string]: string } } } } }
  return spec?.template?.metadata?.annotations?.[RESTARTED_AT]
}

export const restart = defineSubcommand({
  name: 'restart',
  summary: 'Restart a resource',
  examples: ['# New pods for a deployment', 'kubectl rollout restart deployment/web'],
  usage: 'RESOURCE',
  completes: TYPES,
  flags: ROLLOUT_FLAGS,
  run: (invocation) =>
    forEach(invocation, (info) => {
      if (paused(info))
        throw new KubectlError(`${named(info)} can't restart paused deployment (run rollout resume first)`)
      if (!RESTARTABLE.has(info.type.kind)) throw new KubectlError(`${named(info)} restarting is not supported`)
      const at = `${new Date(invocation.context.cluster.now()).toISOString().slice(0, 19)}Z`
      const annotations = { [RESTARTED_AT]: at }
      if (restartedAt(info) === at)
        throw new KubectlError(
          `failed to create patch for ${info.name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`,
        )
      send(invocation, info, { spec: { template: { metadata: { annotations } } } }, STRATEGIC, 'kubectl-rollout')
      return 'restarted'
    }),
})

export const pause = defineSubcommand({
  name: 'pause',
  summary: 'Mark the provided resource as paused',
  usage: 'RESOURCE',
  completes: TYPES,
  flags: ROLLOUT_FLAGS,
  run: (invocation) =>
    forEach(invocation, (info) => {
      asDeployment(info, 'pauser')
      if (paused(info)) throw new KubectlError(`${named(info)} is already paused`)
      send(invocation, info, { spec: { paused: true } }, STRATEGIC, 'kubectl-rollout')
      return 'paused'
    }),
})

export const resume = defineSubcommand({
  name: 'resume',
  summary: 'Resume a paused resource',
  usage: 'RESOURCE',
  completes: TYPES,
  flags: ROLLOUT_FLAGS,
  run: (invocation) =>
    forEach(invocation, (info) => {
      asDeployment(info, 'resumer')
      if (!paused(info)) throw new KubectlError(`${named(info)} is not paused`)
      send(invocation, info, { spec: { paused: null } }, STRATEGIC, 'kubectl-rollout')
      return 'resumed'
    }),
})

export const undo = defineSubcommand({
  name: 'undo',
  summary: 'Undo a previous rollout',
  examples: [
    '# Back to the revision before',
    'kubectl rollout undo deployment/web',
    '',
    '# Back to a certain one',
    'kubectl rollout undo deployment/web --to-revision=3',
  ],
  usage: USAGE,
  completes: TYPES,
  flags: {
    ...ROLLOUT_FLAGS,
    ...DRY_RUN_FLAG,
    'to-revision': { kind: 'int64', default: 0, summary: 'Revision to go back to; 0 means the one before.' },
  },
  run: (invocation) =>
    forEach(invocation, (info) => {
      const suffix = dryRunSuffix(dryRunOf(invocation))
      return `${undoOne(invocation, info)}${suffix}`
    }),
})

/** Puts an older replica set's pod template back (upstream: polymorphichelpers/rollback.go). */
function undoOne(invocation: Invocation, info: Info): string {
  const deployment = asDeployment(info, 'rollbacker')
  const wanted = invocation.flags.number('to-revision')
  const sets = replicaSetsOf(invocation, info)
  const current = Number(deployment.metadata?.annotations?.[REVISION] ?? 0)
  const target =
    wanted > 0
      ? sets.find(({ revision }) => revision === wanted)
      : sets.filter(({ revision }) => revision < current).pop()
  if (!target)
    throw new KubectlError(
      wanted > 0
        ? `unable to find specified revision ${wanted} in history`
        : `no rollout history found for deployment ${JSON.stringify(info.name)}`,
    )
  if (paused(info))
    throw new KubectlError(
      `you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume deployment/${info.name}' and try again`,
    )
  const { 'pod-template-hash': _, ...labels } = target.set.spec?.template?.metadata?.labels ?? {}
  const template = { ...target.set.spec?.template, metadata: { ...target.set.spec?.template?.metadata, labels } }
  if (target.revision === current)
    return 'skipped rollback (current template already matches revision '.concat(`${target.revision})`)
  if (dryRunOf(invocation) !== 'none') return 'rolled back'
  const cause = target.set.metadata?.annotations?.[CHANGE_CAUSE]
  const annotations = Object.entries({
    ...deployment.metadata?.annotations,
    ...(cause !== undefined && { [CHANGE_CAUSE]: cause }),
  })
  const patch = [
    { op: 'replace', path: '/spec/template', value: template },
    { op: 'replace', path: '/metadata/annotations', value: Object.fromEntries(annotations) },
  ]
  send(invocation, info, JSON.parse(JSON.stringify(patch)), 'application/json-patch+json', 'kubectl-rollout')
  return 'rolled back'
}
