import { Discovery } from '../api/discovery.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { ApiError, KubectlError, throwAll } from '../errors.ts'
import { PRINT_FLAGS } from '../print/output.ts'
import { fetchInfos, type Info } from '../resources/fetch.ts'
import { manifestOf } from '../resources/manifests.ts'
import {
  createObject,
  DRY_RUN_FLAG,
  dryRunOf,
  fieldManagerFlag,
  RECORD_FLAG,
  resultPrinter,
  SAVE_CONFIG_FLAG,
} from '../resources/mutation.ts'
import { FILE_FLAGS, select } from '../resources/selection.ts'
import { autoscalerFor, metricTarget } from './autoscale-object.ts'

const TYPES = ['deployment', 'replicaset', 'replicationcontroller', 'statefulset']

export const autoscale = defineSubcommand({
  name: 'autoscale',
  group: 'Deploy Commands:',
  summary: 'Auto-scale a deployment, replica set, stateful set, or replication controller',
  long: 'Create an autoscaler that chooses the number of pods of a deployment, replica set, stateful set or replication controller, within the limits given.',
  examples: [
    '# Between 2 and 10 pods, with the default target',
    'kubectl autoscale deployment web --min=2 --max=10',
    '',
    '# At most 5 pods, at 80% of the CPU that they request',
    'kubectl autoscale deployment web --max=5 --cpu=80%',
  ],
  usage: '(-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu=CPU] [--memory=MEMORY]',
  completes: { types: TYPES },
  flags: {
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    ...DRY_RUN_FLAG,
    ...SAVE_CONFIG_FLAG,
    ...RECORD_FLAG,
    ...fieldManagerFlag('kubectl-autoscale'),
    min: { kind: 'int32', default: -1, summary: 'The fewest pods; without it the server decides.' },
    max: { kind: 'int32', default: -1, summary: 'The most pods.', required: true },
    cpu: { kind: 'string', default: '', summary: 'CPU to aim at: 70% of what is requested, or 500m for each pod.' },
    memory: {
      kind: 'string',
      default: '',
      summary: 'Memory to aim at: 60% of what is requested, or 200Mi for each pod.',
    },
    'cpu-percent': {
      kind: 'int32',
      default: -1,
      summary: 'CPU to aim at, in percent of what is requested.',
      deprecated:
        "Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).",
    },
    name: { kind: 'string', default: '', summary: 'Name of the autoscaler; by default that of what it scales.' },
  },
  run: async (invocation) => {
    validate(invocation)
    const { infos, errors } = fetchInfos(invocation.api, await select(invocation, { ignoreSelector: true }))
    const print = await resultPrinter(invocation, { built: true })
    const type = new Discovery(invocation.api).resolve('horizontalpodautoscalers.autoscaling')
    const failures: Error[] = []
    for (const info of infos) {
      try {
        refuseUnscalable(invocation, info)
        const manifest = manifestOf(type, autoscalerFor(invocation, info), invocation.namespace)
        const created = send(invocation, manifest)
        print(type, created, dryRunOf(invocation) === 'client' ? 'created' : 'autoscaled')
      } catch (error) {
        if (!(error instanceof ApiError) && !(error instanceof KubectlError)) throw error
        failures.push(error)
      }
    }
    throwAll([...failures, ...errors])
    if (infos.length === 0) throw new KubectlError('no objects passed to autoscale')
    return 0
  },
})

/** Upstream: k8s.io/kubectl/pkg/cmd/autoscale/autoscale.go Validate. */
function validate({ flags }: Invocation): void {
  const [min, max] = [flags.number('min'), flags.number('max')]
  if (max < 1) throw new KubectlError(`--max=MAXPODS is required and must be at least 1, max: ${max}`)
  if (max < min)
    throw new KubectlError(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`)
  if (flags.number('cpu-percent') > 0 && flags.string('cpu') !== '')
    throw new KubectlError('--cpu-percent and --cpu are mutually exclusive')
  for (const name of ['cpu', 'memory'] as const) if (flags.string(name) !== '') metricTarget(name, flags.string(name))
}

interface ResourceList {
  readonly resources?: readonly { readonly name: string }[]
}

function refuseUnscalable({ api }: Invocation, { type }: Info): void {
  const { group, version, plural, kind } = type
  const list = api.get<ResourceList>(group === '' ? `/api/${version}` : `/apis/${group}/${version}`)
  if (list.resources?.some(({ name }) => name === `${plural}/scale`)) return
  throw new KubectlError(
    `cannot autoscale a ${kind}: could not find scale subresource for ${group}/${version}, Resource=${plural} in discovery information`,
  )
}

/** What the newer API refuses is tried with the older one, which knows only a share of the CPU and answers in the same words. */
function send(invocation: Invocation, manifest: ReturnType<typeof manifestOf>): ReturnType<typeof createObject> {
  try {
    return createObject(invocation, manifest, manifest.object)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const refused = (why: string) =>
      new KubectlError(
        `failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1: ${why}`,
      )
    const cpu = invocation.flags.string('cpu')
    if (cpu === '') throw refused('empty input')
    if (invocation.flags.string('memory') === '' && metricTarget('cpu', cpu).type === 'Utilization') throw error
    // Upstream wraps an error that is none.
    throw refused('%!w(<nil>)')
  }
}
