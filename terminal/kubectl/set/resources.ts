import type { Kube } from '../../../emulator/index.ts'
import { defineSubcommand } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { NOTHING_NAMED, namesFiles } from '../resources/selection.ts'
import { changePodSpecs, matchesName, SET_FLAGS } from './pod-spec.ts'

export const resources = defineSubcommand({
  name: 'resources',
  summary: 'Update resource requests/limits on objects with pod templates',
  examples: ['# Limits for all containers', 'kubectl set resources deployment web --limits=cpu=200m,memory=512Mi'],
  usage: '(-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS]',
  flags: {
    ...SET_FLAGS,
    containers: { kind: 'string', shorthand: 'c', default: '*', summary: 'Names of the containers to change.' },
    limits: { kind: 'string', default: '', summary: "Limits: 'cpu=100m,memory=256Mi'." },
    requests: { kind: 'string', default: '', summary: "Requests: 'cpu=100m,memory=256Mi'." },
  },
  run: async (invocation) => {
    const { flags } = invocation
    if (invocation.args.length === 0 && !namesFiles(invocation)) throw new KubectlError(NOTHING_NAMED)
    const [limits, requests] = [flags.optional('limits'), flags.optional('requests')]
    if (!limits && !requests)
      throw new KubectlError('you must specify an update to requests or limits (in the form of --requests/--limits)')
    for (const text of [limits, requests]) if (text) quantities(text)
    const change = (container: Kube.Container): Kube.Container => ({
      ...container,
      resources: {
        ...container.resources,
        ...(limits && { limits: { ...container.resources?.limits, ...quantities(limits) } }),
        ...(requests && { requests: { ...container.resources?.requests, ...quantities(requests) } }),
      },
    })
    const names = flags.string('containers')
    const what = 'resources update to pod template '
    return changePodSpecs(invocation, invocation.args, 'resource requirements updated', what, (spec) => {
      const chosen = spec.containers.filter((c) => matchesName(names, c.name))
      if (chosen.length === 0) throw new KubectlError(`unable to find container named ${names}`)
      return { ...spec, containers: spec.containers.map((c) => (chosen.includes(c) ? change(c) : c)) }
    })
  },
})

const QUANTITY = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/

/** `cpu=100m,memory=256Mi`. Throws KubectlError. */
function quantities(text: string): { readonly [resource: string]: string } {
  const pairs = text.split(',').map((statement) => {
    const [name = '', value, ...more] = statement.split('=')
    if (value === undefined || more.length > 0)
      throw new KubectlError(`Invalid argument syntax ${statement}, expected <resource>=<value>`)
    if (!QUANTITY.test(value))
      throw new KubectlError(
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
      )
    return [name, value] as const
  })
  return Object.fromEntries(pairs)
}
