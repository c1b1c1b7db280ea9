/** `--from-literal`, `--from-file` and `--from-env-file`: where the data of config maps and secrets comes from. */
import type { FlagDefinitions } from '../cli/flags.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { checkVariableName } from '../resources/variable-name.ts'

export const HASH_FLAG: FlagDefinitions = {
  'append-hash': { kind: 'bool', default: false, summary: "Append a hash of the content to the object's name." },
}
export const FILE_SOURCE_FLAGS: FlagDefinitions = {
  ...HASH_FLAG,
  'from-file': {
    kind: 'stringSlice',
    default: [],
    summary: "File, KEY=FILE, or directory; the key defaults to the file's name.",
    completes: 'file',
  },
}
export const SOURCE_FLAGS: FlagDefinitions = {
  ...FILE_SOURCE_FLAGS,
  'from-env-file': { kind: 'stringSlice', default: [], summary: 'File of key=value lines.', completes: 'file' },
  'from-literal': { kind: 'stringArray', default: [], summary: 'A key and its value: mykey=somevalue.' },
}

/** Keys with their values; `owner` is how messages name the object (`ConfigMap "app"`). Throws KubectlError. */
export async function readSources(invocation: Invocation, owner: string): Promise<ReadonlyMap<string, string>> {
  const { flags } = invocation
  const data = new Map<string, string>()
  const listed = (name: string) => (flags.has(name) ? flags.list(name) : [])
  const files = listed('from-file')
  const literals = listed('from-literal')
  const envFiles = listed('from-env-file')
  if (envFiles.length > 0 && (files.length > 0 || literals.length > 0))
    throw new KubectlError('from-env-file cannot be combined with from-file or from-literal')
  for (const source of files) await fromFile(invocation, source, data, owner)
  for (const literal of literals) {
    const equals = literal.indexOf('=')
    if (equals < 1) throw new KubectlError(`invalid literal source ${literal}, expected key=value`)
    add(data, literal.slice(0, equals), literal.slice(equals + 1), owner)
  }
  for (const path of envFiles) await fromEnvFile(invocation, path, data, owner)
  return data
}

async function fromFile(
  { context }: Invocation,
  source: string,
  data: Map<string, string>,
  owner: string,
): Promise<void> {
  const parts = source.split('=')
  if (parts.length > 2) throw new KubectlError("key names or file paths cannot contain '='")
  const [first = '', second] = parts
  const path = second ?? first
  if (second !== undefined && first === '') throw new KubectlError(`key name for file path ${second} missing`)
  if (second === '') throw new KubectlError(`file path for key name ${first} missing`)
  if (await context.files.isDirectory(path)) {
    if (second !== undefined) throw new KubectlError(`cannot give a key name for a directory path`)
    for (const entry of [...(await context.files.list(path))].sort()) {
      const child = `${path.replace(/\/$/, '')}/${entry}`
      if (await context.files.isDirectory(child)) continue
      add(data, entry, (await context.files.read(child)) ?? '', owner)
    }
    return
  }
  const text = await context.files.read(path)
  if (text === undefined) throw new KubectlError(`error reading ${path}: no such file or directory`)
  add(data, second === undefined ? (path.split('/').pop() ?? path) : first, text, owner)
}

async function fromEnvFile(
  { context }: Invocation,
  path: string,
  data: Map<string, string>,
  owner: string,
): Promise<void> {
  const text = await context.files.read(path)
  if (text === undefined) throw new KubectlError(`error reading ${path}: no such file or directory`)
  for (const line of text.split('\n')) {
    const trimmed = line.trimStart()
    if (trimmed === '' || trimmed.startsWith('#')) continue
    const equals = trimmed.indexOf('=')
    const key = equals < 0 ? trimmed : trimmed.slice(0, equals)
    checkVariableName(key)
    add(data, key, equals < 0 ? (context.env.get(key) ?? '') : trimmed.slice(equals + 1), owner)
  }
}

function add(data: Map<string, string>, key: string, value: string, owner: string): void {
  if (!/^[-._a-zA-Z0-9]+$/.test(key))
    throw new KubectlError(
      `"${key}" is not a valid key name for a ${owner.startsWith('Secret') ? 'Secret' : 'ConfigMap:'} a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
    )
  if (data.has(key))
    throw new KubectlError(`cannot add key "${key}", another key by that name already exists in Data for ${owner}`)
  data.set(key, value)
}
