import type { Kube } from '../../../emulator/index.ts'
import { defineSubcommand } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { parseLabelList } from '../resources/labels.ts'
import { changePodSpecs, SET_FLAGS } from './pod-spec.ts'

export const resources = defineSubcommand({
  name: 'resources',
  summary: 'Update resource requests/limits on objects with pod templates',
  examples: ['# Limits for all containers', 'kubectl set resources deployment web --limits=cpu=200m,memory=512Mi'],
  usage: '(-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS]',
  completes: 'resources',
  flags: {
    ...SET_FLAGS,
    containers: { kind: 'string', shorthand: 'c', default: '*', summary: 'Names of the containers to change.' },
    limits: { kind: 'string', default: '', summary: "Limits: 'cpu=100m,memory=256Mi'." },
    requests: { kind: 'string', default: '', summary: "Requests: 'cpu=100m,memory=256Mi'." },
  },
  run: async (invocation) => {
    const { flags } = invocation
    const [limits, requests] = [flags.optional('limits'), flags.optional('requests')]
    if (!limits && !requests)
      throw new KubectlError('you must specify an update to requests or limits (in the form of --requests/--limits)')
    const change = (container: Kube.Container): Kube.Container => ({
      ...container,
      resources: {
        ...container.resources,
        ...(limits && { limits: { ...container.resources?.limits, ...parseLabelList(limits) } }),
        ...(requests && { requests: { ...container.resources?.requests, ...parseLabelList(requests) } }),
      },
    })
    const names = flags.string('containers')
    return changePodSpecs(invocation, invocation.args, 'resource requirements updated', (spec) => ({
      ...spec,
      containers: spec.containers.map((c) => (names === '*' || names.split(',').includes(c.name) ? change(c) : c)),
    }))
  },
})
