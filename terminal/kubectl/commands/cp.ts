import { type Container, type FileTree, parentPath, resolvePath } from '../../../emulator/index.ts'
import { runTar } from '../../exec/tar.ts'
import { readEntries } from '../../exec/tar-format.ts'
import { errorText } from '../../files/system-error.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { chooseContainer, podsFor } from '../resources/pod-logic.ts'
import { missingProgram } from './exec.ts'

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

/** The container that tar would be started in, as `kubectl exec` does. Throws KubectlError, ApiError. */
function containerOf(invocation: Invocation, { namespace = invocation.namespace, pod = '' }: FileSpec): Container {
  const found = podsFor({ ...invocation, namespace }, pod)[0]
  if (!found) throw new KubectlError(`pod ${pod} not found`)
  const phase = found.status?.phase
  if (phase === 'Succeeded' || phase === 'Failed')
    throw new KubectlError(`cannot exec into a container in a completed pod; current phase is ${phase}`)
  const { name, notice } = chooseContainer(found, invocation.flags.optional('container'))
  if (notice) invocation.context.err(notice)
  const container = invocation.context.cluster.container(namespace, found.metadata?.name ?? '', name)
  if (container?.state.kind !== 'running')
    throw new KubectlError(
      `Internal error occurred: unable to upgrade connection: container not found (${JSON.stringify(name)})`,
    )
  if (!container.programs.has('tar')) throw missingProgram('tar', container.id)
  return container
}

const baseName = (path: string): string => path.replace(/\/+$/, '').split('/').pop() ?? path
const userlandOf = ({ programs }: Container): 'gnu' | 'busybox' => (programs.has('ash') ? 'busybox' : 'gnu')

const ended = (code: number): KubectlError =>
  new KubectlError(`command terminated with exit code ${code}`, { bare: true, code })

/** `tar cf - PATH` in the container, unpacked here: links are left out, with a warning (cp.go untarAll). */
async function fromPod(invocation: Invocation, from: FileSpec, target: string): Promise<void> {
  const { context } = invocation
  const container = containerOf(invocation, from)
  const { stdout, stderr, code } = await runTar({
    files: container.files,
    cwd: container.spec.workingDir ?? '/',
    args: ['cf', '-', from.path],
    userland: userlandOf(container),
    input: async () => new Uint8Array(0),
  })
  context.out(stderr)
  const prefix = resolvePath('/', from.path).slice(1)
  let warned = false
  for (const entry of readEntries(Buffer.from(stdout))) {
    if (entry === undefined) break
    const name = entry.name.replace(/^\.\//, '').replace(/\/+$/, '')
    const below = name === '.' ? '' : name.slice(prefix.length)
    const path = below === '' ? target : `${target.replace(/(.)\/+$/, '$1')}/${below.replace(/^\/+/, '')}`
    await makeParent(context.files, path)
    if (entry.kind === 'directory') await context.files.makeDirectory?.(path)
    else if (entry.kind === 'link') {
      const { namespace = invocation.namespace, pod = '' } = from
      const hint = warned
        ? ''
        : ` (consider using "kubectl exec -n ${JSON.stringify(namespace)} ${JSON.stringify(pod)} -- tar cf - ${JSON.stringify(from.path)} | tar xf -")`
      context.err(`warning: skipping symlink: ${JSON.stringify(path)} -> ${JSON.stringify(entry.target)}${hint}\n`)
      warned = true
    } else await create(context.files, path, Buffer.from(entry.content).toString('utf8'))
  }
  if (code !== 0) throw ended(code)
}

async function makeParent(files: LocalFiles, path: string): Promise<void> {
  const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
  if (parent !== '' && !(await files.isDirectory(parent))) await files.makeDirectory?.(parent)
}

/** Go's os.Create. */
async function create(files: LocalFiles, path: string, text: string): Promise<void> {
  if (await files.isDirectory(path)) throw new KubectlError(`open ${path}: is a directory`)
  try {
    await files.write(path, text)
  } catch (error) {
    throw new KubectlError(`open ${path}: ${errorText(error).toLowerCase()}`)
  }
}

type LocalFiles = Invocation['context']['files']

/** An archive of local files, unpacked by `tar -xmf - -C DIRECTORY` in the container (cp.go copyToPod). */
async function intoPod(invocation: Invocation, source: string, to: FileSpec): Promise<void> {
  const { context } = invocation
  const directory = await context.files.isDirectory(source)
  if (!directory && (await context.files.read(source)) === undefined)
    throw new KubectlError(`${source} doesn't exist in local filesystem`)
  const container = containerOf(invocation, to)
  const { files } = container
  const asked = resolvePath(container.spec.workingDir ?? '/', to.path)
  const into = kindOf(files, asked) === 'directory' ? `${asked === '/' ? '' : asked}/${baseName(source)}` : asked
  const parent = into.slice(0, into.lastIndexOf('/')) || '/'
  const isBusybox = userlandOf(container) === 'busybox'
  if (kindOf(files, parent) !== 'directory') {
    const why = kindOf(files, parent) === undefined ? 'No such file or directory' : 'Not a directory'
    context.err(
      isBusybox
        ? `tar: can't change directory to '${parent}': ${why}\n`
        : `tar: ${parent}: Cannot open: ${why}\ntar: Error is not recoverable: exiting now\n`,
    )
    throw ended(isBusybox ? 1 : 2)
  }
  const problem = await copyIn(context.files, files, source, into)
  if (problem === undefined) return
  const name = into.slice(parent.length).replace(/^\//, '')
  context.err(
    isBusybox
      ? `tar: can't open '${name}': ${problem}\n`
      : `tar: ${name}: Cannot open: ${problem}\ntar: Exiting with failure status due to previous errors\n`,
  )
  throw ended(isBusybox ? 1 : 2)
}

/** The kind of what a path leads to, behind links. */
function kindOf(files: FileTree, path: string, depth = 0): 'file' | 'directory' | undefined {
  const stat = files.stat(path)
  if (stat?.kind !== 'link') return stat?.kind
  return depth > MAX_LINKS ? undefined : kindOf(files, resolvePath(parentPath(path), stat.target ?? ''), depth + 1)
}

const MAX_LINKS = 16

/** What stood in the way, if anything. */
async function copyIn(local: LocalFiles, files: FileTree, source: string, target: string): Promise<string | undefined> {
  try {
    const facts = await local.facts?.(source, { followLinks: false })
    if (facts?.kind === 'link') files.link(target, facts.target ?? '')
    else if (!(await local.isDirectory(source)))
      files.write(target, (await local.read(source)) ?? '', facts && facts.mode & 0o777)
    else {
      files.makeDirectory(target)
      for (const entry of await local.list(source)) {
        const problem = await copyIn(local, files, `${source.replace(/\/+$/, '')}/${entry}`, `${target}/${entry}`)
        if (problem !== undefined) return problem
      }
    }
    return undefined
  } catch (error) {
    return errorText(error)
  }
}
