import type { KubeObject } from '../../../emulator/index.ts'
import { kindName, resourcePath } from '../api/discovery.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { EDIT_FLAGS } from '../edit/flags.ts'
import { type EditedObject, EditSession } from '../edit/session.ts'
import { KubectlError, throwAll } from '../errors.ts'
import { fetchInfos } from '../resources/fetch.ts'
import { jsonValues } from '../resources/json-documents.ts'
import { fieldManagerFlag, LAST_APPLIED, lastAppliedText, writeQuery } from '../resources/mutation.ts'
import { FILE_FLAGS, NOTHING_NAMED, namesFiles, select } from '../resources/selection.ts'

/** Anybody may have written it. Throws KubectlError. */
function annotated(text: string): KubeObject {
  const values = jsonValues(text)
  if ('message' in values) throw new KubectlError(`error parsing edited-file: ${values.message}`)
  const [value] = values
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new KubectlError(`error parsing edited-file: Object 'Kind' is missing in '${text.trim()}'`)
  return value as KubeObject
}

/** Upstream: kubectl/pkg/cmd/apply/apply_edit_last_applied.go. */
export const editLastApplied = defineSubcommand({
  name: 'edit-last-applied',
  summary: 'Edit latest last-applied-configuration annotations of a resource/object',
  long: 'Edit the annotation in which apply keeps what it applied last. Only the annotation changes, not the object.',
  examples: [
    '# Of a deployment',
    'kubectl apply edit-last-applied deployment/web',
    '',
    '# As JSON, of what a file names',
    'kubectl apply edit-last-applied -f web.yaml -o json',
  ],
  usage: '(RESOURCE/NAME | -f FILENAME)',
  completes: 'resources',
  flags: { ...FILE_FLAGS, ...EDIT_FLAGS, ...fieldManagerFlag('kubectl-client-side-apply') },
  run: async (invocation) => {
    if (invocation.args.length === 0 && !namesFiles(invocation)) throw new KubectlError(NOTHING_NAMED)
    const selection = await select(invocation, { typeMeansAll: true })
    const { infos, errors } = fetchInfos(invocation.api, selection)
    throwAll(errors)
    const originals = infos.flatMap((info) => {
      const text = info.object.metadata?.annotations?.[LAST_APPLIED]
      return text === undefined ? [] : [{ ...info, object: annotated(text) }]
    })
    if (originals.length === 0)
      throw new KubectlError(
        'no last-applied-configuration annotation found on resources, to create the annotation, use command `kubectl apply set-last-applied --create-annotation`',
      )
    const save = (edited: EditedObject) => annotate(invocation, edited)
    const mode = { annotations: true, save, failsAtOnce: true }
    await new EditSession(invocation, selection.discovery, { originals, mode }).run()
    return 0
  },
})

function annotate(invocation: Invocation, { type, namespace, name, object }: EditedObject): void {
  invocation.api.send('PATCH', resourcePath(type, namespace, name), {
    body: { metadata: { annotations: { [LAST_APPLIED]: lastAppliedText(object) } } },
    contentType: 'application/merge-patch+json',
    query: writeQuery(invocation),
  })
  invocation.context.out(`${kindName(type)}/${name} edited\n`)
}
