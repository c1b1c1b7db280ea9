import type { JsonValue, KubeObject } from '../../../emulator/index.ts'
import { apiVersionOf, resourcePath } from '../api/discovery.ts'
import { patchTypeOf, schemaFor } from '../api/openapi.ts'
import { threeWayPatch } from '../apply/strategic-diff.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { Exit, isNotFound, KubectlError, throwAll } from '../errors.ts'
import { asJson } from '../print/output.ts'
import { unifiedDiff } from '../print/unified-diff.ts'
import type { Manifest } from '../resources/manifests.ts'
import { fieldManagerFlag, LAST_APPLIED } from '../resources/mutation.ts'
import { FILE_FLAGS, SELECTOR_FLAGS, select } from '../resources/selection.ts'
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
    'show-managed-fields': { kind: 'bool', default: false, summary: 'Compare managedFields too.' },
  },
  run: async (invocation) => {
    if (invocation.flags.list('filename').length === 0 && !invocation.flags.optional('kustomize'))
      throw new KubectlError('must specify one of -f and -k')
    const { targets, errors } = await select(invocation, { args: [] })
    throwAll(errors)
    let different = false
    for (const target of targets) {
      if (target.kind !== 'manifest') continue
      const { live, merged } = versions(invocation, target.manifest)
      const text = unifiedDiff(shown(invocation, live), shown(invocation, merged))
      if (text === '') continue
      different = true
      const { type, namespace = '', name } = target.manifest
      const file = `${apiVersionOf(type).replaceAll('/', '.')}.${type.kind}.${namespace}.${name}`
      const [from, to] = [`/tmp/LIVE-${stamp(invocation)}/${file}`, `/tmp/MERGED-${stamp(invocation)}/${file}`]
      const time = new Date(invocation.context.cluster.now())
        .toISOString()
        .replace('T', ' ')
        .replace('Z', '000000 +0000')
      invocation.context.out(`diff -u -N ${from} ${to}\n--- ${from}\t${time}\n+++ ${to}\t${time}\n${text}`)
    }
    if (different) throw new Exit(1)
    return 0
  },
})

type Fields = { readonly [field: string]: JsonValue }
const stamp = ({ context }: Invocation) => String(context.cluster.now() % 10_000_000_000)

/** The object as it is, and as a dry run of apply would leave it. */
function versions(invocation: Invocation, manifest: Manifest): { live: KubeObject | undefined; merged: KubeObject } {
  const { api } = invocation
  const path = resourcePath(manifest.type, manifest.namespace, manifest.name)
  const query = { dryRun: 'All', fieldManager: invocation.flags.string('field-manager') }
  try {
    const live = api.get<KubeObject>(path)
    const text = live.metadata?.annotations?.[LAST_APPLIED]
    const original = text ? (JSON.parse(text) as Fields) : {}
    const patch = threeWayPatch(
      original,
      modified(manifest.object),
      asJson(live) as Fields,
      schemaFor(api, manifest.type),
    )
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
