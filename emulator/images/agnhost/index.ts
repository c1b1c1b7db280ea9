import { defineImage } from '../../node/image.ts'
import { bindNslookup } from '../../node/programs/nslookup/bind.ts'
import type { ContainerProgram, Run } from '../../node/programs/program.ts'
import { ALPINE } from '../program-sets.ts'
import { connect } from './connect.ts'
import { netexec } from './netexec.ts'
import { SERVERS } from './servers.ts'

const program: ContainerProgram = {
  name: '/agnhost',
  *run(process): Run {
    const [, subcommand = '', ...words] = process.argv
    const server = SERVERS.get(subcommand)
    if (server !== undefined) return yield* server(process, words)
    if (subcommand === 'netexec') return yield* netexec(process, words)
    if (subcommand === 'connect') return yield* connect(process, words)
    if (subcommand === '--version') process.out('app version 2.53\n')
    else if (OTHERS.has(subcommand)) {
      process.err(`agnhost: the subcommand ${subcommand} is not emulated\n`)
      return 1
    } else if (subcommand === '' || subcommand === '--help') process.out('Usage:\n  app [command]\n')
    else {
      process.err(`Error: unknown command "${subcommand}" for "app"\nRun 'app --help' for usage.\n`)
      return 1
    }
    return 0
  },
}

/** Subcommands that the real one has besides. */
const OTHERS = new Set(
  'audit-proxy crd-conversion-webhook fakegitserver grpc-health-checking guestbook inclusterclient mounttest net nettest no-snat-test no-snat-test-proxy port-forward-tester resource-consumer-controller webhook test-service-account-issuer-discovery'.split(
    ' ',
  ),
)

/** Kubernetes' own test image. */
export const agnhost = defineImage({
  repository: 'registry.k8s.io/e2e-test-images/agnhost',
  tags: [/^2\.\d{1,2}(\.\d+)?$/],
  sizeBytes: 53_700_000,
  entrypoint: ['/agnhost'],
  command: ['pause'],
  servers: [program, { ...program, name: 'agnhost' }, bindNslookup],
  programs: [...ALPINE, 'curl', 'dig', 'nslookup', 'host', 'bash'],
})
