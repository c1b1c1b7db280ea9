import type { Kube } from '../../../emulator/index.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { KubectlError, throwAll } from '../errors.ts'
import { fetchOrRead, type Info } from '../resources/fetch.ts'
import { namesFiles, RESOURCE_WANTED, select } from '../resources/selection.ts'
import { checkVariableName } from '../resources/variable-name.ts'
import { changePodSpecs, matchesName, type PodSpec, podSpecOf, SET_FLAGS, splitAtPairs } from './pod-spec.ts'

export const env = defineSubcommand({
  name: 'env',
  summary: 'Update environment variables on a pod template',
  examples: [
    '# Set a variable',
    'kubectl set env deployment/web MODE=prod',
    '',
    '# Show them',
    'kubectl set env deployment/web --list',
    '',
    '# Remove one',
    'kubectl set env deployment/web MODE-',
  ],
  usage: 'RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N',
  flags: {
    ...SET_FLAGS,
    containers: {
      kind: 'string',
      shorthand: 'c',
      default: '*',
      summary: 'Names of the containers to change; * stands for any text.',
    },
    env: { kind: 'stringArray', shorthand: 'e', default: [], summary: 'A variable and its value; may be repeated.' },
    from: { kind: 'string', default: '', summary: 'Config map or secret to take all variables from: configmap/NAME.' },
    keys: { kind: 'stringSlice', default: [], summary: 'Only these keys of --from.' },
    list: { kind: 'bool', default: false, summary: 'Show the variables.' },
    overwrite: { kind: 'bool', default: true, summary: 'Allow variables that are set to change.' },
    prefix: { kind: 'string', default: '', summary: 'Put this before the names that --from gives.' },
    resolve: { kind: 'bool', default: false, summary: 'Show the values behind references.' },
  },
  run: async (invocation) => {
    const { flags } = invocation
    const { resources, pairs } = splitAtPairs(invocation.args)
    if (resources.length === 0 && !namesFiles(invocation)) throw new KubectlError(RESOURCE_WANTED)
    if (flags.bool('list')) return list(invocation, resources)
    const words = [...pairs, ...flags.list('env')]
    for (const word of words)
      checkVariableName(word.includes('=') ? word.slice(0, word.indexOf('=')) : word.slice(0, -1))
    const fromSource = referencedVariables(invocation)
    const removed = words.filter((w) => !w.includes('=')).map((w) => w.slice(0, -1))
    const set = words
      .filter((w) => w.includes('='))
      .map((w) => ({ name: w.slice(0, w.indexOf('=')), value: w.slice(w.indexOf('=') + 1) }))
    if (set.some(({ name }) => removed.includes(name)))
      throw new KubectlError('can not both modify and remove the same environment variable in the same command')
    return changePodSpecs(
      invocation,
      resources,
      'env updated',
      'env update to pod template: ',
      (spec, info) => changed(invocation, spec, info, [...fromSource, ...set], removed),
      { silentNames: true },
    )
  },
})

function changed(
  { flags, context }: Invocation,
  spec: PodSpec,
  { type, name }: Info,
  set: readonly Kube.EnvVar[],
  removed: readonly string[],
): PodSpec {
  const pattern = flags.string('containers')
  if (!spec.containers.some((c) => matchesName(pattern, c.name)))
    context.err(`Warning: ${type.kind}/${name} does not have any containers matching ${JSON.stringify(pattern)}\n`)
  const change = (container: Kube.Container): Kube.Container => {
    if (!matchesName(pattern, container.name)) return container
    const old = container.env ?? []
    const clash = flags.bool('overwrite') ? undefined : set.find((v) => old.some((o) => o.name === v.name))
    if (clash)
      throw new KubectlError(
        `${type.plural}/${name} '${clash.name}' already has a value (${old.find((o) => o.name === clash.name)?.value ?? ''}), and --overwrite is false`,
      )
    const kept = old.filter((o) => !removed.includes(o.name)).map((o) => set.find((v) => v.name === o.name) ?? o)
    const env = [...kept, ...set.filter((v) => !kept.some((k) => k.name === v.name))]
    const { env: _, ...rest } = container
    return env.length > 0 ? { ...rest, env } : rest
  }
  return { ...spec, containers: spec.containers.map(change) }
}

