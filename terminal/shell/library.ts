import { type CommandName, getCommandNames } from 'just-bash'

/** Parts of the shell itself in bash and ash: they exist wherever the shell does. */
const BUILTINS = new Set(['alias', 'unalias', 'echo', 'printf', 'pwd', 'true', 'false'])

/** Programs of the library that no Ubuntu has, or that run code in other languages. */
const LEFT_OUT = new Set([
  'html-to-markdown',
  'js-exec',
  'python',
  'python3',
  'sqlite3',
  'xan',
  'curl',
  'bash',
  'sh',
  'time',
  'timeout',
  'history',
  'help',
])

/** The library's commands that a shell gets: all, or those that the container's image has. */
export function libraryCommands(programs: ReadonlySet<string> | undefined): CommandName[] {
  return getCommandNames()
    .filter(isCommandName)
    .filter((name) => {
      if (LEFT_OUT.has(name)) return false
      return programs === undefined || programs.has(name) || BUILTINS.has(name)
    })
}

function isCommandName(name: string): name is CommandName {
  return name.length > 0
}
