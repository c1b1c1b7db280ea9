import { defineCommand } from '../types.ts'

export const reset = defineCommand({
  name: 'reset',
  summary: 'Put the terminal back in its first state',
  async run({ out }) {
    out('\u001bc')
    return 0
  },
})
