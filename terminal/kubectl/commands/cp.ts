import type { FileTree } from '../../../emulator/index.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { chooseContainer, podsFor } from '../resources/pod-logic.ts'

export const cp = defineSubcommand({
  name: 'cp',
  completes: 'copies',
  group: 'Troubleshooting and Debugging Commands:',
  summary: 'Copy files and directories to and from containers',
  examples: [
    '# Into a pod',
    'kubectl cp index.html web:/usr/share/nginx/html/index.html',
    '',
    '# Out of a pod in another namespace',
    'kubectl cp team-a/web:/etc/hosts ./hosts',
  ],
  usage: '<file-spec-src> <file-spec-dest>',
  flags: {
    container: {
      kind: 'string',
      shorthand: 'c',
      default: '',
      summary: 'Container of the pod.',
    },
    'no-preserve': { kind: 'bool', default: false, summary: 'Do not keep owners and modes.' },
    retries: { kind: 'int', default: 0, summary: 'How often to resume a broken copy.' },
  },
  run: async (invocation) => {
    const [source, target] = invocation.args
    if (source === undefined || target === undefined || invocation.args.length !== 2)
      throw new KubectlError('source and destination are required')
    const [from, to] = [fileSpec(source), fileSpec(target)]
    if (from.pod && to.pod) throw new KubectlError('one of src or dest must be a local file specification')
    if (!from.pod && !to.pod) throw new KubectlError('one of src or dest must be a remote file specification')
    if (from.path === '' || to.path === '') throw new KubectlError('filepath can not be empty')
    if (from.pod) await fromPod(invocation, from, to.path)
    else await intoPod(invocation, from.path, to)
    return 0
  },
})

interface FileSpec {
  readonly namespace?: string
  readonly pod?: string
  readonly path: string
}

/** `[[namespace/]pod:]path`. Throws KubectlError. */
function fileSpec(text: string): FileSpec {
  const colon = text.indexOf(':')
  if (colon < 0 || text.startsWith('.') || text.startsWith('/')) return { path: text }
  const parts = text.slice(0, colon).split('/')
  const path = text.slice(colon + 1)
  if (parts.length > 2 || parts.some((p) => p === ''))
    throw new KubectlError('filespec must match the canonical format: [[namespace/]pod:]file/path')
  const [first = '', second] = parts
  return second === undefined ? { pod: first, path } : { namespace: first, pod: second, path }
}

function filesOf(invocation: Invocation, { namespace = invocation.namespace, pod = '' }: FileSpec): FileTree {
  const found = podsFor({ ...invocation, namespace }, pod)[0]
  if (!found) throw new KubectlError(`pod ${pod} not found`)
  const { name, notice } = chooseContainer(found, invocation.flags.optional('container'))
  if (notice) invocation.context.err(notice)
  const container = invocation.context.cluster.container(namespace, found.metadata?.name ?? '', name)
  if (container?.state.kind !== 'running')
    throw new KubectlError(
      `Internal error occurred: unable to upgrade connection: container not found (${JSON.stringify(name)})`,
    )
  if (!container.programs.has('tar'))
    throw new KubectlError(
      'Internal error occurred: error executing command in container: exec: "tar": executable file not found in $PATH',
    )
  return container.files
}

const baseName = (path: string) => path.replace(/\/+$/, '').split('/').pop() ?? path

async function fromPod(invocation: Invocation, from: FileSpec, target: string): Promise<void> {
  const { context } = invocation
  const files = filesOf(invocation, from)
  const stat = files.stat(from.path)
  if (!stat)
    throw new KubectlError(`tar: ${from.path.replace(/^\//, '')}: Cannot stat: No such file or directory`, {
      bare: true,
    })
  if (from.path.startsWith('/')) context.out("tar: removing leading '/' from member names\n")
  const root = (await context.files.isDirectory(target))
    ? `${target.replace(/\/$/, '')}/${baseName(from.path)}`
    : target
  for (const [path, text] of walk(files, from.path.replace(/\/+$/, ''))) await context.files.write(root + path, text)
}

/** Files below a path with their paths relative to it; a file itself has the path ''. */
function walk(files: FileTree, path: string): readonly (readonly [string, string])[] {
  if (files.stat(path)?.kind !== 'directory') return [['', files.read(path) ?? '']]
  return files
    .list(path)
    .flatMap((entry) => walk(files, `${path}/${entry}`).map(([below, text]) => [`/${entry}${below}`, text] as const))
}

async function intoPod(invocation: Invocation, source: string, to: FileSpec): Promise<void> {
  const { context } = invocation
  const directory = await context.files.isDirectory(source)
  if (!directory && (await context.files.read(source)) === undefined)
    throw new KubectlError(`${source} doesn't exist in local filesystem`)
  const files = filesOf(invocation, to)
  const into = files.stat(to.path)?.kind === 'directory' ? `${to.path.replace(/\/$/, '')}/${baseName(source)}` : to.path
  await copyIn(context.files, files, source, into)
}

async function copyIn(
  local: Invocation['context']['files'],
  files: FileTree,
  source: string,
  target: string,
): Promise<void> {
  if (!(await local.isDirectory(source))) {
    files.write(target, (await local.read(source)) ?? '')
    return
  }
  files.makeDirectory(target)
  for (const entry of await local.list(source)) await copyIn(local, files, `${source}/${entry}`, `${target}/${entry}`)
}
