import { defineCommand } from '../types.ts'

const BLOCK = 1024
/** Text that it prints where nobody stops it. */
const MAX_OUTPUT = 1024 * 1024

/** `yes [STRING]…` (GNU coreutils): prints a line until its reader goes or Ctrl-C comes. */
export const yes = defineCommand({
  name: 'yes',
  summary: 'Print a line again and again',
  async run({ argv, signal, out, err, time }) {
    const line = `${argv.length > 1 ? argv.slice(1).join(' ') : 'y'}\n`
    const block = line.repeat(Math.max(1, Math.floor(BLOCK / line.length)))
    for (let printed = 0; printed < MAX_OUTPUT; printed += block.length) {
      if (signal.aborted) return 130
      out(block)
      // Whoever reads has a turn.
      await time.sleep(0, signal)
    }
    err(`yes: stopped: it may print ${MAX_OUTPUT / 1024 / 1024} MB here\n`)
    return 1
  },
})
