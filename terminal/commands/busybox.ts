import { busyboxText } from '../../emulator/index.ts'
import { defineCommand } from '../types.ts'

/** busybox APPLET: in containers that have it. */
export const busybox = defineCommand({
  name: 'busybox',
  summary: 'Run one of busybox’s applets',
  async run({ argv, cluster, place, container, hasProgram, runProgram, out, err }) {
    const programs =
      place.kind === 'pod' ? cluster.container(place.namespace, place.name, container ?? '')?.programs : undefined
    if (programs === undefined) {
      err('busybox: command not found\n')
      return 127
    }
    const [name, ...args] = argv.slice(1)
    if (name === undefined || name === '--help') {
      out(busyboxText(programs))
      return 0
    }
    if (name === '--list') {
      out(
        [...programs]
          .sort()
          .map((one) => `${one}\n`)
          .join(''),
      )
      return 0
    }
    if (programs.has(name) && hasProgram(name)) return runProgram([name, ...args])
    err(`${name}: applet not found\n`)
    return 127
  },
})
