import { defineSubcommand } from '../cli/subcommand.ts'

const KINDS = {
  poddisruptionbudget: 'Create a pod disruption budget with the specified name',
  priorityclass: 'Create a priority class with the specified name',
  quota: 'Create a quota with the specified name',
  token: 'Request a service account token',
} as const

/** What a real `kubectl create` makes besides; each says that it is not here. */
export const unsupportedKinds = Object.entries(KINDS).map(([name, summary]) =>
  defineSubcommand({ name, summary, refusal: `kubectl create ${name} is not emulated in this cluster.` }),
)
