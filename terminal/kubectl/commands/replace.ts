import type { KubeObject } from '../../../emulator/index.ts'
import { kindName, resourcePath } from '../api/discovery.ts'
import { waitUntil } from '../api/follow.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { ApiError, isNotFound, KubectlError, throwAll, withSource } from '../errors.ts'
import { PRINT_FLAGS } from '../print/output.ts'
import type { Manifest } from '../resources/manifests.ts'
import {
  createObject,
  DRY_RUN_FLAG,
  dryRunOf,
  fieldManagerFlag,
  LAST_APPLIED,
  resultPrinter,
  SAVE_CONFIG_FLAG,
  VALIDATE_FLAG,
  withLastApplied,
  writeQuery,
} from '../resources/mutation.ts'
import { checkRaw, sendRaw } from '../resources/raw.ts'
import { FILE_FLAGS, select } from '../resources/selection.ts'

export const replace = defineSubcommand({
  name: 'replace',
  group: 'Advanced Commands:',
  summary: 'Replace a resource by file name or stdin',
  examples: [
    '# What a file describes',
    'kubectl replace -f web.yaml',
    '',
    '# Delete it and make it anew',
    'kubectl replace --force -f web.yaml',
  ],
  usage: '-f FILENAME',
  flags: {
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    ...DRY_RUN_FLAG,
    ...SAVE_CONFIG_FLAG,
    ...VALIDATE_FLAG,
    ...fieldManagerFlag('kubectl-replace'),
    cascade: {
      kind: 'string',
      default: 'background',
      bare: 'background',
      summary: 'What happens to owned objects, with --force.',
    },
    force: { kind: 'bool', default: false, summary: 'Delete the object, then make it anew.' },
    'grace-period': { kind: 'int', default: -1, summary: 'Seconds given to end in order, with --force.' },
    raw: { kind: 'string', default: '', summary: 'Path to put to, as it is.' },
    subresource: {
      kind: 'string',
      default: '',
      summary: 'Work on a subresource: status, scale or resize.',
      values: ['status', 'scale', 'resize'],
    },
    timeout: { kind: 'duration', default: 0, summary: 'How long to wait for the deletion, with --force.' },
    wait: { kind: 'bool', default: false, summary: 'Wait for the deletion to be complete, with --force.' },
  },
  run: async (invocation) => {
    if (invocation.flags.list('filename').length === 0 && !invocation.flags.optional('kustomize'))
      throw new KubectlError('must specify one of -f and -k')
    if (invocation.flags.list('filename').length > 0 && invocation.flags.optional('kustomize'))
      throw new KubectlError('only one of -f or -k can be specified')
    checkRaw(invocation)
    if (invocation.flags.optional('raw')) return sendRaw(invocation, 'PUT')
    checkForce(invocation)
    const { targets, errors: problems } = await select(invocation, { args: [] })
    const errors: Error[] = []
    const print = await resultPrinter(invocation)
    for (const target of targets) {
      if (target.kind !== 'manifest') continue
      const { manifest } = target
      try {
        const object = invocation.flags.bool('force')
          ? await recreate(invocation, manifest)
          : replaceOne(invocation, manifest)
        print(target.type, object, 'replaced')
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        errors.push(withSource('replacing', manifest.source, error))
      }
    }
    throwAll([...errors, ...problems])
    if (targets.length === 0) throw new KubectlError('no objects passed to replace')
    return 0
  },
})

/** What only makes sense with a deletion (upstream: replace.go, Validate). Throws KubectlError. */
function checkForce(invocation: Invocation): void {
  const { flags } = invocation
  const dryRun = dryRunOf(invocation)
  if (flags.bool('force')) {
    if (dryRun !== 'none') throw new KubectlError('--dry-run can not be used when --force is set')
    return
  }
  if (flags.number('grace-period') >= 0) throw new KubectlError('--grace-period must have --force specified')
  if (flags.number('timeout') !== 0) throw new KubectlError('--timeout must have --force specified')
}

/** PUT; an object that does not exist is created (upstream: helper.Replace falls back so for kinds that allow it). */
function replaceOne(invocation: Invocation, manifest: Manifest): KubeObject {
  const subresource = invocation.flags.optional('subresource')
  const path = resourcePath(manifest.type, manifest.namespace, manifest.name, subresource)
  const object = keepLastApplied(invocation, manifest)
  if (dryRunOf(invocation) === 'client') return object
  const body = object.metadata?.resourceVersion ? object : withLiveVersion(invocation, object, path)
  return invocation.api.send('PUT', path, { body, query: writeQuery(invocation) }) as KubeObject
}

/** A file without a resourceVersion replaces whatever stands there (upstream: cli-runtime/pkg/resource/helper.go). */
function withLiveVersion({ api }: Invocation, object: KubeObject, path: string): KubeObject {
  try {
    const resourceVersion = api.get<KubeObject>(path).metadata?.resourceVersion
    return { ...object, metadata: { ...object.metadata, ...(resourceVersion !== undefined && { resourceVersion }) } }
  } catch (error) {
    if (error instanceof ApiError) return object
    throw error
  }
}

function keepLastApplied(invocation: Invocation, { object }: Manifest): KubeObject {
  const has = object.metadata?.annotations?.[LAST_APPLIED] !== undefined
  return has || invocation.flags.bool('save-config') ? withLastApplied(object) : object
}

async function recreate(invocation: Invocation, manifest: Manifest): Promise<KubeObject> {
  const { api, context, flags } = invocation
  const path = resourcePath(manifest.type, manifest.namespace, manifest.name)
  const grace = flags.number('grace-period')
  try {
    api.send('DELETE', path, {
      body: {
        kind: 'DeleteOptions',
        apiVersion: 'v1',
        propagationPolicy: 'Background',
        gracePeriodSeconds: grace >= 0 ? grace : 0,
      },
    })
    const where = manifest.namespace ? ` from ${manifest.namespace} namespace` : ''
    context.out(`${kindName(manifest.type)} "${manifest.name}" deleted${where}\n`)
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
  await waitUntil(context, () => isGone(invocation, path))
  return createObject(invocation, manifest, manifest.object)
}

function isGone({ api }: Invocation, path: string): boolean {
  try {
    api.get(path)
    return false
  } catch (error) {
    if (isNotFound(error)) return true
    throw error
  }
}
