import { defineGenerator } from './generate.ts'

export const createServiceAccount = defineGenerator({
  name: 'serviceaccount',
  aliases: ['sa'],
  summary: 'Create a service account with the specified name',
  usage: 'NAME [--dry-run=server|client|none]',
  examples: ['# A service account', 'kubectl create serviceaccount builder'],
  resource: 'serviceaccounts',
  failure: 'failed to create serviceaccount',
  build: (name) => ({ metadata: { name } }),
})
