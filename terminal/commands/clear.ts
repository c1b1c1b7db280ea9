import { defineCommand } from '../types.ts'

export const clear = defineCommand({
  name: 'clear',
  summary: 'Empty the screen',
  async run({ out }) {
    out('\u001b[H\u001b[2J\u001b[3J')
    return 0
  },
})
