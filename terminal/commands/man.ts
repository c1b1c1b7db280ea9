import { type CommandDefinition, defineCommand } from '../types.ts'

/** What the shell library's text tools are for. */
const TOOLS: ReadonlyMap<string, string> = new Map([
  ['alias', 'Give a command line a short name'],
  ['awk', 'Work through lines and their columns'],
  ['base64', 'Encode or decode base64'],
  ['cd', 'Go to another directory'],
  ['chmod', 'Change who may read, write or run a file'],
  ['cp', 'Copy files'],
  ['cut', 'Take columns out of lines'],
  ['diff', 'Show how two files differ'],
  ['echo', 'Print words'],
  ['export', 'Hand a variable to the programs that you start'],
  ['find', 'Find files by name or kind'],
  ['grep', 'Show the lines that match a pattern'],
  ['head', 'Show the first lines'],
  ['jq', 'Take JSON apart'],
  ['less', 'Show a text'],
  ['mkdir', 'Make a directory'],
  ['mv', 'Move or rename files'],
  ['printf', 'Print by a format'],
  ['pwd', 'Show the current directory'],
  ['rm', 'Remove files'],
  ['sed', 'Change lines by rules'],
  ['seq', 'Count'],
  ['sort', 'Sort lines'],
  ['tail', 'Show the last lines'],
  ['tee', 'Write to a file and pass on'],
  ['tr', 'Replace characters'],
  ['uniq', 'Drop repeated lines'],
  ['wc', 'Count lines, words and bytes'],
  ['xargs', 'Turn lines into arguments'],
  ['yq', 'Take YAML apart'],
])

/** `man` over the commands there are: one sentence each, from their own records. */
export function createMan(commands: readonly CommandDefinition[]): CommandDefinition {
  return defineCommand({
    name: 'man',
    summary: 'Say in one sentence what a command is for',
    complete: (_words, word) => commands.map(({ name }) => name).filter((name) => name.startsWith(word)),
    async run({ argv, out, err }) {
      const name = argv.slice(1).find((word) => !/^(-.*|\d)$/.test(word))
      if (name === undefined) {
        err('What manual page do you want?\nFor example, try: man kubectl\n')
        return 1
      }
      const definition = commands.find((command) => command.name === name || command.aliases?.includes(name) === true)
      const summary = definition?.summary ?? TOOLS.get(name)
      if (summary === undefined) {
        err(`No manual entry for ${name}\n`)
        return 16
      }
      out(`${name} - ${summary}.\n`)
      return 0
    },
  })
}
