import type { KubeObject } from '../../../emulator/index.ts'
import { resourcePath } from '../api/discovery.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { ApiError, KubectlError, throwAll } from '../errors.ts'
import { asJson, PRINT_FLAGS } from '../print/output.ts'
import { fetchInfos, type Info, readInfos } from '../resources/fetch.ts'
import { equal } from '../resources/merge-patch.ts'
import {
  DRY_RUN_FLAG,
  dryRunOf,
  fieldManagerFlag,
  RECORD_FLAG,
  refuseLocalServerRun,
  resultPrinter,
  writeQuery,
} from '../resources/mutation.ts'
import { patchedLocally } from '../resources/patch-locally.ts'
import { FILE_FLAGS, isLocal, namesFiles, select } from '../resources/selection.ts'
import { parseYaml } from '../yaml/parse.ts'
import { YamlError } from '../yaml/tokens.ts'

const TYPES: { readonly [type: string]: string } = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
}

export const patch = defineSubcommand({
  name: 'patch',
  group: 'Advanced Commands:',
  summary: 'Update fields of a resource',
  long: 'Update fields of a resource using strategic merge patch, a JSON merge patch, or a JSON patch.',
  examples: [
    '# Make a service a NodePort',
    `kubectl patch service web -p '{"spec":{"type":"NodePort"}}'`,
    '',
    '# Change one element of a list',
    `kubectl patch service web --type=json -p '[{"op":"replace","path":"/spec/ports/0/nodePort","value":31000}]'`,
  ],
  usage: '(-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]',
  completes: 'resources',
  flags: {
    ...FILE_FLAGS,
    ...PRINT_FLAGS,
    ...DRY_RUN_FLAG,
    ...RECORD_FLAG,
    ...fieldManagerFlag('kubectl-patch'),
    local: { kind: 'bool', default: false, summary: 'Do not ask the server; change what the file says.' },
    patch: { kind: 'string', shorthand: 'p', default: '', summary: 'The patch, as JSON or YAML.' },
    'patch-file': { kind: 'string', default: '', summary: 'File with the patch.', completes: 'file' },
    subresource: {
      kind: 'string',
      default: '',
      summary: 'Work on a subresource: status, scale or resize.',
      values: ['resize', 'scale', 'status'],
    },
    type: {
      kind: 'string',
      default: 'strategic',
      summary: 'Kind of patch: json, merge or strategic.',
    },
  },
  run: async (invocation) => {
    const { args, flags } = invocation
    const body = await patchText(invocation)
    if (isLocal(invocation) && args.length > 0) throw new KubectlError('cannot specify --local and server resources')
    refuseLocalServerRun(invocation)
    const contentType = TYPES[flags.string('type').toLowerCase()]
    if (!contentType)
      throw new KubectlError(
        `--type must be one of [json merge strategic], not ${JSON.stringify(flags.string('type'))}`,
      )
    const selection = await select(invocation)
    // Of files upstream does not ask for the live object: what comes back is another one.
    const { infos, errors } =
      isLocal(invocation) || namesFiles(invocation)
        ? readInfos(selection)
        : fetchInfos(invocation.api, selection, flags.optional('subresource'))
    const failures: Error[] = []
    // Upstream replaces the words of the dry run by its own (patch.go, ToPrinter).
    const print = await resultPrinter(invocation, { silentDryRun: true })
    for (const info of infos) {
      try {
        const result = send(invocation, info, body, contentType)
        const same = equal(asJson(info.object), asJson(result))
        print(info.type, result, same ? 'patched (no change)' : 'patched')
      } catch (error) {
        if (error instanceof KubectlError) failures.push(error)
        else if (!(error instanceof ApiError)) throw error
        else failures.push(error.reason === 'UnsupportedMediaType' ? unsupported(info, contentType, error) : error)
      }
    }
    throwAll([...failures, ...errors])
    return 0
  },
})

/** Upstream tells which kind does not take the patch (patch.go, RunPatch). */
const unsupported = ({ type }: Info, contentType: string, { message }: ApiError): KubectlError =>
  new KubectlError(`${contentType} is not supported by ${type.group}/${type.version}, Kind=${type.kind}: ${message}`)

async function patchText({ flags, context }: Invocation): Promise<string> {
  const [inline, file] = [flags.optional('patch'), flags.optional('patch-file')]
  if (inline && file) throw new KubectlError('cannot specify --patch and --patch-file together')
  if (!inline && !file)
    throw new KubectlError('must specify --patch or --patch-file containing the contents of the patch')
  const text = inline ?? (await context.files.read(file ?? ''))
  if (text === undefined) throw new KubectlError(`unable to read patch file: open ${file}: no such file or directory`)
  if (text.trimStart().startsWith('{')) return text
  try {
    return JSON.stringify(parseYaml(text) ?? null)
  } catch (error) {
    if (error instanceof YamlError) throw new KubectlError(`unable to parse ${JSON.stringify(text)}: ${error.message}`)
    throw error
  }
}

function send(invocation: Invocation, info: Info, body: string, contentType: string): KubeObject {
  const { flags, api } = invocation
  const client = dryRunOf(invocation) === 'client'
  if (client || isLocal(invocation)) return patchedLocally(invocation, info, JSON.parse(body), contentType)
  const result = api.send('PATCH', resourcePath(info.type, info.namespace, info.name, flags.optional('subresource')), {
    body,
    contentType,
    query: writeQuery(invocation),
  })
  return result as KubeObject
}
