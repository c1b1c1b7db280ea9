import { parseLetters } from './arguments.ts'
import type { ContainerProcess } from './program.ts'
import { pathOf, simpleProgram } from './text-program.ts'

/** ls [-la1]: names, one a line, as ls prints where stdout is no terminal. */
export const ls = simpleProgram('ls', (process) => {
  const { options, operands } = parseLetters(process.argv.slice(1))
  const targets = operands.length > 0 ? operands : ['.']
  let status = 0
  for (const target of targets) {
    const path = pathOf(process, target)
    const stat = process.files.stat(path)
    if (stat === undefined) {
      process.err(`ls: ${target}: No such file or directory\n`)
      status = 1
      continue
    }
    if (targets.length > 1 && stat.kind === 'directory') process.out(`${target}:\n`)
    const names = stat.kind === 'directory' ? listDirectory(process, path, options.has('a')) : [target]
    for (const name of names) {
      const full = stat.kind === 'directory' ? pathOf({ ...process, cwd: path }, name) : path
      process.out(options.has('l') ? longLine(process, full, name) : `${name}\n`)
    }
  }
  return status
})

function listDirectory(process: ContainerProcess, path: string, all: boolean): readonly string[] {
  const names = process.files.list(path)
  return all ? ['.', '..', ...names] : names.filter((name) => !name.startsWith('.'))
}

function longLine(process: ContainerProcess, path: string, name: string): string {
  const stat = process.files.stat(path)
  if (stat === undefined) return ''
  const letters = ['x', 'w', 'r']
  let mode = ''
  for (let bit = 8; bit >= 0; bit -= 1) mode += (stat.mode >> bit) & 1 ? letters[bit % 3] : '-'
  const kind = stat.kind === 'directory' ? 'd' : stat.kind === 'link' ? 'l' : '-'
  const when = new Date(stat.modified).toUTCString()
  const date = `${when.slice(8, 11)} ${when.slice(5, 7)} ${when.slice(17, 22)}`
  const target = stat.target === undefined ? '' : ` -> ${stat.target}`
  return `${kind}${mode}    1 root     root     ${String(stat.size).padStart(9)} ${date} ${name}${target}\n`
}
