import { type Container, resolvePath } from '../../emulator/index.ts'
import { type CommandContext, defineCommand } from '../types.ts'

const FAILED = 125
const NOT_FOUND = 127

/** chroot DIRECTORY [COMMAND...]: where a container has its node's root mounted, a shell on the node. */
export const chroot = defineCommand({
  name: 'chroot',
  summary: 'Run a command with another root directory',
  async run(context) {
    const { argv, err, cwd, tty, stdin, stdinIsTerminal, openShell } = context
    const [root, ...words] = argv.slice(1)
    if (root === undefined) {
      err(`chroot: missing operand\nTry 'chroot --help' for more information.\n`)
      return FAILED
    }
    const at = resolvePath(cwd, root)
    const container = containerOf(context)
    const node = container === undefined ? undefined : nodeAt(container, at)
    if (node !== undefined)
      return openShell({
        kind: 'machine',
        machine: node,
        user: 'root',
        tty: tty !== undefined && stdinIsTerminal,
        stdin,
        ...(words.length === 0 || isBareShell(words) ? {} : { line: words.map(quote).join(' ') }),
      })
    if (at === '/') return words.length === 0 ? 0 : context.runProgram(words)
    const isThere = await context.files.isDirectory(at)
    if (!isThere) {
      err(`chroot: can't change root directory to '${root}': No such file or directory\n`)
      return context.userland === 'busybox' ? 1 : FAILED
    }
    const program = words[0] ?? '/bin/sh'
    err(
      context.userland === 'busybox'
        ? `chroot: can't execute '${program}': No such file or directory\n`
        : `chroot: failed to run command ‘${program}’: No such file or directory\n`,
    )
    return NOT_FOUND
  },
})

function containerOf({ cluster, place, container }: CommandContext): Container | undefined {
  return place.kind === 'pod' ? cluster.container(place.namespace, place.name, container ?? '') : undefined
}

/** The node whose root directory a volume shows there. */
function nodeAt({ spec }: Container, path: string): string | undefined {
  const volume = spec.volumes?.find((one) => one.path === path)
  return volume?.directory === '/' && volume.subPath === undefined ? spec.nodeName : undefined
}

function isBareShell(words: readonly string[]): boolean {
  return words.length === 1 && /^(?:(?:\/usr)?\/bin\/)?(?:ba|da)?sh$/.test(words[0] ?? '')
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
