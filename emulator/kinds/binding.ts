import { defineKind } from '../api/kind.ts'
import type { Binding } from '../generated/types.ts'

/** Sends a Pod to a node; nothing is kept of it (upstream: pkg/registry/core/pod/storage BindingREST). */
export const binding = defineKind<Binding>({
  group: '',
  version: 'v1',
  kind: 'Binding',
  plural: 'bindings',
  singular: 'binding',
  scope: 'Namespaced',
  verbs: ['create'],
  schema: 'Binding',
  through: { resource: 'pods', subresource: 'binding' },
  columns: [],
})