/** `--from configmap/settings`: a reference for each key. Throws ApiError, KubectlError. */
function referencedVariables({ api, context, flags, namespace }: Invocation): readonly Kube.EnvVar[] {
  const from = flags.optional('from')
  if (!from) return []
  const [type = '', name = ''] = from.split('/')
  const secret = /^secrets?$/.test(type)
  if (!secret && !/^(?:configmaps?|cm)$/.test(type))
    throw new KubectlError(
      from.includes('/')
        ? 'unsupported resource specified in --from'
        : 'resource(s) were provided, but no name was specified',
    )
  const object = api.get<{ readonly data?: { readonly [key: string]: string } }>(
    `/api/v1/namespaces/${namespace}/${secret ? 'secrets' : 'configmaps'}/${name}`,
  )
  const wanted = flags.list('keys')
  return Object.keys(object.data ?? {})
    .filter((key) => wanted.length === 0 || wanted.includes(key))
    .sort()
    .map((key) => ({
      name: flags.string('prefix') + transferred(key, context),
      valueFrom: secret ? { secretKeyRef: { name, key } } : { configMapKeyRef: { name, key } },
    }))
}

/** A key as the name of a variable; a warning tells of the change. */
function transferred(key: string, context: Invocation['context']): string {
  const name = key.toUpperCase().replace(/[^A-Z0-9_]/g, '_')
  if (name !== key) context.err(`Warning: key ${key} transferred to ${name}\n`)
  return name
}

async function list(invocation: Invocation, resources: readonly string[]): Promise<number> {
  const { infos, errors } = fetchOrRead(invocation, await select(invocation, { args: resources }))
  for (const info of infos) invocation.context.out(listed(invocation, info))
  throwAll(errors)
  return 0
}

/** The value behind a reference to a config map or secret, with --resolve. Throws ApiError. */
function resolved({ api, flags }: Invocation, { namespace }: Info, source: Kube.EnvVarSource): string | undefined {
  if (!flags.bool('resolve')) return undefined
  const { configMapKeyRef, secretKeyRef } = source
  const ref = configMapKeyRef ?? secretKeyRef
  if (!ref) return undefined
  const path = `/api/v1/namespaces/${namespace}/${configMapKeyRef ? 'configmaps' : 'secrets'}/${ref.name}`
  const value = api.get<{ readonly data?: { readonly [key: string]: string } }>(path).data?.[ref.key]
  return value !== undefined && secretKeyRef ? Buffer.from(value, 'base64').toString('utf8') : value
}

function listed(invocation: Invocation, info: Info): string {
  return podSpecOf(info)
    .containers.map((container) => {
      const lines = (container.env ?? []).map((v) => {
        const value = v.valueFrom && resolved(invocation, info, v.valueFrom)
        if (value !== undefined) return `${v.name}=${value}`
        if (v.valueFrom?.configMapKeyRef)
          return `# ${v.name} from configmap ${v.valueFrom.configMapKeyRef.name}, key ${v.valueFrom.configMapKeyRef.key}`
        if (v.valueFrom?.secretKeyRef)
          return `# ${v.name} from secret ${v.valueFrom.secretKeyRef.name}, key ${v.valueFrom.secretKeyRef.key}`
        if (v.valueFrom?.fieldRef) return `# ${v.name} from field path ${v.valueFrom.fieldRef.fieldPath}`
        return `${v.name}=${v.value ?? ''}`
      })
      return `${[`# ${info.type.kind} ${info.name}, container ${container.name}`, ...lines].join('\n')}\n`
    })
    .join('')
}
