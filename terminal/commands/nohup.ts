import { type CommandContext, defineCommand } from '../types.ts'

const FILE = 'nohup.out'

/** nohup COMMAND: at a terminal, what it prints goes to nohup.out (coreutils' words; busybox says the same shorter). */
export const nohup = defineCommand({
  name: 'nohup',
  summary: 'Run a command that a hangup does not end',
  async run(context) {
    const words = context.argv.slice(1)
    const [name] = words
    if (name === undefined) {
      context.err("nohup: missing operand\nTry 'nohup --help' for more information.\n")
      return 125
    }
    if (!context.hasProgram(name)) {
      context.err(`nohup: failed to run command '${name}': No such file or directory\n`)
      return 127
    }
    if (context.tty === undefined) return context.runProgram(words)
    context.err(`nohup: ignoring input and appending output to '${FILE}'\n`)
    return intoFile(context, words)
  },
})

function intoFile({ runProgram }: CommandContext, words: readonly string[]): Promise<number> {
  const command = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
  return runProgram(['sh', '-c', `${command} >> ${FILE} 2>&1`], { stdin: '' })
}
