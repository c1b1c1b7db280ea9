import type { KubeObject } from '../../../emulator/index.ts'
import { resourcePath } from '../api/discovery.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { KubectlError, throwAll } from '../errors.ts'
import { goJson } from '../print/go-json.ts'
import { asJson, PRINT_FLAGS } from '../print/output.ts'
import type { Manifest } from '../resources/manifests.ts'
import { DRY_RUN_FLAG, dryRunOf, LAST_APPLIED, resultPrinter } from '../resources/mutation.ts'
import { FILE_FLAGS, select } from '../resources/selection.ts'

const { kustomize: _, recursive: __, ...FILENAME_FLAGS } = FILE_FLAGS

/** Upstream: kubectl/pkg/cmd/apply/apply_set_last_applied.go. */
export const setLastApplied = defineSubcommand({
  name: 'set-last-applied',
  summary: 'Set the last-applied-configuration annotation on a live object to match the contents of a file',
  long: 'Set the annotation in which apply keeps what it applied last to what a file says, as if apply had been run with it. Nothing else of the object changes.',
  examples: [
    '# To what a file says',
    'kubectl apply set-last-applied -f web.yaml',
    '',
    '# Also where there is no annotation yet',
    'kubectl apply set-last-applied -f web.yaml --create-annotation=true',
  ],
  usage: '-f FILENAME',
  flags: {
    ...FILENAME_FLAGS,
    ...PRINT_FLAGS,
    ...DRY_RUN_FLAG,
    'create-annotation': { kind: 'bool', default: false, summary: 'Make the annotation where it is missing.' },
  },
  run: async (invocation) => {
    const dryRun = dryRunOf(invocation)
    const { targets, errors } = await select(invocation, { args: [] })
    throwAll(errors)
    const print = await resultPrinter(invocation)
    // Every object is looked at before the first is changed.
    const changes = targets.flatMap((target) =>
      target.kind === 'manifest' ? changesOf(invocation, target.manifest) : [],
    )
    for (const { manifest, text } of changes)
      print(manifest.type, dryRun === 'client' ? manifest.object : annotate(invocation, manifest, text), 'configured')
    return 0
  },
})

/** Throws KubectlError, ApiError. */
function changesOf({ api, context, flags }: Invocation, manifest: Manifest) {
  const { type, namespace, name } = manifest
  const live = api.get<KubeObject>(resourcePath(type, namespace, name))
  const before = live.metadata?.annotations?.[LAST_APPLIED]
  if (before === undefined && !flags.bool('create-annotation'))
    throw new KubectlError(
      `no last-applied-configuration annotation found on resource: ${name}, to create the annotation, run the command with --create-annotation`,
    )
  // As it stands in the file, without the empty annotations that apply writes (upstream: cmd/util/editor, GetApplyPatch).
  const text = `${goJson(asJson(manifest.object))}\n`
  if (before !== text) return [{ manifest, text }]
  context.out(`set-last-applied ${name}: no changes required.\n`)
  return []
}

function annotate(invocation: Invocation, { type, namespace, name }: Manifest, text: string): KubeObject {
  return invocation.api.send('PATCH', resourcePath(type, namespace, name), {
    body: { metadata: { annotations: { [LAST_APPLIED]: text } } },
    contentType: 'application/merge-patch+json',
    query: { fieldManager: 'kubectl', ...(dryRunOf(invocation) === 'server' && { dryRun: 'All' }) },
  }) as KubeObject
}
