import { defineGenerator } from './generate.ts'

export const createNamespace = defineGenerator({
  name: 'namespace',
  aliases: ['ns'],
  summary: 'Create a namespace with the specified name',
  usage: 'NAME [--dry-run=server|client|none]',
  examples: ['# A namespace', 'kubectl create namespace team-a'],
  resource: 'namespaces',
  build: (name) => ({ metadata: { name }, spec: {}, status: {} }),
})
