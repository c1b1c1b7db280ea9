import type { Kube } from '../../../emulator/index.ts'
import { waitUntil } from '../api/follow.ts'
import { defineSubcommand } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { fetchObject, type Info } from '../resources/fetch.ts'
import { ROLLOUT_FLAGS, workloads } from './workload.ts'

export const status = defineSubcommand({
  name: 'status',
  summary: 'Show the status of the rollout',
  examples: ['# Watch until a deployment is rolled out', 'kubectl rollout status deployment/web'],
  usage: '(TYPE NAME | TYPE/NAME) [flags]',
  completes: { types: ['daemonset', 'deployment', 'statefulset'] },
  flags: {
    ...ROLLOUT_FLAGS,
    revision: { kind: 'int64', default: 0, summary: 'Follow this revision; 0 follows the latest.' },
    timeout: { kind: 'duration', default: 0, summary: 'How long to watch; zero never gives up.' },
    watch: { kind: 'bool', shorthand: 'w', default: true, summary: 'Watch until the rollout is done.' },
  },
  run: async (invocation) => {
    const { flags, context } = invocation
    for (const info of await workloads(invocation)) {
      let last = ''
      const look = () => {
        const { message, done } = progress(fetchObject(invocation.api, info).object, info, flags.number('revision'))
        if (message !== last) context.out(message)
        last = message
        return done || !flags.bool('watch')
      }
      const timeout = flags.number('timeout') || Number.POSITIVE_INFINITY
      if (!(await waitUntil(context, look, timeout))) throw new KubectlError('timed out waiting for the condition')
    }
    return 0
  },
})

interface Progress {
  readonly message: string
  readonly done: boolean
}

/** Where a rollout stands (upstream: polymorphichelpers/rollout_status.go). Throws KubectlError. */
function progress(object: Info['object'], info: Info, revision: number): Progress {
  const { kind, group } = info.type
  if (kind === 'Deployment') return deploymentProgress(object as Kube.Deployment, revision)
  if (kind === 'DaemonSet') return daemonSetProgress(object as Kube.DaemonSet)
  if (kind === 'StatefulSet') return statefulSetProgress(object as Kube.StatefulSet)
  throw new KubectlError(`no status viewer has been implemented for ${kind}${group === '' ? '' : `.${group}`}`)
}

function deploymentProgress({ metadata, spec, status: state = {} }: Kube.Deployment, revision: number): Progress {
  const name = metadata?.name ?? ''
  if (revision > 0 && Number(metadata?.annotations?.['deployment.kubernetes.io/revision'] ?? 0) !== revision)
    throw new KubectlError(
      `desired revision (${revision}) is different from the running revision (${metadata?.annotations?.['deployment.kubernetes.io/revision']})`,
    )
  const waiting = (text: string) => ({
    message: `Waiting for deployment ${JSON.stringify(name)} rollout to finish: ${text}\n`,
    done: false,
  })
  if ((metadata?.generation ?? 0) > (state.observedGeneration ?? 0))
    return { message: 'Waiting for deployment spec update to be observed...\n', done: false }
  if (state.conditions?.some((c) => c.type === 'Progressing' && c.reason === 'ProgressDeadlineExceeded'))
    throw new KubectlError(`deployment ${JSON.stringify(name)} exceeded its progress deadline`)
  const wanted = spec?.replicas ?? 1
  const { replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = state
  if (updatedReplicas < wanted) return waiting(`${updatedReplicas} out of ${wanted} new replicas have been updated...`)
  if (replicas > updatedReplicas)
    return waiting(`${replicas - updatedReplicas} old replicas are pending termination...`)
  if (availableReplicas < updatedReplicas)
    return waiting(`${availableReplicas} of ${updatedReplicas} updated replicas are available...`)
  return { message: `deployment ${JSON.stringify(name)} successfully rolled out\n`, done: true }
}

function daemonSetProgress({ metadata, status: state }: Kube.DaemonSet): Progress {
  const name = JSON.stringify(metadata?.name ?? '')
  if (!state || (metadata?.generation ?? 0) > (state.observedGeneration ?? 0))
    return { message: 'Waiting for daemon set spec update to be observed...\n', done: false }
  const wanted = state.desiredNumberScheduled
  const [updated, available] = [state.updatedNumberScheduled ?? 0, state.numberAvailable ?? 0]
  if (updated < wanted)
    return {
      message: `Waiting for daemon set ${name} rollout to finish: ${updated} out of ${wanted} new pods have been updated...\n`,
      done: false,
    }
  if (available < wanted)
    return {
      message: `Waiting for daemon set ${name} rollout to finish: ${available} of ${wanted} updated pods are available...\n`,
      done: false,
    }
  return { message: `daemon set ${name} successfully rolled out\n`, done: true }
}

function statefulSetProgress({ metadata, spec, status: state }: Kube.StatefulSet): Progress {
  const { type, rollingUpdate } = spec?.updateStrategy ?? {}
  if (type !== 'RollingUpdate')
    throw new KubectlError('rollout status is only available for RollingUpdate strategy type')
  if (!state?.observedGeneration || (metadata?.generation ?? 0) > state.observedGeneration)
    return { message: 'Waiting for statefulset spec update to be observed...\n', done: false }
  const wanted = spec?.replicas ?? 1
  const { readyReplicas = 0, updatedReplicas = 0, currentReplicas = 0 } = state
  if (readyReplicas < wanted)
    return { message: `Waiting for ${wanted - readyReplicas} pods to be ready...\n`, done: false }
  if (rollingUpdate?.partition !== undefined) {
    const share = wanted - rollingUpdate.partition
    return updatedReplicas < share
      ? {
          message: `Waiting for partitioned roll out to finish: ${updatedReplicas} out of ${share} new pods have been updated...\n`,
          done: false,
        }
      : { message: `partitioned roll out complete: ${updatedReplicas} new pods have been updated...\n`, done: true }
  }
  return state.updateRevision === state.currentRevision
    ? {
        message: `statefulset rolling update complete ${currentReplicas} pods at revision ${state.currentRevision ?? ''}...\n`,
        done: true,
      }
    : {
        message: `waiting for statefulset rolling update to complete ${updatedReplicas} pods at revision ${state.updateRevision ?? ''}...\n`,
        done: false,
      }
}
