import type { ContainerProgram, Run } from './program.ts'

const WIDTH = 80
const ABOUT = `BusyBox v1.37.0 (2024-09-26 21:31:42 UTC) multi-call binary.
BusyBox is copyrighted by many authors between 1998-2015.
Licensed under GPLv2. See source distribution for detailed
copyright notices.

Usage: busybox [function [arguments]...]
   or: busybox --list
   or: function [arguments]...

\tBusyBox is a multi-call binary that combines many common Unix
\tutilities into a single executable.  Most people will create a
\tlink to busybox for each function they wish to use and BusyBox
\twill act like whatever it was invoked as.

Currently defined functions:
`

/** busybox [APPLET...]: what it can do, or one of its applets. */
export const busybox: ContainerProgram = {
  name: 'busybox',
  *run(process): Run {
    const [name, ...args] = process.argv.slice(1)
    if (name === undefined || name === '--help') {
      process.out(busyboxText(process.programs.keys()))
      return 0
    }
    if (name === '--list') {
      process.out(
        [...process.programs.keys()]
          .sort()
          .map((one) => `${one}\n`)
          .join(''),
      )
      return 0
    }
    const program = process.programs.get(name)
    if (program !== undefined) return yield* program.run({ ...process, argv: [name, ...args] })
    process.err(`${name}: applet not found\n`)
    return 127
  },
}

/** What busybox says of itself where it is called without an applet. */
export function busyboxText(applets: Iterable<string>): string {
  const lines: string[] = []
  let line = '\t'
  const names = [...applets].filter((name) => name !== 'busybox' && !name.startsWith('/')).sort()
  for (const [index, name] of names.entries()) {
    const word = index === names.length - 1 ? name : `${name}, `
    if (line.length + word.length > WIDTH - 7) {
      lines.push(line.trimEnd())
      line = '\t'
    }
    line += word
  }
  return `${ABOUT}${[...lines, line].join('\n')}\n`
}
