import { defineCommand } from '../types.ts'

export const id = defineCommand({
  name: 'id',
  summary: 'Show your user and group numbers',
  async run({ argv, user, out }) {
    const number = user === 'root' ? 0 : 1000
    const flags = argv.slice(1).join('')
    if (flags.includes('u')) out(`${flags.includes('n') ? user : number}\n`)
    else if (flags.includes('g')) out(`${flags.includes('n') ? user : number}\n`)
    else
      out(
        `uid=${number}(${user}) gid=${number}(${user}) groups=${number}(${user})${user === 'root' ? '' : ',27(sudo)'}\n`,
      )
    return 0
  },
})
