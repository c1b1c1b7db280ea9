/** restart, pause and resume: each one patch on a workload (upstream: polymorphichelpers/objectrestarter.go and its like). */
import { defineSubcommand } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { PRINT_FLAGS } from '../print/output.ts'
import type { Info } from '../resources/fetch.ts'
import { fieldManagerFlag } from '../resources/mutation.ts'
import { forEachWorkload, patchWorkload } from './for-each.ts'
import { named, ROLLOUT_FLAGS } from './workload.ts'

const TYPES = { types: ['daemonset', 'deployment', 'statefulset'] } as const
const DEPLOYMENTS = { types: ['deployment'] } as const
const FLAGS = { ...ROLLOUT_FLAGS, ...PRINT_FLAGS, ...fieldManagerFlag('kubectl-rollout') }

const paused = (info: Info) => (info.object as { spec?: { paused?: boolean } }).spec?.paused === true

const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt'
const RESTARTABLE = new Set(['Deployment', 'DaemonSet', 'StatefulSet'])

function restartedAt({ object }: Info): string | undefined {
  const { spec } = object as { spec?: { template?: { metadata?: { annotations?: { [name: string]: string } } } } }
  return spec?.template?.metadata?.annotations?.[RESTARTED_AT]
}

function onlyDeployments(info: Info, doing: string): void {
  if (info.type.kind !== 'Deployment') throw new KubectlError(`${named(info)} ${doing} is not supported`)
}

export const restart = defineSubcommand({
  name: 'restart',
  summary: 'Restart a resource',
  long: 'Restart a resource: its pods are replaced as in any other rollout.',
  examples: [
    '# New pods for a deployment',
    'kubectl rollout restart deployment/web',
    '',
    '# For all deployments with a label',
    'kubectl rollout restart deployment --selector=app=web',
  ],
  usage: 'RESOURCE',
  completes: TYPES,
  flags: FLAGS,
  run: (invocation) =>
    forEachWorkload(invocation, (info) => {
      if (paused(info))
        throw new KubectlError(`${named(info)} can't restart paused deployment (run rollout resume first)`)
      if (!RESTARTABLE.has(info.type.kind)) throw new KubectlError(`${named(info)} restarting is not supported`)
      const at = `${new Date(invocation.context.cluster.now()).toISOString().slice(0, 19)}Z`
      const annotations = { [RESTARTED_AT]: at }
      if (restartedAt(info) === at)
        throw new KubectlError(
          `failed to create patch for ${info.name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`,
        )
      patchWorkload(invocation, info, { spec: { template: { metadata: { annotations } } } })
      return 'restarted'
    }),
})

export const pause = defineSubcommand({
  name: 'pause',
  summary: 'Mark the provided resource as paused',
  long: 'Mark the provided resource as paused: its controller leaves it alone until it is resumed. Only deployments can be paused.',
  examples: ['# A deployment', 'kubectl rollout pause deployment/web'],
  usage: 'RESOURCE',
  completes: DEPLOYMENTS,
  flags: FLAGS,
  run: (invocation) =>
    forEachWorkload(invocation, (info) => {
      onlyDeployments(info, 'pausing')
      if (paused(info)) throw new KubectlError(`${named(info)} is already paused`)
      patchWorkload(invocation, info, { spec: { paused: true } })
      return 'paused'
    }),
})

export const resume = defineSubcommand({
  name: 'resume',
  summary: 'Resume a paused resource',
  long: 'Resume a paused resource: its controller takes care of it again. Only deployments can be paused.',
  examples: ['# A deployment', 'kubectl rollout resume deployment/web'],
  usage: 'RESOURCE',
  completes: DEPLOYMENTS,
  flags: FLAGS,
  run: (invocation) =>
    forEachWorkload(invocation, (info) => {
      onlyDeployments(info, 'resuming')
      if (!paused(info)) throw new KubectlError(`${named(info)} is not paused`)
      patchWorkload(invocation, info, { spec: { paused: null } })
      return 'resumed'
    }),
})
