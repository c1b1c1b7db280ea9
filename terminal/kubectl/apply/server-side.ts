import type { KubeObject } from '../../../emulator/index.ts'
import { resourcePath } from '../api/discovery.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { ApiError, KubectlError } from '../errors.ts'
import type { Manifest } from '../resources/manifests.ts'
import { dryRunOf, writeQuery } from '../resources/mutation.ts'
import type { Outcome } from './client-side.ts'
import { migrateOwnership } from './migrate.ts'

const ADVICE = `Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts`

/** One apply patch; the server compares field by field with other managers. Throws ApiError, KubectlError. */
export function applyServerSide(invocation: Invocation, manifest: Manifest): Outcome {
  const { api, flags } = invocation
  const manager = flags.changed('field-manager') ? flags.string('field-manager') : 'kubectl'
  const path = resourcePath(manifest.type, manifest.namespace, manifest.name, flags.optional('subresource'))
  const apply = () =>
    api.send('PATCH', path, {
      body: manifest.object,
      contentType: 'application/apply-patch+yaml',
      query: { ...writeQuery(invocation, manager), force: String(flags.bool('force-conflicts')) },
    }) as KubeObject
  try {
    const first = apply()
    const migrated = dryRunOf(invocation) === 'none' && migrateOwnership(api, path, first, manager)
    const object = migrated ? apply() : first
    return { object, verb: 'serverside-applied' }
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'Conflict') throw new KubectlError(`${error.message}\n${ADVICE}`)
    throw error
  }
}
