import type { Command } from 'just-bash'

/** Lines between the first and the last that differ, of both files together: comparing costs up to their square. */
const MOST_LINES = 4_000

/** The library's `diff` compares in one go; files that are long and different throughout would hold everybody up. */
export function diffCommand(library: readonly string[]): Command[] {
  if (!library.includes('diff')) return []
  return [
    {
      name: 'diff',
      async execute(args, { origCommand, fs, cwd, stdin }) {
        if (origCommand === undefined) throw new Error('the shell library has no diff')
        const read = async (path: string): Promise<readonly string[]> => {
          const text = path === '-' ? String(stdin) : await fs.readFile(fs.resolvePath(cwd, path)).catch(() => '')
          return text.split('\n')
        }
        const [left, right] = args.filter((argument) => argument === '-' || !argument.startsWith('-'))
        if (left === undefined || right === undefined) return origCommand(args)
        if (differing(await read(left), await read(right)) <= MOST_LINES) return origCommand(args)
        const stderr = `diff: stopped: the files differ over more than ${MOST_LINES} lines\n`
        return { stdout: '', stderr, exitCode: 2 }
      },
    },
  ]
}

/** Lines that are left of both without those at the beginning and the end that are the same. */
function differing(left: readonly string[], right: readonly string[]): number {
  const shorter = Math.min(left.length, right.length)
  let head = 0
  while (head < shorter && left[head] === right[head]) head++
  let tail = 0
  while (tail < shorter - head && left[left.length - 1 - tail] === right[right.length - 1 - tail]) tail++
  return left.length + right.length - 2 * (head + tail)
}
