import { userName } from '../../emulator/index.ts'
import { defineCommand } from '../types.ts'

export const whoami = defineCommand({
  name: 'whoami',
  summary: 'Show who you are here',
  async run({ user, out, err, cluster, place, container, userland }) {
    const inside = place.kind === 'pod' ? cluster.container(place.namespace, place.name, container ?? '') : undefined
    const own = inside?.spec.user
    const name = inside && own ? userName(own.uid, inside.files) : user
    if (own && name === undefined) {
      const text = userland === 'gnu' ? `cannot find name for user ID ${own.uid}` : `unknown uid ${own.uid}`
      err(`whoami: ${text}\n`)
      return 1
    }
    out(`${name}\n`)
    return 0
  },
})
