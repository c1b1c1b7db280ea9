import type { KubeObject } from '../../../emulator/index.ts'
import { resourcePath } from '../api/discovery.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { defineSubcommand } from '../cli/subcommand.ts'
import { ApiError, KubectlError, throwAll } from '../errors.ts'
import { PRINT_FLAGS } from '../print/output.ts'
import { fetchInfos, type Info } from '../resources/fetch.ts'
import { DRY_RUN_FLAG, dryRunOf, RECORD_FLAG, resultPrinter, writeQuery } from '../resources/mutation.ts'
import { ALL_FLAG, FILE_FLAGS, SELECTOR_FLAGS, select } from '../resources/selection.ts'

export const scale = defineSubcommand({
  name: 'scale',
  group: 'Deploy Commands:',
  summary: 'Set a new size for a deployment, replica set, or replication controller',
  examples: [
    '# Three replicas',
    'kubectl scale deployment web --replicas=3',
    '',
    '# Only if there are two now',
    'kubectl scale deployment web --current-replicas=2 --replicas=3',
  ],
  usage: '[--resource-version=version] [--current-replicas=count] --replicas=COUNT (-f FILENAME | TYPE NAME)',
  completes: { types: ['deployment', 'replicaset', 'replicationcontroller', 'statefulset'] },
  flags: {
    ...FILE_FLAGS,
    ...SELECTOR_FLAGS,
    ...ALL_FLAG,
    ...PRINT_FLAGS,
    ...DRY_RUN_FLAG,
    ...RECORD_FLAG,
    'current-replicas': { kind: 'int', default: -1, summary: 'Scale only if this is the size now; -1 does not ask.' },
    replicas: { kind: 'int', default: 0, summary: 'The new number of replicas.', required: true },
    'resource-version': { kind: 'string', default: '', summary: 'Scale only if the object has this resource version.' },
    timeout: { kind: 'duration', default: 0, summary: 'How long to wait for the new size; zero does not wait.' },
  },
  run: async (invocation) => {
    const { flags } = invocation
    if (flags.number('replicas') < 0)
      throw new KubectlError('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0')
    const { infos, errors } = fetchInfos(invocation.api, await select(invocation))
    const failures: Error[] = []
    const print = await resultPrinter(invocation)
    for (const info of infos) {
      try {
        scaleOne(invocation, info)
        print(info.type, scaled(info.object, invocation.flags.number('replicas')), 'scaled')
      } catch (error) {
        if (!(error instanceof ApiError) && !(error instanceof KubectlError)) throw error
        failures.push(error)
      }
    }
    throwAll([...failures, ...errors])
    if (infos.length === 0) throw new KubectlError('no objects passed to scale')
    return 0
  },
})

/** The object as it was read, with the count that was asked for (upstream: scale.go, since 1.36). */
function scaled(object: KubeObject, replicas: number): KubeObject {
  const { spec } = object as { readonly spec?: object }
  return { ...object, spec: { ...spec, replicas } } as KubeObject
}

/** Throws ApiError, KubectlError. */
function scaleOne(invocation: Invocation, { type, namespace, name }: Info): void {
  const { flags, api } = invocation
  const path = resourcePath(type, namespace, name, 'scale')
  const expected = flags.number('current-replicas')
  const version = flags.optional('resource-version')
  if (expected >= 0 || version) {
    const { spec, metadata } = api.get<{ spec?: { replicas?: number }; metadata?: { resourceVersion?: string } }>(path)
    if (version && metadata?.resourceVersion !== version)
      throw new KubectlError(`Expected resource version to be ${version}, was ${metadata?.resourceVersion}`)
    if (expected >= 0 && (spec?.replicas ?? 0) !== expected)
      throw new KubectlError(`Expected replicas to be ${expected}, was ${spec?.replicas ?? 0}`)
  }
  if (dryRunOf(invocation) === 'client') return
  api.send('PATCH', path, {
    body: { ...(version && { metadata: { resourceVersion: version } }), spec: { replicas: flags.number('replicas') } },
    contentType: 'application/merge-patch+json',
    query: writeQuery(invocation, 'kubectl'),
  })
}
