import { defineCommand } from '../types.ts'

export const hostname = defineCommand({
  name: 'hostname',
  summary: 'Show the name of this machine',
  async run({ argv, cluster, place, container, env, out, err }) {
    const flag = argv[1]
    if (flag === '-i' || flag === '-I') {
      const address =
        place.kind === 'machine'
          ? cluster.machine(place.name)?.address
          : cluster.container(place.namespace, place.name, container ?? '')?.spec.podIP
      out(`${address ?? ''}${flag === '-I' ? ' ' : ''}\n`)
      return 0
    }
    if (flag !== undefined && !flag.startsWith('-')) {
      err('hostname: you must be root to change the host name\n')
      return 1
    }
    out(`${place.kind === 'machine' ? place.name : (env.get('HOSTNAME') ?? place.name)}\n`)
    return 0
  },
})
