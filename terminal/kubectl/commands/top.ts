import { defineSubcommand } from '../cli/subcommand.ts'

/** A cluster without a metrics server, as kubeadm leaves it, has nothing to show. */
export const top = defineSubcommand({
  name: 'top',
  group: 'Cluster Management Commands:',
  summary: 'Display resource (CPU/memory) usage',
  refusal: 'Metrics API not available',
})
