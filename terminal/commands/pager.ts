import { errorText } from '../files/system-error.ts'
import { defineCommand } from '../types.ts'

/** `less` and `more`: the terminal scrolls, so the text is printed whole. */
export const pager = defineCommand({
  name: 'less',
  aliases: ['more'],
  summary: 'Show a text; scroll in the terminal',
  async run({ argv, files, stdin, stdinIsTerminal, out, err }) {
    const paths = argv.slice(1).filter((word) => !word.startsWith('-') && !word.startsWith('+'))
    if (paths.length === 0 && stdinIsTerminal) {
      err(`Missing filename ("${argv[0]} --help" for help)\n`)
      return 1
    }
    if (paths.length === 0) out(stdin)
    let code = 0
    for (const path of paths) {
      try {
        if (await files.isDirectory(path)) throw new Error('is a directory')
        const text = await files.read(path)
        if (text === undefined) throw new Error('No such file or directory')
        out(text)
      } catch (error) {
        err(`${path}: ${errorText(error)}\n`)
        code = 1
      }
    }
    return code
  },
})
