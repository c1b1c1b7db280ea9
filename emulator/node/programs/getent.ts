import { type NetworkProgram, type ProcessContext, type Run, sleep } from './program.ts'

/** getent hosts|ahosts NAME: the resolver library's answer, /etc/hosts included. */
export const getent: NetworkProgram = { name: 'getent', summary: 'entries of name services', run }

function* run(process: ProcessContext): Run {
  const [, database, ...names] = process.argv
  if (database === undefined) {
    process.err('getent: wrong number of arguments\n')
    return 1
  }
  if (database !== 'hosts' && database !== 'ahosts' && database !== 'ahostsv4') {
    process.err(`getent: only hosts and ahosts are emulated, not ${database}\n`)
    return 1
  }
  let status = 0
  for (const name of names) {
    const found = process.network.lookup(process.place, name, { traced: true })
    yield* sleep(found.latencyMs)
    if (found.addresses.length === 0) status = 2
    for (const address of found.addresses) {
      if (database === 'hosts') process.out(`${address.padEnd(15)} ${found.canonicalName ?? name}\n`)
      else
        for (const kind of ['STREAM', 'DGRAM', 'RAW'])
          process.out(`${address.padEnd(15)} ${kind}${kind === 'STREAM' ? ` ${found.canonicalName ?? name}` : ''}\n`)
    }
  }
  return status
}
