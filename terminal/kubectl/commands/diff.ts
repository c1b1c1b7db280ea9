import type { KubeObject } from '../../../emulator/index.ts'
import { apiVersionOf, resourcePath } from '../api/discovery.ts'
import { patchTypeOf, schemaFor } from '../api/openapi.ts'
import { type Fields, lastApplied } from '../apply/last-applied.ts'
import { pruneTypes, staleObjects } from '../apply/prune.ts'
import { threeWayPatch } from '../apply/strategic-diff.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { usageError } from '../cli/usage-error.ts'
import { masked } from '../diff/mask-secrets.ts'
import { type Pair, showDifferences } from '../diff/show.ts'
import { Exit, isNotFound, KubectlError, present, throwAll } from '../errors.ts'
import { asJson } from '../print/output.ts'
import type { Manifest } from '../resources/manifests.ts'
import { fieldManagerFlag, LAST_APPLIED } from '../resources/mutation.ts'
import { FILE_FLAGS, namesFiles, SELECTOR_FLAGS, select } from '../resources/selection.ts'
import { printYaml } from '../yaml/print.ts'

export const diff = defineSubcommand({
  name: 'diff',
  group: 'Advanced Commands:',
  summary: 'Diff the live version against a would-be applied version',
  long: 'Diff configurations specified by file name or stdin between the current online configuration, and the configuration as it would be if applied.\n\n Exit status: 0 No differences were found. 1 Differences were found. >1 kubectl failed with an error.',
  examples: ['# What applying a file would change', 'kubectl diff -f web.yaml'],
  usage: '-f FILENAME',
  flags: {
    ...FILE_FLAGS,
    ...SELECTOR_FLAGS,
    ...fieldManagerFlag('kubectl-client-side-apply'),
    concurrency: { kind: 'int', default: 1, summary: 'How many objects to look at at once.' },
    'force-conflicts': { kind: 'bool', default: false, summary: 'With --server-side: take over fields of others.' },
    prune: { kind: 'bool', default: false, summary: 'Show too what apply --prune would delete.' },
    'prune-allowlist': {
      kind: 'stringArray',
      default: [],
      summary: 'Types that --prune looks at, written <group/version/kind>, instead of the usual ones.',
    },
    'server-side': { kind: 'bool', default: false, summary: 'Show what apply --server-side would change.' },
    'show-secret': { kind: 'bool', default: false, summary: 'Show what Secrets hold.' },
    'show-managed-fields': { kind: 'bool', default: false, summary: 'Compare managedFields too.' },
  },
  run: async (invocation) => {
    try {
      return await compare(invocation)
    } catch (error) {
      // An exit code of 1 says that there are differences, so mistakes get another one (upstream: CheckDiffErr).
      const shown = error instanceof Exit ? undefined : present(error)
      if (!shown) throw error
      invocation.context.err(shown.text)
      throw new Exit(shown.code + 1)
    }
  },
})

async function compare(invocation: Invocation): Promise<number> {
  const { args, flags } = invocation
  if (args.length > 0) throw usageError(invocation, `Unexpected args: [${args.join(' ')}]`)
  if (flags.bool('force-conflicts') && !flags.bool('server-side'))
    throw new KubectlError('--force-conflicts only works with --server-side')
  if (!namesFiles(invocation)) throw new KubectlError('must specify one of -f and -k')
  const { targets, errors, discovery } = await select(invocation, { args: [] })
  throwAll(errors)
  const pairs: Pair[] = []
  const found: KubeObject[] = []
  for (const target of targets) {
    if (target.kind !== 'manifest') continue
    const { live, merged } = versions(invocation, target.manifest)
    found.push(live ?? merged)
    pairs.push(pairOf(invocation, target.manifest, live, merged))
  }
  if (flags.bool('prune'))
    for (const { type, object } of staleObjects(invocation, pruneTypes(invocation, discovery), found)) {
      const { namespace, name = '' } = object.metadata ?? {}
      pairs.push(pairOf(invocation, { type, namespace, name }, object, undefined))
    }
  if (await showDifferences(invocation.context, pairs)) throw new Exit(1)
  return 0
}

function pairOf(
  invocation: Invocation,
  { type, namespace = '', name }: Pick<Manifest, 'type' | 'namespace' | 'name'>,
  live: KubeObject | undefined,
  merged: KubeObject | undefined,
): Pair {
  const file = `${apiVersionOf(type).replaceAll('/', '.')}.${type.kind}.${namespace}.${name}`
  const secret = type.kind === 'Secret' && type.group === ''
  const [from, to] = secret && !invocation.flags.bool('show-secret') ? masked(live, merged) : [live, merged]
  return { file, from: shown(invocation, from), to: shown(invocation, to) }
}

/** The object as it is, and as a dry run of apply would leave it. */
function versions(invocation: Invocation, manifest: Manifest): { live: KubeObject | undefined; merged: KubeObject } {
  const { api, flags } = invocation
  const path = resourcePath(manifest.type, manifest.namespace, manifest.name)
  if (flags.bool('server-side')) return serverSide(invocation, manifest, path)
  const query = { dryRun: 'All', fieldManager: invocation.flags.string('field-manager') }
  try {
    const live = api.get<KubeObject>(path)
    const wanted = modified(manifest.object)
    const current = asJson(live) as Fields
    const original = originalOf(invocation, manifest, live, { modified: wanted, current })
    const patch = threeWayPatch(original, wanted, current, schemaFor(api, manifest.type))
    if (Object.keys(patch).length === 0) return { live, merged: live }
    const merged = api.send('PATCH', path, {
      body: patch,
      contentType: patchTypeOf(schemaFor(api, manifest.type)),
      query,
    })
    return { live, merged: merged as KubeObject }
  } catch (error) {
    if (!isNotFound(error)) throw error
    const merged = api.send('POST', resourcePath(manifest.type, manifest.namespace), { body: manifest.object, query })
    return { live: undefined, merged: merged as KubeObject }
  }
}

function originalOf(
  { context }: Invocation,
  { source }: Manifest,
  live: KubeObject,
  compared: { readonly modified: Fields; readonly current: Fields },
): Fields {
  try {
    return lastApplied(live.metadata?.annotations?.[LAST_APPLIED], context, compared)
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error
    throw new KubectlError(`error when patching ${JSON.stringify(source)}: ${error.message}`)
  }
}

/** Annotations count as given even where the file has none, or those that apply keeps would go. */
function modified(object: KubeObject): Fields {
  return asJson({
    ...object,
    metadata: { ...object.metadata, annotations: object.metadata?.annotations ?? {} },
  }) as Fields
}

function shown({ flags }: Invocation, object: KubeObject | undefined): string {
  if (!object) return ''
  const { managedFields, ...metadata } = object.metadata ?? {}
  const kept = flags.bool('show-managed-fields') && managedFields ? { managedFields } : {}
  return printYaml(asJson({ ...object, metadata: { ...metadata, ...kept } }))
}

function serverSide(invocation: Invocation, { object }: Manifest, path: string) {
  const { api, flags } = invocation
  const manager = flags.changed('field-manager') ? flags.string('field-manager') : 'kubectl'
  const query = { dryRun: 'All', fieldManager: manager, force: String(flags.bool('force-conflicts')) }
  const live = liveObject(invocation, path)
  const contentType = 'application/apply-patch+yaml'
  return { live, merged: api.send('PATCH', path, { body: object, contentType, query }) as KubeObject }
}

function liveObject({ api }: Invocation, path: string): KubeObject | undefined {
  try {
    return api.get<KubeObject>(path)
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}
