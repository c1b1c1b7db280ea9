import { idText } from '../../emulator/index.ts'
import { defineCommand } from '../types.ts'

export const id = defineCommand({
  name: 'id',
  summary: 'Show your user and group numbers',
  async run({ argv, user, out, cluster, place, container }) {
    const flags = argv.slice(1).join('')
    const own =
      place.kind === 'pod' ? cluster.container(place.namespace, place.name, container ?? '')?.spec.user : undefined
    if (own) {
      out(`${flags.includes('u') ? own.uid : flags.includes('g') ? own.gid : idText(own)}\n`)
      return 0
    }
    const number = user === 'root' ? 0 : 1000
    if (flags.includes('u')) out(`${flags.includes('n') ? user : number}\n`)
    else if (flags.includes('g')) out(`${flags.includes('n') ? user : number}\n`)
    else
      out(
        `uid=${number}(${user}) gid=${number}(${user}) groups=${number}(${user})${user === 'root' ? '' : ',27(sudo)'}\n`,
      )
    return 0
  },
})
