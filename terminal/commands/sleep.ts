import { defineCommand } from '../types.ts'
import { duration } from './duration.ts'

/** Waits are made of pieces, so that the cluster keeps step and nothing shortens them. */
const PIECE_MS = 1_000

export const sleep = defineCommand({
  name: 'sleep',
  summary: 'Wait for some seconds (10, 0.5, 2m)',
  async run({ argv, time, signal, err }) {
    if (argv.length === 1) {
      err("sleep: missing operand\nTry 'sleep --help' for more information.\n")
      return 1
    }
    let total = 0
    for (const text of argv.slice(1)) {
      const ms = duration(text)
      if (ms === undefined) {
        err(`sleep: invalid time interval ‘${text}’\nTry 'sleep --help' for more information.\n`)
        return 1
      }
      total += ms
    }
    while (total > 0) {
      await time.sleep(Math.min(total, PIECE_MS), signal)
      total -= PIECE_MS
    }
    return 0
  },
})
