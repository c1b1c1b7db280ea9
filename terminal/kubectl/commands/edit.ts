import type { JsonValue, KubeObject } from '../../../emulator/index.ts'
import { kindName, resourcePath } from '../api/discovery.ts'
import { patchTypeOf, schemaFor } from '../api/openapi.ts'
import { twoWayPatch } from '../apply/strategic-diff.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { EDIT_FLAGS } from '../edit/flags.ts'
import { type EditedObject, EditSession, withManagedFields } from '../edit/session.ts'
import { KubectlError, throwAll } from '../errors.ts'
import { goJson } from '../print/go-json.ts'
import { asJson } from '../print/output.ts'
import { fetchInfos } from '../resources/fetch.ts'
import { equal } from '../resources/merge-patch.ts'
import { fieldManagerFlag, withLastApplied, writeQuery } from '../resources/mutation.ts'
import { FILE_FLAGS, NOTHING_NAMED, namesFiles, select } from '../resources/selection.ts'

export const edit = defineSubcommand({
  name: 'edit',
  group: 'Basic Commands (Intermediate):',
  summary: 'Edit a resource on the server',
  long: 'Edit a resource from the default editor.\n\n The editor is what KUBE_EDITOR or EDITOR names, else vi. What you save is sent to the server; if it refuses, the editor opens again with the reasons at the top.',
  examples: [
    '# A service',
    'kubectl edit svc/web',
    '',
    '# With another editor',
    'KUBE_EDITOR="nano" kubectl edit svc/web',
    '',
    '# As JSON, in a certain version of the API',
    'kubectl edit deployment.v1.apps/web -o json',
    '',
    '# Its status',
    "kubectl edit deployment web --subresource='status'",
  ],
  usage: '(RESOURCE/NAME | -f FILENAME)',
  completes: 'resources',
  flags: {
    ...FILE_FLAGS,
    ...EDIT_FLAGS,
    ...fieldManagerFlag('kubectl-edit'),
    'output-patch': { kind: 'bool', default: false, summary: 'Print the patch when the object is edited.' },
    'save-config': {
      kind: 'bool',
      default: false,
      summary: 'Keep the configuration in an annotation, for later use by apply.',
    },
    subresource: { kind: 'string', default: '', summary: 'Work on a subresource: status.', values: ['status'] },
  },
  run: async (invocation) => {
    if (invocation.args.length === 0 && !namesFiles(invocation)) throw new KubectlError(NOTHING_NAMED)
    writeQuery(invocation)
    const selection = await select(invocation, { typeMeansAll: true })
    const { infos, errors } = fetchInfos(invocation.api, selection, invocation.flags.optional('subresource'))
    throwAll(errors)
    if (infos.length === 0) throw new KubectlError('edit cancelled, no objects found')
    const save = (edited: EditedObject, original: EditedObject) => sendPatch(invocation, edited, original)
    await new EditSession(invocation, selection.discovery, { originals: infos, mode: { save } }).run()
    return 0
  },
})

type Fields = { readonly [field: string]: JsonValue }

function sendPatch(invocation: Invocation, edited: EditedObject, original: EditedObject): void {
  const { api, context, flags } = invocation
  const { type, namespace, name } = edited
  if (namespace !== original.namespace)
    throw new KubectlError(
      `the namespace from the provided object "${namespace}" does not match the namespace "${original.namespace}". You must pass '--namespace=${namespace}' to perform this operation.`,
    )
  const complete = withManagedFields(edited.object, original)
  const after = flags.bool('save-config') ? withLastApplied(complete) : complete
  const label = `${kindName(type)}/${name}`
  if (equal(asJson(original.object), asJson(after))) {
    context.out(`${label} skipped\n`)
    return
  }
  if (identity(original.object) !== identity(after))
    throw new KubectlError('At least one of apiVersion, kind and name was changed')
  const patch = twoWayPatch(asJson(original.object) as Fields, asJson(after) as Fields, schemaFor(api, type))
  if (flags.bool('output-patch')) context.out(`Patch: ${goJson(patch)}\n`)
  api.send('PATCH', resourcePath(type, namespace, name, flags.optional('subresource')), {
    body: patch,
    contentType: patchTypeOf(schemaFor(api, type)),
    query: writeQuery(invocation),
  })
  context.out(`${label} edited\n`)
}

const identity = ({ apiVersion, kind, metadata }: KubeObject) => JSON.stringify([apiVersion, kind, metadata?.name])
