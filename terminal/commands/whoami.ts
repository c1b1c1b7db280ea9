import { defineCommand } from '../types.ts'

export const whoami = defineCommand({
  name: 'whoami',
  summary: 'Show who you are here',
  async run({ user, out }) {
    out(`${user}\n`)
    return 0
  },
})
