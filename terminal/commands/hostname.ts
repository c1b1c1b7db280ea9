import { defineCommand } from '../types.ts'
import { interfacesOf } from './ip/interfaces.ts'

export const hostname = defineCommand({
  name: 'hostname',
  summary: 'Show the name of this machine',
  async run(context) {
    const { argv, cluster, place, container, env, files, out, err } = context
    const flag = argv[1]
    if (flag === '-i' || flag === '-I') {
      const own =
        place.kind === 'machine'
          ? cluster.machine(place.name)?.address
          : cluster.container(place.namespace, place.name, container ?? '')?.spec.podIP
      const all = interfacesOf(context).flatMap(({ kind, address }) => (kind === 'loopback' ? [] : (address ?? [])))
      out(flag === '-I' ? `${all.join(' ')} \n` : `${own ?? ''}\n`)
      return 0
    }
    if (flag !== undefined && !flag.startsWith('-')) {
      err('hostname: you must be root to change the host name\n')
      return 1
    }
    const name = place.kind === 'machine' ? place.name : (env.get('HOSTNAME') ?? place.name)
    if (flag === '-f' || flag === '--fqdn' || flag === '--long')
      out(`${fullName(name, (await files.read('/etc/hosts')) ?? '')}\n`)
    else if (flag === '-d' || flag === '--domain')
      out(`${fullName(name, (await files.read('/etc/hosts')) ?? '').slice(name.length + 1)}\n`)
    else out(`${flag === '-s' || flag === '--short' ? name.split('.')[0] : name}\n`)
    return 0
  },
})

/** The first name on the line of /etc/hosts that has this one: what the resolver calls canonical. */
function fullName(name: string, hosts: string): string {
  const lines = hosts.split('\n').map((line) => line.replace(/#.*/, '').trim().split(/\s+/).slice(1))
  return lines.find((names) => names.includes(name))?.[0] ?? name
}
