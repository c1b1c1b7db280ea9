import { identityText } from '../../emulator/index.ts'
import { defineCommand } from '../types.ts'

export const id = defineCommand({
  name: 'id',
  summary: 'Show your user and group numbers',
  async run({ argv, user, out, cluster, place, container }) {
    const flags = argv.slice(1).join('')
    const own = place.kind === 'pod' ? cluster.container(place.namespace, place.name, container ?? '') : undefined
    if (own) {
      out(`${containerIdentity(identityText(own.spec.user, own.files), flags)}\n`)
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

/** One part of `uid=0(root) gid=0(root) groups=0(root)`: its number, or its name with -n. */
function containerIdentity(text: string, flags: string): string {
  const [uid = '', gid = '', groups = ''] = text.split(' ').map((part) => part.replace(/^\w+=/, ''))
  const part = flags.includes('u') ? uid : flags.includes('g') ? gid : flags.includes('G') ? groups : undefined
  if (part === undefined) return text
  const pick = (one: string): string => {
    const [, number = one, name] = /^(\d+)(?:\((.*)\))?$/.exec(one) ?? []
    return flags.includes('n') ? (name ?? number) : number
  }
  return part.split(',').map(pick).join(' ')
}
