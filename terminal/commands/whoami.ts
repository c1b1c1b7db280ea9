import { defineCommand } from '../types.ts'

export const whoami = defineCommand({
  name: 'whoami',
  summary: 'Show who you are here',
  async run({ user, out, err, cluster, place, container, userland }) {
    const own =
      place.kind === 'pod' ? cluster.container(place.namespace, place.name, container ?? '')?.spec.user : undefined
    if (own && own.uid !== 0) {
      const text = userland === 'gnu' ? `cannot find name for user ID ${own.uid}` : `unknown uid ${own.uid}`
      err(`whoami: ${text}\n`)
      return 1
    }
    out(`${user}\n`)
    return 0
  },
})
